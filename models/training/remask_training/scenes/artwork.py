"""Emoji artwork as bitmaps: rendered once from SVG, recoloured on demand.

Source: npm package @iconify-json/fluent-emoji-flat 1.2.6 (Microsoft Fluent emoji, flat; MIT).
"""

import io
import json
import subprocess
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from .vocabulary import COLOURS, CONCEPTS

SIDE = 224  # pixels of a stored bitmap: just above the largest size drawn (208), so every use shrinks it


def render_set(icon_json: Path, out: Path) -> None:
    """Render every concept's SVG with rsvg-convert; writes `out` (npz: name -> uint8 [SIDE, SIDE, 4])."""
    icons = json.loads(icon_json.read_text())
    bitmaps = {name: _rasterise(_svg(icons, concept.key)) for name, concept in CONCEPTS.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, **bitmaps)


def _svg(icons: dict, key: str) -> str:
    key = key if key in icons["icons"] else icons["aliases"][key]["parent"]
    icon = icons["icons"][key]
    width, height = (icon.get(side, icons.get(side, 16)) for side in ("width", "height"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{icon.get("left", 0)} {icon.get("top", 0)} {width} {height}">{icon["body"]}</svg>'
    )


def _rasterise(svg: str) -> np.ndarray:
    """Tight crop, longest side SIDE, centred, standing on the bottom edge."""
    big = str(2 * SIDE)
    png = subprocess.run(["rsvg-convert", "-w", big, "-h", big], input=svg.encode(), capture_output=True, check=True)
    image = Image.open(io.BytesIO(png.stdout)).convert("RGBA")
    image = image.crop(image.getchannel("A").point(lambda v: 255 * (v > 16)).getbbox())
    scale = SIDE / max(image.size)
    image = image.resize([max(1, round(side * scale)) for side in image.size], Image.LANCZOS)
    square = Image.new("RGBA", (SIDE, SIDE))
    square.paste(image, ((SIDE - image.width) // 2, SIDE - image.height))
    return np.asarray(square)


class Artwork:
    """The rendered bitmaps, in their own or another colour."""

    def __init__(self, path: Path):
        with np.load(path) as bitmaps:
            self._bitmaps = {name: bitmaps[name] for name in bitmaps.files}
        self.get = lru_cache(maxsize=4096)(self._get)

    def _get(self, name: str, colour: str | None, size: int) -> np.ndarray:
        """uint8 [size, size, 4], straight alpha."""
        bitmap = self._bitmaps[name]
        if colour is not None:
            bitmap = recolour(bitmap, COLOURS[colour])
        return np.asarray(_resize(bitmap, size))

    def natural_colour(self, name: str) -> str | None:
        """Name of the colour that covers most of the artwork; None where no name fits well."""
        main = _lab(main_colour(self._bitmaps[name]))
        distance = {c: np.abs(_lab(np.array(rgb, float)) - main).sum() for c, rgb in COLOURS.items()}
        nearest = min(distance, key=distance.get)
        return nearest if distance[nearest] < 70 else None  # 70: cat (apricot) has no name, apple (red) has


def _resize(bitmap: np.ndarray, size: int) -> Image.Image:
    """Shrink with premultiplied alpha, so that no dark fringe appears."""
    return Image.fromarray(bitmap).convert("RGBa").resize((size, size), Image.LANCZOS).convert("RGBA")


def _lab(rgb: np.ndarray) -> np.ndarray:
    """Rough opponent space (lightness, red-green, yellow-blue), good enough to compare flat colours."""
    r, g, b = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    return np.stack([0.5 * (0.3 * r + 0.59 * g + 0.11 * b), r - g, 0.5 * (r + g) - b], -1)


def _hue_bin(rgb: np.ndarray) -> np.ndarray:
    """0..11 hue sectors of coloured pixels, 12 light grey, 13 dark grey."""
    high, low = rgb.max(-1), rgb.min(-1)
    chroma = np.maximum(high - low, 1e-6)
    r, g, b = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    hue = np.where(high == r, (g - b) / chroma % 6, np.where(high == g, (b - r) / chroma + 2, (r - g) / chroma + 4))
    grey = chroma < 38
    return np.where(grey, np.where(high > 110, 12, 13), (hue * 2 + 0.5).astype(int) % 12)


def _main_mask(bitmap: np.ndarray) -> np.ndarray:
    """bool [SIDE, SIDE]: the pixels of the prevailing hue and its neighbours (dark lines left out)."""
    rgb, opaque = bitmap[..., :3].astype(float), bitmap[..., 3] > 128
    bins = _hue_bin(rgb)
    area = np.bincount(bins[opaque], minlength=14).astype(float)
    area[13] *= 0.3  # outlines, eyes and tyres are seldom what gives a thing its colour
    hues = np.array([area[h] + 0.5 * (area[h - 1] + area[(h + 1) % 12]) for h in range(12)])
    if area[12:].max() > hues.max():
        main = bins == 12 + int(area[13] > area[12])
    else:
        distance = np.abs((bins - int(hues.argmax()) + 6) % 12 - 6)
        main = (bins < 12) & (distance <= 1)
    return main & (bitmap[..., 3] > 0)


def main_colour(bitmap: np.ndarray) -> np.ndarray:
    """float [3]: median colour of the prevailing hue."""
    mask = _main_mask(bitmap)
    return np.median(bitmap[mask][:, :3].astype(float), axis=0)


def recolour(bitmap: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    """Give the prevailing hue of the artwork another colour; its shading stays (as a ratio of lightness)."""
    mask = _main_mask(bitmap)
    rgb = bitmap[..., :3].astype(float)
    light = rgb @ (0.3, 0.59, 0.11)
    ratio = np.clip(light / max(np.median(light[mask]), 1), 0.45, 1.6)[..., None]
    target = np.array(colour, float)
    shaded = np.where(ratio <= 1, target * ratio, target + (255 - target) * (ratio - 1) * 0.8)
    out = bitmap.copy()
    out[..., :3] = np.where(mask[..., None], np.clip(shaded, 0, 255), rgb).astype(np.uint8)
    return out
