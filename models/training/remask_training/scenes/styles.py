"""Whole-picture styles. Input and output: uint8 [SIDE, SIDE, 3]; `things`: bool [SIDE, SIDE], the drawn objects.

Grain, hatching, dots and tiles repeat every 8, 16 or 64 pixels and lie on the token lattice: a texture then looks the
same in every token and costs the model little.
"""

import random

import numpy as np
import skia
from PIL import Image, ImageFilter

from .scene import SIDE

_Y, _X = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)


def _tile_noise(period: int, blur: float, seed: int) -> np.ndarray:
    """Smooth noise, about -1..1, float32 [SIDE, SIDE], repeating every `period` pixels."""
    noise = np.random.default_rng(seed).normal(size=(period, period))
    spectrum = np.fft.fft2(noise)
    frequency = np.fft.fftfreq(period) * 2 * np.pi
    spectrum *= np.exp(-0.5 * blur**2 * (frequency[:, None] ** 2 + frequency[None] ** 2))
    smooth = np.fft.ifft2(spectrum).real
    return np.tile(smooth / (2 * smooth.std()), (SIDE // period, SIDE // period)).astype(np.float32)


GRAIN = _tile_noise(64, 0.8, 1)
BLOTCH = _tile_noise(SIDE, 14, 2)
RIPPLE = _tile_noise(SIDE, 7, 5)
WOBBLE = [_tile_noise(64, 5, seed) for seed in (3, 4)]
VIGNETTE = 1 - 0.42 * ((_X / SIDE - 0.5) ** 2 + (_Y / SIDE - 0.5) ** 2) * 2


def _blur(image: np.ndarray, radius: float) -> np.ndarray:
    """Gaussian blur of float [H, W] or [H, W, 3] in 0..1, through 8 bits."""
    pil = Image.fromarray((np.clip(image, 0, 1) * 255).astype(np.uint8))
    return np.asarray(pil.filter(ImageFilter.GaussianBlur(radius)), np.float32) / 255


def _grey(rgb: np.ndarray) -> np.ndarray:
    return rgb @ np.array([0.3, 0.59, 0.11], np.float32)


def _saturate(rgb: np.ndarray, factor: float) -> np.ndarray:
    grey = _grey(rgb)[..., None]
    return np.clip(grey + (rgb - grey) * factor, 0, 1)


def _outline(rgb: np.ndarray, width: int = 3, low: float = 0.10, high: float = 0.30) -> np.ndarray:
    """Strength 0..1 of lines where colours meet: largest channel range in a window of `width` pixels."""
    pil = Image.fromarray((rgb * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
    range_ = np.asarray(pil.filter(ImageFilter.MaxFilter(width)), np.float32) - np.asarray(
        pil.filter(ImageFilter.MinFilter(width)), np.float32
    )
    return np.clip((range_.max(-1) / 255 - low) / (high - low), 0, 1)


def _grown(mask: np.ndarray, width: int) -> np.ndarray:
    """bool [H, W]: whatever has a pixel of the mask in a window of `width` pixels around it."""
    return np.asarray(Image.fromarray(mask).convert("L").filter(ImageFilter.MaxFilter(width))) > 0


def _warp(rgb: np.ndarray, amount: float) -> np.ndarray:
    """Shift pixels by smooth noise (pixels), for hand-drawn edges."""
    x = np.clip(_X + WOBBLE[0] * amount, 0, SIDE - 1).astype(np.intp)
    y = np.clip(_Y + WOBBLE[1] * amount, 0, SIDE - 1).astype(np.intp)
    return rgb[y, x]


def watercolour(rgb, things, rng):
    """Wet washes with dark rims on rough white paper, fading out before the edge of the sheet."""
    washed = _blur(
        np.asarray(Image.fromarray((_warp(rgb, 2.2) * 255).astype(np.uint8)).filter(ImageFilter.MedianFilter(5)), np.float32)
        / 255,
        1.0,
    )
    pigment = (1 - washed) * (0.80 + 0.26 * BLOTCH + 0.08 * GRAIN)[..., None]
    rim = _outline(washed, 3, 0.06, 0.4)[..., None]
    painted = 1 - np.clip(pigment * (1 + 0.45 * rim), 0, 1)
    border = np.minimum(np.minimum(_X, SIDE - 1 - _X), np.minimum(_Y, SIDE - 1 - _Y)) + 5 * RIPPLE
    sheet = np.clip((border - 7) / 5, 0, 1)[..., None]
    return painted * sheet + (0.975 + 0.012 * GRAIN[..., None]) * (1 - sheet)


def oil(rgb, things, rng):
    """Brush strokes under Rembrandt's light: the subject lit warmly from one side, all else sinking into brown dark."""
    y, x = np.argwhere(things).mean(0) if things.any() else (SIDE * 0.5, SIDE * 0.5)
    distance = np.hypot((_X - x + 20) / 1.1, _Y - y + 24) / SIDE
    light = 0.16 + 1.0 * np.exp(-((distance / 0.42) ** 2))
    light = np.where(things, np.maximum(light, 0.62), light)
    warm = rgb * np.array([1.08, 0.92, 0.68], np.float32) * light[..., None]
    warm = warm + np.array([0.075, 0.045, 0.02], np.float32)
    painted = _strokes(np.clip(warm, 0, 1), rng)
    relief = np.roll(_grey(painted), 1, (0, 1)) - _grey(painted)
    return painted + 0.35 * relief[..., None] + 0.012 * GRAIN[..., None]


def _strokes(rgb: np.ndarray, rng: random.Random) -> np.ndarray:
    """Repaint with short strokes along the edges, broad ones first, fine ones where there is detail."""
    grey = _blur(_grey(rgb), 3)
    dy, dx = np.gradient(grey)
    angle = np.where(np.hypot(dx, dy) > 0.004, np.arctan2(dx, -dy), 0.7)
    detail = _outline(rgb, 5, 0.04, 0.16)
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    base = np.dstack([(_blur(rgb, 2) * 255).astype(np.uint8), np.full((SIDE, SIDE), 255, np.uint8)])
    canvas.drawImage(skia.Image.fromarray(base, colorType=skia.kRGBA_8888_ColorType), 0, 0)
    for width, step, only_detail in ((9, 9, False), (3, 4, True)):
        for y0 in range(0, SIDE, step):
            for x0 in range(0, SIDE, step):
                x, y = min(x0 + rng.random() * step, SIDE - 1), min(y0 + rng.random() * step, SIDE - 1)
                row, column = int(y), int(x)
                if only_detail and detail[row, column] < 0.5:
                    continue
                lift = 1 + 0.06 * (rng.random() - 0.5) * (2 if not only_detail else 1)
                red, green, blue = (min(255, int(v * 255 * lift)) for v in rgb[row, column])
                paint = skia.Paint(
                    Color=skia.Color(red, green, blue), AntiAlias=True, StrokeWidth=width, StrokeCap=skia.Paint.kRound_Cap
                )
                ux, uy = np.cos(angle[row, column]) * width, np.sin(angle[row, column]) * width
                canvas.drawLine(x - ux, y - uy, x + ux, y + uy, paint)
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(np.float32) / 255


def ink(rgb, things, rng):
    """Sumi-e: grey washes on warm paper, brush contours of changing weight, mist below, a red seal."""
    grey = _blur(_grey(_warp(rgb, 1.5)), 1.6)
    wash = 0.42 + 0.58 * grey**0.9
    wash = np.where(things, wash * 0.92, 0.35 + 0.65 * wash)
    lines = _outline(rgb, 3, 0.12, 0.34) * np.clip(0.75 + 0.5 * BLOTCH, 0.25, 1) * np.where(things, 1.0, 0.55)
    lines = _blur(
        np.asarray(Image.fromarray((lines * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(3)), np.float32) / 255, 0.7
    )
    tone = np.clip(wash - 0.9 * lines + 0.05 * BLOTCH + 0.015 * GRAIN, 0.06, 1)
    mist = np.clip((_Y / SIDE - 0.86) / 0.14, 0, 1) * np.where(things, 0, 1)
    tone = tone + (0.97 - tone) * mist
    page = tone[..., None] * np.array([0.985, 0.955, 0.885], np.float32)
    page[216:240, 224:240] = (0.76, 0.17, 0.14)
    page[220:236:5, 227:237] = (0.97, 0.88, 0.80)
    return page


def pop(rgb, things, rng):
    """Comic print: few loud colours, Ben-Day dots in the middle tones, thick black contours."""
    loud = _saturate(rgb, 2.0)
    steps = np.round(_blur(loud, 0.8) * 3) / 3
    dots = np.hypot((_X % 8) - 3.5, (_Y % 8) - 3.5)
    dark = 1 - _grey(steps)
    printed = np.where((dots < 1.2 + 2.6 * dark)[..., None] & (~things)[..., None], steps * 0.72, steps)
    contour = _outline(rgb, 3, 0.16, 0.30)
    bold = np.asarray(Image.fromarray((contour * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(3)), np.float32) / 255
    return printed * (1 - np.where(things, bold, contour))[..., None] + 0.02


def pencil(rgb, things, rng):
    """Graphite on paper: dark contours, hatching in two directions that follows the darkness of the tone."""
    grey = _grey(_warp(rgb, 1.2))
    dark = 1 - _blur(grey, 1.0)
    first = np.clip(1.4 * np.sin((_X + _Y) * np.pi / 4) + 0.2, 0, 1)
    second = np.clip(1.4 * np.sin((_X - _Y) * np.pi / 4) + 0.2, 0, 1)
    hatch = first * np.clip(dark * 1.4 - 0.30, 0, 1) + second * np.clip(dark * 1.8 - 0.95, 0, 1)
    lines = _outline(_warp(rgb, 1.2), 3, 0.06, 0.34) * np.where(things, 1.0, 0.75)
    tone = 0.965 - 0.20 * dark**1.5 - 0.36 * hatch - 0.74 * lines
    tone = tone + 0.035 * GRAIN * np.clip(1.2 - tone, 0, 1) * 3
    return np.clip(tone, 0.10, 1)[..., None] * np.array([1.0, 0.992, 0.972], np.float32)


def pixel(rgb, things, rng):
    """Eight-bit game look: blocks of 8 pixels, a token's worth; 20 colours, a dark rim around things."""
    small = Image.fromarray((_saturate(rgb, 1.25) * 255).astype(np.uint8)).resize((32, 32), Image.BOX)
    blocks = np.asarray(small.quantize(20, kmeans=10, dither=Image.Dither.NONE).convert("RGB"), np.float32) / 255
    inside = things.reshape(32, 8, 32, 8).mean((1, 3)) > 0.5
    blocks[_grown(inside, 3) & ~inside] = (0.10, 0.08, 0.16)
    return blocks.repeat(8, 0).repeat(8, 1)


def neon(rgb, things, rng):
    """Glowing tubes on a dark wall: contours in pure colours with a halo."""
    edge = _outline(rgb, 3, 0.10, 0.34) * np.where(things, 1.0, 0.6)
    colour = np.asarray(Image.fromarray((rgb * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(5)), np.float32) / 255
    colour = _saturate(colour, 2.6)
    colour = colour / np.maximum(colour.max(-1, keepdims=True), 0.2)
    tubes = edge[..., None] * (0.25 + 0.75 * colour)
    glow = _blur(tubes, 5) * 1.5 + _blur(tubes, 2) * 0.6
    wall = np.array([0.055, 0.03, 0.12], np.float32) + np.where(things, 0.03, 0.0)[..., None] * colour
    return wall + glow * (0.35 + 0.65 * colour) + tubes * 1.1


def mosaic(rgb, things, rng):
    """Square stones of 8 pixels in slightly different shades, light grout between them."""
    stones = (
        np.asarray(Image.fromarray((_saturate(rgb, 1.15) * 255).astype(np.uint8)).resize((32, 32), Image.BOX), np.float32) / 255
    )
    inside = things.reshape(32, 8, 32, 8).mean((1, 3)) > 0.5
    lift = np.random.default_rng(rng.randrange(1 << 30)).uniform(-0.06, 0.06, (32, 32, 1)).astype(np.float32)
    stones = np.clip(stones * np.where(inside, 1.05, 0.98)[..., None] + lift, 0, 1).repeat(8, 0).repeat(8, 1)
    u, v = _X % 8, _Y % 8
    bevel = 0.10 * ((u == 1) | (v == 1)) - 0.12 * ((u == 7) | (v == 7))
    grout = ((u < 1) | (v < 1))[..., None]
    return np.where(grout, 0.25 + 0.45 * stones, stones + bevel[..., None])


def papercut(rgb, things, rng):
    """Sheets of coloured card (their shadows are drawn while rendering): few flat tones, fibre, and things with a broad white
    margin, as if cut out with scissors, high above the ground."""
    card = np.round(_saturate(rgb, 0.95) * 7) / 7 * (1 + 0.035 * GRAIN)[..., None]
    cut = _grown(things, 11)
    below = np.pad(_blur(cut, 4), ((9, 0), (7, 0)))[:SIDE, :SIDE, None]
    margin = np.array([0.98, 0.97, 0.93], np.float32)
    return np.where((cut & ~things)[..., None], margin, card * np.where(cut[..., None], 1, 1 - 0.6 * below))


def vintage(rgb, things, rng):
    """A faded sepia print with a cream margin."""
    tone = np.clip(0.06 + 1.15 * (_grey(rgb) - 0.5) + 0.46, 0.05, 0.98) * VIGNETTE + 0.02 * GRAIN
    print_ = tone[..., None] * np.array([1.04, 0.86, 0.62], np.float32)
    margin = np.minimum(np.minimum(_X, SIDE - 1 - _X), np.minimum(_Y, SIDE - 1 - _Y)) < 10
    return np.where(margin[..., None], np.array([0.95, 0.91, 0.82], np.float32) + 0.01 * GRAIN[..., None], print_)


def chalk(rgb, things, rng):
    """Coloured chalk on a slate board: broken lines, faint strokes inside things."""
    lines = _outline(_warp(rgb, 1.4), 3, 0.08, 0.30)
    grain = np.clip(0.85 + 0.45 * GRAIN, 0, 1)
    strokes = np.clip(1.3 * np.sin((_X + _Y) * np.pi / 4) - 0.1, 0, 1)
    colour = 0.45 + 0.55 * _saturate(_blur(rgb, 1.0), 1.6)
    fill = np.where(things, 0.85, 0.30) * (0.25 + 0.75 * _grey(rgb)) * (0.45 + 0.55 * strokes) * grain
    board = np.array([0.13, 0.19, 0.17], np.float32) * (1 + 0.18 * BLOTCH)[..., None]
    cover = np.clip(fill + lines * grain * np.where(things, 1.0, 0.8) * 1.3, 0, 1)[..., None]
    return board * (1 - cover) + colour * cover


_STYLES = {
    "watercolour": watercolour,
    "oil": oil,
    "ink": ink,
    "pop": pop,
    "pencil": pencil,
    "pixel": pixel,
    "neon": neon,
    "mosaic": mosaic,
    "papercut": papercut,
    "vintage": vintage,
    "chalk": chalk,
}


def apply_style(style: str, image: np.ndarray, things: np.ndarray, rng: random.Random) -> np.ndarray:
    """uint8 [SIDE, SIDE, 3] -> the same in another style; "flat" leaves it as drawn."""
    if style == "flat":
        return np.ascontiguousarray(image)
    styled = _STYLES[style](image.astype(np.float32) / 255, things, rng)
    return (np.clip(styled, 0, 1) * 255).astype(np.uint8)
