"""Scene -> picture, with the visible mask of every object."""

import random
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import skia

from .artwork import Artwork
from .brush import TINT, Brush
from .places import PAINTERS, horizon_of
from .scene import PLAIN, SIDE, Scene, Thing
from .sky import draw_fog, draw_sky, draw_weather
from .styles import apply_style
from .vocabulary import CONCEPTS, OUTDOOR

CELLS = 16  # object cover is reported on the grid of the base transformer
ROOM_TINT = {"day": (1.0, 1.0, 1.0), "sunset": (1.0, 0.86, 0.76), "night": (0.56, 0.57, 0.76)}  # lamps soften the night


@dataclass
class Picture:
    """image: uint8 [SIDE, SIDE, 3]; masks: bool [things, SIDE, SIDE], what is visible of each thing."""

    image: np.ndarray
    masks: np.ndarray

    def object_cells(self) -> np.ndarray:
        """bool [CELLS, CELLS]: cells of which a thing covers at least a tenth."""
        return self._cover(self.masks.any(0)) > 0.1

    def thing_cells(self) -> np.ndarray:
        """uint8 [CELLS, CELLS]: 1 + the thing that covers most of a cell, 0 where none covers a third of it."""
        none = np.full((1, CELLS, CELLS), 1 / 3)
        return np.concatenate([none, *(self._cover(mask)[None] for mask in self.masks)]).argmax(0).astype(np.uint8)

    @staticmethod
    def _cover(mask: np.ndarray) -> np.ndarray:
        """Share of every cell that a mask covers."""
        side = SIDE // CELLS
        return mask.reshape(CELLS, side, CELLS, side).mean((1, 3))


class Renderer:
    """Draws scenes with one artwork set."""

    def __init__(self, artwork: Artwork):
        self.artwork = artwork

    def render(self, scene: Scene) -> Picture:
        surface = skia.Surface(SIDE, SIDE)
        canvas = surface.getCanvas()
        horizon = horizon_of(scene)
        self._ground(canvas, scene, horizon)
        masks = np.zeros((len(scene.things), SIDE, SIDE), bool)
        for index, thing in enumerate(scene.things):
            with _layer(canvas, scene):
                masks[index] = self._thing(canvas, scene, thing, horizon)
            masks[:index] &= ~masks[index]
        draw_weather(Brush(canvas, _rng(scene, "weather"), scene.time), scene, horizon)
        image = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3]
        return Picture(apply_style(scene.style, image, masks.any(0), random.Random(scene.seed)), masks)

    def _ground(self, canvas: skia.Canvas, scene: Scene, horizon: float) -> None:
        brush = Brush(canvas, _rng(scene, "sky"), scene.time)
        if scene.place in OUTDOOR:
            draw_sky(brush, scene, horizon)
        with _layer(canvas, scene, flat=scene.place not in OUTDOOR):
            brush.rng = _rng(scene, "place")
            if scene.place == "room":
                brush.tint = ROOM_TINT[scene.time]
            PAINTERS[scene.place](brush, scene, horizon)
        if scene.weather == "fog":
            draw_fog(brush, scene, horizon)

    def _thing(self, canvas: skia.Canvas, scene: Scene, thing: Thing, horizon: float) -> np.ndarray:
        """Draw one thing with its shadow; returns the mask of its own pixels, bool [SIDE, SIDE]."""
        bitmap = self.artwork.get(thing.concept, thing.colour, thing.size)
        if _stands(scene, thing):
            _shadow(canvas, scene, thing, bitmap)
        image = skia.Image.fromarray(np.ascontiguousarray(bitmap), colorType=skia.kRGBA_8888_ColorType)
        paint = skia.Paint(ColorFilter=_light(scene))
        canvas.drawImage(image, thing.x, thing.y, skia.SamplingOptions(), paint)
        if scene.place == "ocean" and CONCEPTS[thing.concept].kind != "a":
            _waterline(canvas, scene, thing)
        mask = np.zeros((SIDE, SIDE), bool)
        mask[thing.y : thing.y + thing.size, thing.x : thing.x + thing.size] = bitmap[..., 3] > 128
        return mask


def _rng(scene: Scene, layer: str) -> random.Random:
    """Each layer has randomness of its own, so that changing one leaves the others as they are."""
    return random.Random(f"{scene.seed}-{layer}")


@contextmanager
def _layer(canvas: skia.Canvas, scene: Scene, flat: bool = False):
    """Everything drawn inside lies on one sheet; in the paper cut style a sheet casts a shadow."""
    if scene.style == "papercut" and not flat:
        lifted = skia.ImageFilters.DropShadow(4, 6, 5, 5, skia.Color(20, 20, 40, 150))
        canvas.saveLayer(None, skia.Paint(ImageFilter=lifted))
        yield
        canvas.restore()
    else:
        yield


def _stands(scene: Scene, thing: Thing) -> bool:
    flies = CONCEPTS[thing.concept].kind == "a" and scene.place not in (PLAIN, "room")
    return not flies and scene.place not in ("space", "underwater", "ocean")


def _shadow(canvas: skia.Canvas, scene: Scene, thing: Thing, bitmap: np.ndarray) -> None:
    """A soft contact shadow as wide as the lowest tenth of the artwork."""
    foot = np.flatnonzero(bitmap[-max(thing.size // 10, 1) :, :, 3].max(0) > 128)
    if len(foot) == 0:
        return
    centre, half = thing.x + (foot[0] + foot[-1]) / 2, max((foot[-1] - foot[0]) / 2, thing.size * 0.2) * 1.12
    bottom, flat = thing.y + thing.size, thing.size * 0.045
    alpha = 105 if scene.time == "night" else 80
    paint = skia.Paint(Color=skia.Color(16, 18, 40, alpha), AntiAlias=True)
    paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, thing.size * 0.02 + 1))
    canvas.drawOval(skia.Rect(centre - half, bottom - flat * 1.3, centre + half, bottom + flat), paint)


def _waterline(canvas: skia.Canvas, scene: Scene, thing: Thing) -> None:
    """Foam around what floats."""
    brush = Brush(canvas, _rng(scene, "foam"), scene.time)
    y, x, half = thing.y + thing.size, thing.x + thing.size / 2, thing.size * 0.46
    for k, (dy, share) in enumerate(((-3, 1.0), (3, 0.8), (8, 0.5))):
        brush.line(
            [(x - half * share, y + dy), (x + half * share, y + dy)],
            brush.paint((226, 242, 252), 0.7 - 0.15 * k, stroke=3 - 0.5 * k),
        )


def _light(scene: Scene) -> skia.ColorFilter | None:
    """Things take on a part of the light of their surroundings."""
    tint = ROOM_TINT[scene.time] if scene.place == "room" else TINT[scene.time]
    red, green, blue = (1 - 0.4 * (1 - t) for t in tint)
    return skia.ColorFilters.Matrix([red, 0, 0, 0, 0, 0, green, 0, 0, 0, 0, 0, blue, 0, 0, 0, 0, 0, 1, 0])
