"""Sky, sky elements and weather."""

import math
import random

import skia

from .brush import SKY_COLOURS, Brush
from .scene import SIDE, Scene, free_columns

RAINBOW = ((232, 76, 76), (246, 154, 64), (252, 220, 84), (98, 196, 108), (76, 140, 226), (146, 96, 196))
FIREWORK = ((255, 96, 96), (255, 222, 96), (116, 230, 255), (255, 138, 232), (140, 255, 150))
BALLOON = ((226, 64, 70), (250, 150, 50), (60, 140, 226), (150, 90, 200), (70, 180, 110))


def draw_sky(brush: Brush, scene: Scene, horizon: float) -> None:
    """Everything behind the land. `horizon` in pixels."""
    overcast = scene.weather in ("rain", "storm", "snowfall", "fog")
    key = ("grey night" if scene.time == "night" else "grey") if overcast else scene.time
    brush.area(0, brush.gradient(list(SKY_COLOURS[key]), 0, horizon + 12, raw=True))
    if overcast and scene.weather != "fog":
        _cloud_ceiling(brush, scene)
    for element in ("stars", "rainbow", "sun", "moon", "fireworks", "clouds", "balloons"):
        if element in scene.sky:
            brush.rng = random.Random(f"{scene.seed}-{element}")  # adding one leaves the others where they are
            _ELEMENTS[element](brush, scene, horizon)
    if scene.weather == "storm":
        _lightning(brush, horizon)


def _cloud_ceiling(brush: Brush, scene: Scene) -> None:
    grey = (58, 64, 84) if scene.time == "night" else (124, 134, 150)
    if scene.weather == "storm":
        grey = tuple(v * 0.62 for v in grey)
    for k in range(5):
        brush.cloud(20 + 54 * k + brush.rng.uniform(-8, 8), 22 + 12 * (k % 2), 26, brush.paint(grey, raw=True))


def _stars(brush: Brush, scene: Scene, horizon: float) -> None:
    for _ in range(40):
        x, y, r = brush.rng.uniform(0, SIDE), brush.rng.uniform(0, horizon * 0.9), brush.rng.choice((0.9, 1.2, 1.8))
        brush.oval(x, y, r, r, brush.paint((255, 250, 222), raw=True))


def _free_column(brush: Brush, scene: Scene, depth: int) -> int:
    """A column that no thing hides; the same one as long as it stays free."""
    free = free_columns(scene.things, depth)
    order = brush.rng.sample(free_columns((), depth), 12)
    return next((x for x in order if x in free), order[0])


def _sun(brush: Brush, scene: Scene, horizon: float) -> None:
    x = _free_column(brush, scene, 110 if scene.time == "sunset" else 70)
    low = scene.time == "sunset"
    y, r = (horizon - 14, 30) if low else (brush.rng.choice((36, 44)), 20)
    core = (255, 150, 70) if low else (255, 222, 84)
    brush.oval(x, y, r * 1.9, r * 1.9, brush.paint(core, 0.35, raw=True, blur=r * 0.4))
    brush.oval(x, y, r, r, brush.paint(core, raw=True))


def _moon(brush: Brush, scene: Scene, horizon: float) -> None:
    x, y, r = _free_column(brush, scene, 70), brush.rng.choice((36, 44)), 20
    brush.oval(x, y, r * 1.8, r * 1.8, brush.paint((250, 244, 208), 0.18, raw=True, blur=9))
    path = skia.Path.Circle(x, y, r)
    if brush.rng.random() < 0.6:
        path = skia.Op(path, skia.Path.Circle(x + r * 0.55, y - r * 0.25, r * 0.9), skia.PathOp.kDifference_PathOp)
    brush.canvas.drawPath(path, brush.paint((252, 246, 214), raw=True))


def _clouds(brush: Brush, scene: Scene, horizon: float) -> None:
    colour = {"day": (255, 255, 255), "sunset": (255, 206, 186), "night": (92, 104, 150)}[scene.time]
    for k in range(brush.rng.choice((2, 3))):
        x, y = 40 + 88 * k + brush.rng.uniform(-16, 16), brush.rng.uniform(34, 84)
        brush.cloud(x, y, brush.rng.choice((14, 18, 20)), brush.paint(colour, 0.94, raw=True))


def _rainbow(brush: Brush, scene: Scene, horizon: float) -> None:
    x, outer = brush.rng.choice((96, 128, 160)), horizon * 0.86
    for k, colour in enumerate(RAINBOW):
        r = outer - 7 * k
        brush.canvas.drawArc(
            skia.Rect(x - r, horizon + 10 - r, x + r, horizon + 10 + r),
            180,
            180,
            False,
            brush.paint(colour, 0.85, raw=True, stroke=7.6),
        )


def _fireworks(brush: Brush, scene: Scene, horizon: float) -> None:
    for k in range(brush.rng.choice((2, 3))):
        x, y = 50 + 76 * k + brush.rng.uniform(-14, 14), brush.rng.uniform(34, 76)
        r, colour = brush.rng.choice((24, 32)), brush.rng.choice(FIREWORK)
        brush.oval(x, y, r, r, brush.paint(colour, 0.22, raw=True, blur=10))
        for ray in range(12):
            dx, dy = math.cos(ray * math.pi / 6), math.sin(ray * math.pi / 6)
            brush.line(
                [(x + 0.3 * r * dx, y + 0.3 * r * dy), (x + r * dx, y + r * dy)], brush.paint(colour, raw=True, stroke=2.4)
            )
            brush.oval(x + 1.18 * r * dx, y + 1.18 * r * dy, 1.6, 1.6, brush.paint(colour, raw=True))


def _balloons(brush: Brush, scene: Scene, horizon: float) -> None:
    """Hot air balloons with striped envelopes."""
    for k in range(3):
        x, y, r = 46 + 80 * k + brush.rng.uniform(-14, 14), brush.rng.uniform(34, 70), brush.rng.choice((13, 17, 21))
        colour = brush.jitter(BALLOON[brush.rng.randrange(5)])
        brush.line([(x - r * 0.5, y + r * 0.8), (x - r * 0.2, y + r * 1.6)], brush.paint((110, 84, 60), stroke=1.2))
        brush.line([(x + r * 0.5, y + r * 0.8), (x + r * 0.2, y + r * 1.6)], brush.paint((110, 84, 60), stroke=1.2))
        brush.oval(x, y, r, r * 1.1, brush.paint(colour))
        brush.oval(x, y, r * 0.62, r * 1.1, brush.paint((255, 240, 214)))
        brush.oval(x, y, r * 0.3, r * 1.1, brush.paint(colour))
        brush.canvas.drawRect(skia.Rect(x - r * 0.22, y + r * 1.5, x + r * 0.22, y + r * 1.8), brush.paint((132, 92, 58)))


def _lightning(brush: Brush, horizon: float) -> None:
    x = 16 * brush.rng.randrange(3, 13)
    bolt = [(x, 36), (x - 12, 72), (x + 2, 70), (x - 14, min(horizon, 128)), (x + 18, 60), (x + 4, 62), (x + 14, 36)]
    brush.polygon(bolt, brush.paint((255, 246, 170), 0.6, raw=True, blur=6))
    brush.polygon(bolt, brush.paint((255, 246, 170), raw=True))


_ELEMENTS = {
    "stars": _stars,
    "sun": _sun,
    "moon": _moon,
    "clouds": _clouds,
    "rainbow": _rainbow,
    "fireworks": _fireworks,
    "balloons": _balloons,
}


def draw_fog(brush: Brush, scene: Scene, horizon: float) -> None:
    """Banks of mist over the land, behind the things."""
    grey = (96, 104, 124) if scene.time == "night" else (228, 232, 236)
    for k in range(4):
        x, y = SIDE * (0.25 + 0.5 * (k % 2)), horizon - 44 + 34 * k
        brush.oval(x, y, SIDE * 0.62, 20, brush.paint(grey, 0.72, raw=True, blur=14))


def draw_weather(brush: Brush, scene: Scene, horizon: float) -> None:
    """What falls in front of everything."""
    rng = brush.rng
    if scene.weather in ("rain", "storm"):
        for _ in range(70):
            x, y = rng.uniform(0, SIDE + 10), rng.uniform(-10, SIDE)
            brush.line([(x, y), (x - 4, y + 13)], brush.paint((214, 230, 248), 0.65, raw=True, stroke=1.6))
    elif scene.weather == "snowfall":
        for _ in range(70):
            r = rng.choice((1.4, 2.0, 2.8))
            brush.oval(rng.uniform(0, SIDE), rng.uniform(0, SIDE), r, r, brush.paint((255, 255, 255), 0.95, raw=True))
    elif scene.weather == "fog":
        grey = (96, 104, 124) if scene.time == "night" else (228, 232, 236)
        brush.area(0, brush.paint(grey, 0.22, raw=True))
