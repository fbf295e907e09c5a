"""The grounds and places: land, water, rooms, streets. Each painter draws from the horizon (pixels) down."""

import math

import skia

from .brush import Brush, shade
from .scene import HORIZON, SIDE, Scene
from .vocabulary import COLOURS

FLOWERS = ((255, 255, 255), (255, 216, 84), (240, 112, 146), (186, 124, 226))
WALLS = ((238, 218, 190), (192, 216, 226), (226, 200, 210), (204, 220, 190), (242, 234, 220))
HOUSES = ((126, 138, 164), (156, 132, 136), (104, 118, 144), (176, 154, 136), (138, 150, 160))


def horizon_of(scene: Scene) -> float:
    return SIDE * HORIZON.get(scene.place, 1.0)


def draw_plain(brush: Brush, scene: Scene, horizon: float) -> None:
    """A studio ground in one colour, a shade darker towards the lower edge."""
    colour = COLOURS[scene.ground]
    brush.area(0, brush.gradient([shade(colour, 1.04), shade(colour, 0.94)], raw=True))


def draw_beach(brush: Brush, scene: Scene, y: float) -> None:
    brush.area(y, brush.gradient([(40, 136, 200), (72, 182, 216)], y, y + 60))
    brush.ripples(y + 3, y + 44, 14, (220, 242, 250))
    shore = y + 50
    brush.hill(shore - 5, 4, brush.paint((236, 248, 250)))
    brush.hill(shore + 3, 4, brush.gradient([(246, 222, 164), (230, 196, 132)], shore, SIDE))
    for _ in range(7):
        x, below = brush.rng.uniform(0, SIDE), brush.rng.uniform(shore + 24, SIDE)
        brush.oval(x, below, 3, 2, brush.paint(brush.rng.choice(((255, 244, 224), (232, 150, 130), (214, 178, 120)))))


def draw_meadow(brush: Brush, scene: Scene, y: float) -> None:
    brush.hill(y - 12, 12, brush.paint((150, 204, 116)))
    brush.hill(y + 8, 9, brush.gradient([(122, 192, 90), (84, 158, 66)], y, SIDE))
    for _ in range(30):
        x, below = brush.rng.uniform(0, SIDE), brush.rng.uniform(y + 26, SIDE)
        r = 1.4 + 2.4 * (below - y) / (SIDE - y)
        brush.oval(x, below, r, r, brush.paint(brush.rng.choice(FLOWERS)))


def draw_forest(brush: Brush, scene: Scene, y: float) -> None:
    for row, colour in enumerate(((92, 152, 116), (58, 124, 84), (36, 98, 62))):
        for k in range(9):
            x = 32 * k + 16 * (row % 2) + brush.rng.uniform(-7, 7)
            brush.pine(x, y + 10 + 10 * row, brush.rng.uniform(96, 128) - 12 * row, brush.jitter(colour, 5))
    brush.hill(y + 8, 5, brush.gradient([(92, 142, 70), (62, 108, 52)], y, SIDE))


def draw_snow(brush: Brush, scene: Scene, y: float) -> None:
    brush.hill(y - 14, 10, brush.paint((206, 222, 240)))
    for _ in range(5):
        x = brush.rng.uniform(0, SIDE)
        height = brush.rng.uniform(50, 76)
        brush.pine(x, y + 4, height, (76, 126, 114))
        brush.polygon(
            [(x - height * 0.09, y - height * 0.83), (x + height * 0.09, y - height * 0.83), (x, y - height * 1.02)],
            brush.paint((244, 250, 255)),
        )
    brush.hill(y + 4, 8, brush.gradient([(244, 249, 255), (216, 230, 246)], y, SIDE))


def draw_desert(brush: Brush, scene: Scene, y: float) -> None:
    brush.hill(y - 10, 12, brush.paint((222, 168, 102)))
    for x in (brush.rng.uniform(10, 80), brush.rng.uniform(176, 246)):
        green = brush.paint((86, 144, 84), stroke=8)
        brush.line([(x, y + 14), (x, y - 26)], green)
        brush.line([(x - 11, y - 16), (x - 11, y - 6), (x, y - 3)], brush.paint((86, 144, 84), stroke=6))
        brush.line([(x + 11, y - 20), (x + 11, y - 10), (x, y - 7)], brush.paint((86, 144, 84), stroke=6))
    brush.hill(y + 12, 10, brush.gradient([(244, 204, 132), (222, 166, 96)], y, SIDE))
    brush.hill(y + 52, 10, brush.gradient([(250, 216, 146), (230, 180, 108)], y + 40, SIDE))


def draw_mountains(brush: Brush, scene: Scene, y: float) -> None:
    for k, (x, height) in enumerate(((30, 84), (216, 92), (92, 116), (164, 106))):
        x, height = x + brush.rng.uniform(-14, 14), height + brush.rng.uniform(-8, 8)
        colour = ((150, 164, 192), (150, 164, 192), (118, 132, 164), (128, 142, 172))[k]
        half = height * 0.72
        brush.polygon([(x - half, y), (x + half, y), (x, y - height)], brush.paint(colour))
        brush.polygon([(x, y), (x + half, y), (x, y - height)], brush.paint(shade(colour, 0.84)))
        cap = 0.32
        brush.polygon(
            [
                (x - half * cap, y - height * (1 - cap)),
                (x - half * cap * 0.4, y - height * 0.74),
                (x, y - height * 0.64),
                (x + half * cap * 0.4, y - height * 0.74),
                (x + half * cap, y - height * (1 - cap)),
                (x, y - height),
            ],
            brush.paint((248, 252, 255)),
        )
    brush.hill(y - 3, 6, brush.gradient([(128, 184, 108), (88, 150, 80)], y, SIDE))


def draw_city(brush: Brush, scene: Scene, y: float) -> None:
    lit = {"day": (196, 224, 244), "sunset": (255, 214, 130), "night": (255, 224, 124)}[scene.time]
    x = -6.0
    while x < SIDE:
        width, height = brush.rng.choice((32, 40, 48)), brush.rng.uniform(60, 128)
        colour = brush.rng.choice(HOUSES)
        brush.canvas.drawRect(skia.Rect(x, y - height, x + width, y), brush.paint(colour))
        brush.canvas.drawRect(skia.Rect(x + width * 0.78, y - height, x + width, y), brush.paint(shade(colour, 0.86)))
        for row in range(int((height - 14) // 14)):
            for column in range(int((width - 6) // 10)):
                if brush.rng.random() < 0.8:
                    left, top = x + 5 + 10 * column, y - height + 8 + 14 * row
                    brush.canvas.drawRect(skia.Rect(left, top, left + 5, top + 7), brush.paint(lit, raw=True))
        x += width + brush.rng.choice((0, 0, 5))
    brush.area(y, brush.paint((186, 186, 190)))
    brush.area(y + 8, brush.gradient([(92, 96, 108), (72, 76, 88)], y, SIDE))
    for k in range(5):
        brush.canvas.drawRect(skia.Rect(12 + 54 * k, 226, 42 + 54 * k, 231), brush.paint((246, 240, 210)))


def draw_ocean(brush: Brush, scene: Scene, y: float) -> None:
    brush.area(y, brush.gradient([(58, 152, 212), (20, 84, 156)], y, SIDE))
    brush.ripples(y + 4, SIDE, 34, (208, 236, 250), 0.45)


def draw_lake(brush: Brush, scene: Scene, y: float) -> None:
    for k in range(10):
        brush.pine(28 * k + brush.rng.uniform(-8, 8), y + 2, brush.rng.uniform(34, 60), (66, 122, 88))
    brush.hill(y - 4, 3, brush.paint((98, 152, 82)))
    brush.area(y + 4, brush.gradient([(96, 172, 206), (58, 128, 178)], y, y + 80))
    brush.ripples(y + 10, y + 62, 12, (224, 242, 248), 0.4)
    brush.hill(y + 68, 5, brush.gradient([(142, 190, 96), (96, 154, 70)], y + 60, SIDE))
    for x in (14, 30, 236):
        for k in range(3):
            brush.line([(x + 5 * k, y + 76), (x + 5 * k + 3, y + 46 + 4 * k)], brush.paint((96, 138, 66), stroke=2.4))


def draw_park(brush: Brush, scene: Scene, y: float) -> None:
    brush.hill(y - 6, 6, brush.paint((146, 202, 118)))
    for x in (26, 84, 176, 232):
        brush.tree(x + brush.rng.uniform(-10, 10), y + 10, brush.rng.uniform(72, 96), brush.jitter((82, 160, 84), 8))
    brush.hill(y + 8, 4, brush.gradient([(126, 192, 98), (92, 162, 74)], y, SIDE))
    brush.polygon([(118, y + 8), (136, y + 8), (196, SIDE), (58, SIDE)], brush.paint((232, 212, 174)))
    x = brush.rng.choice((44, 206))
    wood = brush.paint((150, 98, 62))
    for top, height in ((y + 4, 4), (y + 11, 4), (y + 19, 5)):
        brush.canvas.drawRect(skia.Rect(x - 20, top, x + 20, top + height), wood)
    for leg in (x - 16, x + 13):
        brush.canvas.drawRect(skia.Rect(leg, y + 4, leg + 3, y + 32), brush.paint((92, 92, 98)))


def draw_farm(brush: Brush, scene: Scene, y: float) -> None:
    brush.hill(y - 14, 8, brush.paint((168, 204, 110)))
    x = brush.rng.choice((44, 190))
    red, white = brush.paint((196, 66, 60)), brush.paint((250, 244, 236))
    brush.polygon(
        [(x - 34, y + 6), (x - 34, y - 40), (x - 22, y - 58), (x, y - 68), (x + 22, y - 58), (x + 34, y - 40), (x + 34, y + 6)],
        red,
    )
    brush.line(
        [(x - 37, y - 38), (x - 22, y - 58), (x, y - 69), (x + 22, y - 58), (x + 37, y - 38)],
        brush.paint((120, 80, 72), stroke=5),
    )
    brush.canvas.drawRect(skia.Rect(x - 14, y - 26, x + 14, y + 6), white)
    brush.line([(x - 13, y - 25), (x + 13, y + 5)], brush.paint((196, 66, 60), stroke=3))
    brush.line([(x + 13, y - 25), (x - 13, y + 5)], brush.paint((196, 66, 60), stroke=3))
    brush.canvas.drawRect(skia.Rect(x - 7, y - 50, x + 7, y - 38), white)
    brush.hill(y + 4, 4, brush.gradient([(196, 190, 96), (160, 150, 70)], y, SIDE))
    for k in range(10):
        left = 28 * k - 8
        brush.canvas.drawRect(skia.Rect(left, y + 2, left + 5, y + 28), white)
    for top in (y + 7, y + 17):
        brush.area(top, white, top + 4)


def draw_underwater(brush: Brush, scene: Scene, y: float) -> None:
    brush.area(0, brush.gradient([(84, 196, 224), (40, 128, 192), (18, 72, 136)]))
    for x in (40, 120, 200):
        x += brush.rng.uniform(-16, 16)
        brush.polygon([(x, 0), (x + 24, 0), (x - 24, SIDE), (x - 84, SIDE)], brush.paint((255, 255, 255), 0.08))
    brush.hill(y, 6, brush.gradient([(222, 202, 142), (184, 160, 108)], y, SIDE))
    for _ in range(6):
        x, colour = brush.rng.uniform(0, SIDE), brush.rng.choice(((50, 150, 96), (226, 106, 108), (78, 172, 84)))
        height = brush.rng.uniform(30, 64)
        weed = [(x + 6 * math.sin(1.2 * k), y + 14 - height * k / 6) for k in range(7)]
        brush.line(weed, brush.paint(colour, stroke=7))
    for _ in range(9):
        x, up, r = brush.rng.uniform(0, SIDE), brush.rng.uniform(0, 190), brush.rng.choice((3, 4.5, 6))
        brush.oval(x, up, r, r, brush.paint((226, 246, 255), 0.75, stroke=1.6))


def draw_space(brush: Brush, scene: Scene, y: float) -> None:
    brush.area(0, brush.gradient([(14, 10, 36), (40, 20, 78)]))
    for colour in ((128, 66, 190), (60, 90, 200), (200, 70, 134)):
        x, up = brush.rng.uniform(0, SIDE), brush.rng.uniform(0, SIDE)
        brush.oval(x, up, 70, 40, brush.paint(colour, 0.35, blur=24))
    for _ in range(56):
        x, up, r = brush.rng.uniform(0, SIDE), brush.rng.uniform(0, SIDE), brush.rng.choice((0.9, 1.2, 1.9))
        brush.oval(x, up, r, r, brush.paint((255, 255, 236)))
    x, up, r = brush.rng.choice((34, 222)), brush.rng.choice((40, 214)), 22
    colour = brush.rng.choice(((226, 150, 96), (110, 170, 214), (186, 136, 206)))
    brush.oval(x, up, r, r, brush.paint(colour))
    brush.oval(x - r * 0.25, up - r * 0.25, r * 0.55, r * 0.5, brush.paint(shade(colour, 1.25), blur=4))
    brush.oval(x, up, r * 1.6, r * 0.34, brush.paint((240, 226, 196), stroke=2.4))


def draw_room(brush: Brush, scene: Scene, y: float) -> None:
    brush.area(0, brush.paint(brush.rng.choice(WALLS)))
    brush.area(y, brush.gradient([(190, 134, 88), (158, 104, 64)], y, SIDE))
    for k in range(1, 5):
        brush.line([(0, y + 18 * k), (SIDE, y + 18 * k)], brush.paint((134, 88, 54), 0.7, stroke=1.6))
    brush.area(y - 8, brush.paint((248, 244, 236)), y)
    x, white = brush.rng.choice((28, 160)), brush.paint((252, 250, 246))
    pane = {"day": (168, 216, 248), "sunset": (255, 178, 112), "night": (26, 34, 82)}[scene.time]
    brush.canvas.drawRect(skia.Rect(x, 28, x + 68, 110), white)
    brush.canvas.drawRect(skia.Rect(x + 6, 34, x + 62, 104), brush.paint(pane, raw=True))
    brush.canvas.drawRect(skia.Rect(x + 32, 34, x + 36, 104), white)
    brush.canvas.drawRect(skia.Rect(x, 67, x + 68, 71), white)
    other = 192 - x
    brush.canvas.drawRect(skia.Rect(other, 44, other + 44, 84), brush.paint((128, 92, 66)))
    brush.canvas.drawRect(skia.Rect(other + 5, 49, other + 39, 79), brush.paint(brush.rng.choice(FLOWERS[1:])))
    brush.oval(SIDE / 2, y + 44, 88, 20, brush.paint(brush.rng.choice(((196, 84, 84), (82, 124, 172), (132, 160, 104)))))


PAINTERS = {
    "plain": draw_plain,
    "beach": draw_beach,
    "meadow": draw_meadow,
    "forest": draw_forest,
    "snow": draw_snow,
    "desert": draw_desert,
    "mountains": draw_mountains,
    "city": draw_city,
    "ocean": draw_ocean,
    "lake": draw_lake,
    "park": draw_park,
    "farm": draw_farm,
    "underwater": draw_underwater,
    "space": draw_space,
    "room": draw_room,
}
