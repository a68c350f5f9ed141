"""The empty street that every made photograph begins with."""

import math

from scripts.pictures.drawing import Canvas, Point, mix, seeded

WIDTH, HEIGHT = 1200, 900
WALLS = ["#d8c9a8", "#b9c7c2", "#dcb9a0", "#c5cbb0", "#d9d4c7", "#a9b9c9", "#d6c08f"]


def _houses(c: Canvas, seed: int, ground: float, night: bool) -> None:
    """Draw a row of tube houses that stands on the line `ground`."""
    rng = seeded(seed)
    x = -30.0
    while x < WIDTH:
        w, h = rng.uniform(120, 175), rng.uniform(230, 400)
        wall = rng.choice(WALLS)
        wall = mix(wall, "#141b33", 0.72) if night else wall
        dark = mix(wall, "#000000", 0.28)
        c.box(x, ground - h, w, h, wall)
        c.box(x, ground - h, w, 12, dark)
        c.box(x + w - 10, ground - h, 10, h, mix(wall, "#000000", 0.12))
        for floor in range(1, int(h // 105)):
            y = ground - 105 * floor - 88
            lit = night and rng.random() < 0.35
            c.box(x + 16, y, w - 42, 62, "#f3cf83" if lit else mix(dark, "#35506b", 0.5), 3)
            c.box(x + 16 + (w - 42) / 2 - 2, y, 4, 62, wall)
            c.box(x + 8, y + 66, w - 26, 7, dark)
        shutter = mix(rng.choice(["#47637a", "#7a4a3c", "#5d6b5f"]), "#0d1225", 0.6 if night else 0)
        c.box(x + 14, ground - 96, w - 38, 96, shutter)
        for k in range(6):
            c.line(
                [(x + 16, ground - 88 + k * 15), (x + w - 26, ground - 88 + k * 15)], 2, mix(shutter, "#000000", 0.25)
            )
        c.box(x + 8, ground - 116, w - 26, 20, rng.choice(["#a53b3b", "#2f6b57", "#c58b2f"]) if not night else dark)
        x += w + 2


def street(seed: int, night: bool = False) -> Canvas:
    """Return an empty street: houses, pavement, and a road that comes towards the reader."""
    c = Canvas(WIDTH, HEIGHT, "#0d1430", "#2c3358") if night else Canvas(WIDTH, HEIGHT, "#a9c3d6", "#e9e6dc")
    rng = seeded(seed)
    _houses(c, seed, 440, night)
    pavement, road = ("#3a3f55", "#22253a") if night else ("#b7ada0", "#6e6f72")
    c.box(0, 436, WIDTH, 100, pavement)
    for i in range(26):
        c.line([(600 + (i - 13) * 62, 440), (600 + (i - 13) * 76, 532)], 1.6, mix(pavement, "#000000", 0.14))
    for y in (462, 490):
        c.line([(0, y), (WIDTH, y)], 1.6, mix(pavement, "#000000", 0.14))
    c.box(0, 528, WIDTH, 18, mix(pavement, "#ffffff", 0.25))
    c.box(0, 544, WIDTH, 8, mix(road, "#000000", 0.35))
    c.box(0, 550, WIDTH, 350, road)
    for _ in range(2600):
        x, y = rng.uniform(0, WIDTH), 552 + 348 * rng.random() ** 0.8
        r = 0.6 + 2.2 * (y - 550) / 350
        c.oval(x, y, r * 1.5, r * 0.7, mix(road, rng.choice(["#ffffff", "#000000"]), 0.12))
    for x in range(-100, 1300, 260):
        c.poly([(x, 690), (x + 120, 690), (x + 112, 706), (x - 16, 706)], mix(road, "#ffffff", 0.55))
    return c


def finish(c: Canvas, night: bool = False) -> Canvas:
    """Add what a phone's camera adds: dark corners and grain."""
    for x in (0, WIDTH):
        for y in (0, HEIGHT):
            c.soft(x, y, 330, 250, "#00000055" if night else "#00000030", 120)
    c.grain(0.07 if night else 0.045)
    return c


def rough(seed: int, x: float, y: float, rx: float, ry: float, wild: float = 0.16) -> list[Point]:
    """Return an ellipse with an uneven edge."""
    rng = seeded(seed)
    around = [(2 * math.pi * i / 16, 1 + rng.uniform(-wild, wild)) for i in range(16)]
    return [(x + rx * k * math.cos(a), y + ry * k * math.sin(a)) for a, k in around]
