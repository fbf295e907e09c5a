"""How many threads a training step should use on a machine that others use too.

On busy cores two threads that wait for each other at every operation are slower than one alone; on idle cores they are
nearly twice as fast. Which of the two holds changes by the minute, so it is measured while training.
"""

import statistics
import time

import torch

ROUND = 40  # steps between two trials of the other choice
TRIAL = 4  # steps of a trial; the first is not counted (kernels are prepared for the new number of threads)


class Pace:
    """Call `step_done` after every step. Nothing is tried where torch was given a single thread."""

    def __init__(self):
        self.most = torch.get_num_threads()
        self.started, self.count = time.monotonic(), 0
        self.seconds = {1: float("inf"), self.most: float("inf")}
        self.times: list[float] = []

    def step_done(self) -> None:
        now = time.monotonic()
        self.times.append(now - self.started)
        self.started, self.count = now, self.count + 1
        if self.most == 1:
            return
        phase = self.count % ROUND
        if phase in (0, TRIAL):  # the end of a round, the end of a trial
            threads = torch.get_num_threads()
            self.seconds[threads] = statistics.median(self.times[1:])
            other = 1 if threads == self.most else self.most
            torch.set_num_threads(other if phase == 0 else min(self.seconds, key=self.seconds.get))
            self.times = []
