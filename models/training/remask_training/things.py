"""Whether everything the base was taught comes out: a folder for `remask eval` in which each thing is a group of its own.

`python -m remask_training.things ../evaluation OUT`, then `npm run -s remask -- eval --judge OUT --n 5 --best 1 --json`.
"""

import argparse
import json
import shutil
from pathlib import Path

from .scenes.vocabulary import CORE, with_article

GROUNDS = {  # where it is asked for, and the place the judge must see there
    "in the meadow on a sunny day": "meadow",
    "at the beach at sunset": "beach",
    "in the snow": "snow",
    "in the desert": "desert",
    "on a gray background": None,
}


def prompts() -> list[dict]:
    """One prompt for each of CORE on each of GROUNDS, as in prompts.json (evaluation.py)."""
    return [
        {
            "group": concept,
            "prompt": f"{with_article(concept)} {words}",
            "expect": {"things": [{"concept": concept}], **({"place": place} if place else {})},
        }
        for concept in CORE
        for words, place in GROUNDS.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evaluation", type=Path, help="what the stage evaluation wrote: its judge is taken")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    shutil.copytree(given.evaluation, given.out, dirs_exist_ok=True)
    (given.out / "prompts.json").write_text(json.dumps(prompts(), indent=1))
    (given.out / "edits.json").write_text("[]")


if __name__ == "__main__":
    main()
