"""Drawing primitives on a skia canvas: gradients, hills, trees, soft shadows; colours tinted by the time of day."""

import math
import random

import skia

from .scene import SIDE

TINT = {  # what the light does to the colours of the land, per channel
    "day": (1.0, 1.0, 1.0),
    "sunset": (0.98, 0.72, 0.66),
    "night": (0.34, 0.42, 0.68),
    "": (1.0, 1.0, 1.0),
}
SKY_COLOURS = {  # zenith, middle, horizon
    "day": ((64, 150, 236), (126, 192, 246), (206, 234, 252)),
    "sunset": ((88, 60, 140), (232, 110, 110), (255, 190, 110)),
    "night": ((12, 16, 48), (26, 36, 84), (56, 70, 128)),
    "grey": ((112, 126, 146), (150, 164, 180), (196, 206, 214)),
    "grey night": ((18, 22, 40), (34, 40, 62), (58, 66, 90)),
}
RGB = tuple[float, float, float]


def shade(colour: RGB, factor: float) -> RGB:
    """Darker below 1, lighter towards white above 1."""
    if factor <= 1:
        return tuple(v * factor for v in colour)
    return tuple(v + (255 - v) * (factor - 1) for v in colour)


class Brush:
    """Draws on a SIDE x SIDE canvas. Land colours pass through the tint of the time of day; `raw=True` leaves them."""

    def __init__(self, canvas: skia.Canvas, rng: random.Random, time: str):
        self.canvas, self.rng, self.tint = canvas, rng, TINT[time]

    def paint(self, colour: RGB, alpha: float = 1.0, raw: bool = False, blur: float = 0.0, stroke: float = 0.0) -> skia.Paint:
        tint = (1, 1, 1) if raw else self.tint
        red, green, blue = (min(255, max(0, int(v * t))) for v, t in zip(colour, tint, strict=True))
        paint = skia.Paint(Color=skia.Color(red, green, blue, int(255 * alpha)), AntiAlias=True)
        if blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        if stroke:
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(stroke)
            paint.setStrokeCap(skia.Paint.kRound_Cap)
        return paint

    def gradient(self, colours: list[RGB], top: float = 0, bottom: float = SIDE, raw: bool = False) -> skia.Paint:
        """A vertical gradient between two heights."""
        tint = (1, 1, 1) if raw else self.tint
        stops = [skia.Color(*(min(255, int(v * t)) for v, t in zip(c, tint, strict=True))) for c in colours]
        paint = skia.Paint(AntiAlias=True)
        paint.setShader(skia.GradientShader.MakeLinear([(0, top), (0, bottom)], stops))
        return paint

    def jitter(self, colour: RGB, spread: float = 8) -> RGB:
        shift = self.rng.uniform(-spread, spread)
        return tuple(min(255, max(0, v + shift + self.rng.uniform(-spread, spread) * 0.5)) for v in colour)

    def area(self, top: float, paint: skia.Paint, bottom: float = SIDE) -> None:
        self.canvas.drawRect(skia.Rect(0, top, SIDE, bottom), paint)

    def oval(self, x: float, y: float, rx: float, ry: float, paint: skia.Paint) -> None:
        self.canvas.drawOval(skia.Rect(x - rx, y - ry, x + rx, y + ry), paint)

    def polygon(self, points: list[tuple[float, float]], paint: skia.Paint) -> None:
        path = skia.Path()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        self.canvas.drawPath(path, paint)

    def line(self, points: list[tuple[float, float]], paint: skia.Paint) -> None:
        path = skia.Path()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        paint.setStyle(skia.Paint.kStroke_Style)
        self.canvas.drawPath(path, paint)

    def hill(self, y: float, height: float, paint: skia.Paint, waves: float = 1.0) -> None:
        """Rolling land from a wavy line at y downwards."""
        phase, second = self.rng.uniform(0, 6.28), self.rng.uniform(0, 6.28)
        points = []
        for x in range(0, SIDE + 1, 8):
            angle = x / SIDE * 6.28 * waves
            points.append((x, y + height * (0.7 * math.sin(angle + phase) + 0.3 * math.sin(2.3 * angle + second))))
        self.polygon(points + [(SIDE, SIDE), (0, SIDE)], paint)

    def pine(self, x: float, y: float, height: float, colour: RGB) -> None:
        self.canvas.drawRect(skia.Rect(x - height * 0.05, y - height * 0.2, x + height * 0.05, y), self.paint((96, 66, 46)))
        for tier in range(3):
            base, half = y - height * (0.12 + 0.25 * tier), height * (0.30 - 0.07 * tier)
            top = base - height * 0.42
            self.polygon([(x - half, base), (x + half, base), (x, top)], self.paint(colour))
            self.polygon([(x, base), (x + half, base), (x, top)], self.paint(shade(colour, 0.86)))

    def tree(self, x: float, y: float, height: float, colour: RGB) -> None:
        """A round broad-leaved tree standing on y."""
        self.canvas.drawRect(skia.Rect(x - height * 0.06, y - height * 0.45, x + height * 0.06, y), self.paint((120, 82, 54)))
        for dx, dy, r in ((-0.2, 0.55, 0.24), (0.2, 0.55, 0.24), (0, 0.72, 0.28)):
            self.oval(x + dx * height, y - dy * height, r * height, r * height, self.paint(colour))
        self.oval(x - 0.08 * height, y - 0.78 * height, 0.14 * height, 0.12 * height, self.paint(shade(colour, 1.22)))

    def cloud(self, x: float, y: float, size: float, paint: skia.Paint) -> None:
        """A flat-bottomed cloud, about 3.4 sizes wide."""
        path = skia.Path()
        path.addRRect(skia.RRect.MakeRectXY(skia.Rect(x - 1.7 * size, y - 0.55 * size, x + 1.7 * size, y), size / 3, size / 3))
        path.addOval(skia.Rect(x - 1.2 * size, y - 1.1 * size, x - 0.1 * size, y - 0.02 * size))
        path.addOval(skia.Rect(x - 0.5 * size, y - 1.5 * size, x + 0.9 * size, y - 0.05 * size))
        self.canvas.drawPath(path, paint)

    def ripples(self, top: float, bottom: float, number: int, colour: RGB, alpha: float = 0.5) -> None:
        """Short light lines on water, shorter towards the horizon."""
        for _ in range(number):
            y = self.rng.uniform(top, bottom)
            near = (y - top) / max(bottom - top, 1)
            x, half = self.rng.uniform(0, SIDE), 5 + 16 * near * self.rng.uniform(0.6, 1.2)
            self.line([(x - half, y), (x + half, y)], self.paint(colour, alpha, stroke=1.2 + 1.8 * near))
