"""Pictures for the demonstration: marks, portraits and shores, drawn rather than photographed.

Every function is pure: the same name or seed gives the same picture. Shapes are flat, like
cut paper; they are drawn too large and scaled down, which is what makes their edges smooth.
"""

import hashlib
import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw

NIGHT = "#0b3d6b"
DEEP = "#14507f"
TEAL = "#2a8c8c"
POOL = "#1f6f78"
MIST = "#a9cfcd"
FOAM = "#e6f0ee"
SAND = "#ead9b8"
PALE_SAND = "#f5ecd9"
BLUSH = "#f4e4d3"
CLAY = "#d9774a"

OVERSAMPLING = 4
LANDSCAPE_OVERSAMPLING = 2

# ground, figure
LOGO_COLOURS = ((NIGHT, MIST), (TEAL, PALE_SAND), (DEEP, SAND), (SAND, NIGHT), (POOL, FOAM))
# ground, what stands behind the figure, figure, what the figure wears
PORTRAIT_COLOURS = (
    (PALE_SAND, SAND, NIGHT, MIST),
    (FOAM, MIST, DEEP, SAND),
    (SAND, PALE_SAND, POOL, FOAM),
    (BLUSH, "#eeccb2", NIGHT, CLAY),
    ("#dfe9f1", "#bfd3e2", DEEP, FOAM),
    (FOAM, SAND, TEAL, NIGHT),
    (MIST, FOAM, POOL, SAND),
    (PALE_SAND, "#e9b796", POOL, PALE_SAND),
)
# sky, sun, far hills, near hills, water, light on the water, shore
LANDSCAPE_COLOURS = (
    ("#e9f0ee", CLAY, "#b5cfd2", "#7fb0b3", TEAL, "#4ba3a1", SAND),
    (PALE_SAND, CLAY, "#d9c9ab", "#86a9a8", DEEP, "#2f6a97", SAND),
    ("#dfe9f1", PALE_SAND, "#a9c2d6", "#5d88ab", NIGHT, "#1d5888", "#d8c6a2"),
    (BLUSH, CLAY, "#dcb99c", "#6f8f9a", POOL, "#3c8c92", SAND),
)
ALTERNATIVE_TEXTS = {
    "logo": {
        "en": "Mark of the organization: {name}",
        "fr": "Emblème de l’organisation\u00a0: {name}",
        "es": "Emblema de la organización: {name}",
        "ar": "شعار المنظمة: {name}",
        "ru": "Эмблема организации: {name}",
        "zh-hans": "组织标志：{name}",
    },
    "portrait": {
        "en": "Drawing in place of a portrait: {name}",
        "fr": "Dessin tenant lieu de portrait\u00a0: {name}",
        "es": "Dibujo en lugar de un retrato: {name}",
        "ar": "رسم بدلًا من صورة شخصية: {name}",
        "ru": "Рисунок вместо портрета: {name}",
        "zh-hans": "代替肖像的图画：{name}",
    },
    "landscape": {
        "en": "Drawing of a shore with low hills, calm water and sand",
        "fr": "Dessin d’un rivage\u00a0: collines basses, eau calme et sable",
        "es": "Dibujo de una costa con colinas bajas, agua en calma y arena",
        "ar": "رسم لشاطئ فيه تلال منخفضة وماء ساكن ورمال",
        "ru": "Рисунок берега: низкие холмы, спокойная вода и песок",
        "zh-hans": "海岸图画：低矮的山丘、平静的水面和沙滩",
    },
}

Pen = ImageDraw.ImageDraw
Point = tuple[float, float]
Box = tuple[float, float, float, float]


def alternative_text(kind: str, name: str = "", language: str = "en") -> str:
    """Return words in place of a "logo", "portrait" or "landscape", English where none."""
    words = ALTERNATIVE_TEXTS[kind]
    return words.get(language, words["en"]).format(name=name)


def logo(name: str, size: int = 256) -> Image.Image:
    """Return a round mark in two colours on a transparent ground."""
    random = seeded("shore", name)
    ground, figure = random.choice(LOGO_COLOURS)
    side = size * OVERSAMPLING
    disc = mask_of(side, lambda pen: pen.ellipse((0, 0, side - 1, side - 1), fill=255))
    mark = random.choice((waves, tide, river, gauges))
    image = Image.new("RGBA", (side, side), ground)
    image.paste(figure, mask=mask_of(side, lambda pen: mark(pen, side, random)))
    image.putalpha(disc)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def portrait(seed: str, side: int = 640) -> Image.Image:
    """Return head and shoulders as a silhouette that tells nothing about anybody."""
    random = seeded("portrait", seed)
    ground, behind, figure, worn = random.choice(PORTRAIT_COLOURS)
    unit = side * OVERSAMPLING
    image = Image.new("RGB", (unit, unit), ground)
    setting = random.choice((sun, rings, waves))
    image.paste(behind, mask=mask_of(unit, lambda pen: setting(pen, unit, random)))
    middle = 0.5 + random.uniform(-0.02, 0.02)
    shoulders = mask_of(
        unit, lambda pen: pen.ellipse(box(unit, middle, 1.02, 0.34, 0.45), fill=255)
    )
    head = mask_of(unit, lambda pen: pen.ellipse(box(unit, middle, 0.375, 0.15, 0.16), fill=255))
    cloth = random.choice((scarf, lapels, stripes))
    pattern = mask_of(unit, lambda pen: cloth(pen, unit, middle))
    image.paste(mixed(figure, FOAM, 0.14), mask=head)
    image.paste(figure, mask=shoulders)
    image.paste(mixed(worn, figure, 0.18), mask=ImageChops.multiply(pattern, shoulders))
    shade = mask_of(unit, lambda pen: pen.rectangle((unit * middle, 0, unit, unit), fill=30))
    image.paste("#06233f", mask=ImageChops.multiply(shade, ImageChops.lighter(head, shoulders)))
    return image.resize((side, side), Image.Resampling.LANCZOS)


def landscape(seed: str, size: tuple[int, int] = (1600, 900)) -> Image.Image:
    """Return a shore in flat bands, with one thing that people put there."""
    random = seeded("landscape", seed)
    sky, sun_colour, far, near, water, light, sand = random.choice(LANDSCAPE_COLOURS)
    width, height = (length * LANDSCAPE_OVERSAMPLING for length in size)
    image = Image.new("RGB", (width, height), sky)
    pen = ImageDraw.Draw(image)
    horizon = height * random.uniform(0.52, 0.58)
    sun_on_the_left = random.random() < 0.5
    x = random.uniform(0.18, 0.32) if sun_on_the_left else random.uniform(0.68, 0.82)
    reach = height * random.uniform(0.07, 0.095) / width
    pen.ellipse(box(width, x, horizon / width - reach * 2.2, reach, reach), fill=sun_colour)
    draw_hills(pen, random, (width, horizon), height * 0.15, far)
    draw_hills(pen, random, (width, horizon), height * 0.08, near)
    pen.rectangle((0, horizon, width, height), fill=water)
    draw_ripples(pen, random, (width, height), horizon, light)
    draw_beach(pen, random, (width, height), sand)
    thing = random.choice((draw_staff_gauge, draw_boat, draw_posts))
    thing(pen, (width, height), horizon, 1 if sun_on_the_left else -1)
    return image.resize(size, Image.Resampling.LANCZOS)


def waves(pen: Pen, side: int, random: Random) -> None:
    phase = random.uniform(0, math.tau)
    for row in range(3):
        draw_wave(pen, side, 0.44 + 0.17 * row, 0.075, phase + 0.9 * row)


def tide(pen: Pen, side: int, random: Random) -> None:
    """Draw rings that share one point, as a tide leaves them on the sand."""
    turn = random.uniform(0, math.tau)
    for step, radius in enumerate((0.38, 0.29, 0.20, 0.11)):
        shift = 0.36 - radius * 0.92
        x, y = 0.5 + shift * math.cos(turn), 0.5 + shift * math.sin(turn)
        pen.ellipse(box(side, x, y, radius, radius), fill=0 if step % 2 else 255)


def river(pen: Pen, side: int, random: Random) -> None:
    """Draw a river that widens on its way down."""
    bend = random.choice((-0.14, 0.14))
    left, right = [], []
    for y in range(0, side + 8, 8):
        along = y / side
        middle, half = 0.5 + bend * math.sin(math.tau * along), 0.035 + 0.15 * along**1.6
        left.append((side * (middle - half), y))
        right.append((side * (middle + half), y))
    pen.polygon([*left, *reversed(right)], fill=255)


def gauges(pen: Pen, side: int, random: Random) -> None:
    for place, height in enumerate(random.sample((0.22, 0.30, 0.38, 0.46, 0.54), 5)):
        middle = box(side, 0.24 + 0.13 * place, 0.76 - height / 2, 0.038, height / 2)
        pen.rounded_rectangle(middle, side * 0.038, fill=255)


def sun(pen: Pen, unit: int, random: Random) -> None:
    x = 0.5 + random.choice((-1, 1)) * random.uniform(0.06, 0.13)
    pen.ellipse(box(unit, x, 0.42, 0.36, 0.36), fill=255)


def rings(pen: Pen, unit: int, random: Random) -> None:
    x = random.choice((0.28, 0.72))
    for step, radius in enumerate((0.62, 0.52, 0.42, 0.32, 0.22)):
        pen.ellipse(box(unit, x, 0.34, radius, radius), fill=0 if step % 2 else 255)


def scarf(pen: Pen, unit: int, middle: float) -> None:
    pen.ellipse(box(unit, middle, 0.56, 0.21, 0.16), fill=255)
    pen.ellipse(box(unit, middle, 0.52, 0.15, 0.12), fill=0)


def lapels(pen: Pen, unit: int, middle: float) -> None:
    corners = ((middle - 0.13, 0.55), (middle + 0.13, 0.55), (middle, 0.84))
    pen.polygon([(x * unit, y * unit) for x, y in corners], fill=255)


def stripes(pen: Pen, unit: int, middle: float) -> None:
    for row in range(3):
        draw_wave(pen, unit, 0.69 + 0.10 * row, 0.036, 2 * middle + 0.8 * row)


def draw_hills(pen: Pen, random: Random, ground: Point, rise: float, colour: str) -> None:
    width, horizon = ground
    swells = [(random.uniform(0.6, 2.4), random.uniform(0, math.tau)) for _ in range(3)]
    line = []
    for x in range(0, int(width) + 16, 16):
        swell = sum(math.sin(start + math.tau * pace * x / width) for pace, start in swells) / 3
        line.append((x, horizon - rise * max(0, 0.35 + 0.65 * swell)))
    pen.polygon([(0, horizon), *line, (width, horizon)], fill=colour)


def draw_ripples(pen: Pen, random: Random, size: Point, horizon: float, colour: str) -> None:
    width, height = size
    for step in range(1, 23):
        y = horizon + (height - horizon) * (step / 22) ** 1.5
        length, thick = width * random.uniform(0.05, 0.15), max(3, height * 0.005 * step / 22)
        x = random.uniform(-0.05, 0.95) * width
        pen.rounded_rectangle((x, y, x + length, y + thick), thick / 2, fill=colour)


def draw_beach(pen: Pen, random: Random, size: Point, colour: str) -> None:
    """Draw wet sand first, then dry sand in front of it."""
    width, height = size
    start, lean = random.uniform(0, math.tau), random.choice((-0.06, 0.06))
    for top, tone in ((0.825, mixed(colour, DEEP, 0.22)), (0.86, colour)):
        line = []
        for x in range(0, int(width) + 16, 16):
            swing = 0.03 * math.sin(start + math.tau * 0.8 * x / width) + lean * (x / width - 0.5)
            line.append((x, height * (top + swing)))
        pen.polygon([(0, height), *line, (width, height)], fill=tone)


def draw_staff_gauge(pen: Pen, size: Point, horizon: float, side: int) -> None:
    width, height = size
    x, half = width * (0.5 + 0.22 * side), height * 0.011
    top, step = horizon - height * 0.09, height * 0.026
    for mark in range(12):
        y = top + mark * step
        pen.rectangle((x - half, y, x + half, y + step), fill=CLAY if mark % 2 else PALE_SAND)


def draw_boat(pen: Pen, size: Point, horizon: float, side: int) -> None:
    width, height = size
    x, y, unit = width * (0.5 + 0.14 * side), horizon + height * 0.13, height * 0.06
    for colour, corners in (
        (CLAY, ((-1.3, 0), (1.3, 0), (0.8, 0.45), (-0.9, 0.45))),
        (FOAM, ((-0.05, -0.15), (-0.05, -2.3), (1.15, -0.15))),
        (SAND, ((-0.2, -0.15), (-0.2, -1.8), (-0.95, -0.15))),
    ):
        pen.polygon([(x + unit * across, y + unit * down) for across, down in corners], fill=colour)


def draw_posts(pen: Pen, size: Point, horizon: float, side: int) -> None:
    """Draw a row of mooring posts that walks out into the water."""
    width, height = size
    for step in range(1, 8):
        near = step / 7
        x, foot = width * (0.5 + side * 0.3 * near), horizon + height * 0.21 * near**1.2
        half, tall = height * 0.008 * (0.4 + near), height * 0.10 * (0.2 + near)
        pen.rounded_rectangle((x - half, foot - tall, x + half, foot), half, fill=PALE_SAND)


def seeded(*words: str) -> Random:
    """Return random numbers that depend on nothing but the words."""
    digest = hashlib.sha256("\n".join(words).encode()).digest()
    return Random(int.from_bytes(digest[:8], "big"))  # noqa: S311  a drawing, not a secret


def mask_of(unit: int, draw: Callable[[Pen], object]) -> Image.Image:
    """Return a square mask, white where something was drawn."""
    mask = Image.new("L", (unit, unit), 0)
    draw(ImageDraw.Draw(mask))
    return mask


def box(unit: float, x: float, y: float, half_width: float, half_height: float) -> Box:
    """Return the corners around a middle point; all lengths are shares of the unit."""
    left, right = unit * (x - half_width), unit * (x + half_width)
    return (left, unit * (y - half_height), right, unit * (y + half_height))


def draw_wave(pen: Pen, unit: int, top: float, thickness: float, phase: float) -> None:
    """Draw a band from side to side that swings one and a half times."""
    swing = [
        (x, 0.035 * math.sin(phase + math.tau * 1.5 * x / unit)) for x in range(0, unit + 8, 8)
    ]
    upper = [(x, unit * (top + y)) for x, y in swing]
    lower = [(x, y + unit * thickness) for x, y in reversed(upper)]
    pen.polygon([*upper, *lower], fill=255)


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
