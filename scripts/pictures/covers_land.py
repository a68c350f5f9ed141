"""Covers of the land and its goods: lychees, canals, ceramics, hills, cakes, the market, the map."""

import math

from scripts.pictures.drawing import Canvas, Point, mix, seeded

WIDTH, HEIGHT = 1200, 675
RED, GREEN, CREAM = "#b3243b", "#2e6b45", "#fff6ee"


def _lychee(c: Canvas, x: float, y: float, r: float, tone: str) -> None:
    c.circle(x, y, r, tone)
    c.oval(x + r * 0.12, y + r * 0.14, r * 0.86, r * 0.84, mix(tone, "#5e0d20", 0.22))
    c.circle(x - r * 0.08, y - r * 0.1, r * 0.82, mix(tone, "#ff8a80", 0.12))
    for ring in range(1, 5):
        count = 5 + ring * 4
        for i in range(count):
            a = 2 * math.pi * i / count + ring * 0.4
            d = r * ring * 0.205
            c.circle(x + d * math.cos(a), y + d * math.sin(a), r * 0.055, mix(tone, "#4f0a1a", 0.34))
    c.oval(x - r * 0.38, y - r * 0.42, r * 0.2, r * 0.13, "#ffffff66")


def lychee() -> Canvas:
    """A branch of ripe Thanh Hà lychees, one of them opened."""
    c = Canvas(WIDTH, HEIGHT, "#fdeee2", "#f7cdb8")
    c.circle(930, 200, 330, "#ffffff38")
    c.circle(930, 200, 220, "#ffffff40")
    c.line([(-20, 120), (210, 150), (450, 128), (700, 190), (880, 200)], 15, "#7a5236", curved=True)
    twigs: list[tuple[Point, Point]] = [((300, 142), (300, 330)), ((470, 132), (430, 300)), ((540, 145), (560, 330))]
    twigs += [((660, 178), (690, 300)), ((760, 192), (800, 360))]
    for start, end in twigs:
        c.line([start, ((start[0] + end[0]) / 2 + 14, (start[1] + end[1]) / 2), end], 7, "#7a5236", curved=True)
    leaves = [(180, 146, 210, 200, "#2e6b45"), (250, 146, 190, -38, "#3f8458"), (430, 130, 220, -62, "#2e6b45")]
    leaves += [(560, 140, 200, -22, "#4c9566"), (690, 188, 210, -48, "#2e6b45"), (860, 200, 230, 8, "#3f8458")]
    leaves += [(840, 200, 190, 52, "#2e6b45"), (120, 136, 190, 62, "#3f8458"), (350, 135, 170, 118, "#4c9566")]
    for x, y, length, angle, tone in leaves:
        c.leaf(x, y, length, length * 0.17, angle, tone)
    c.soft(560, 610, 330, 26, "#8c3b2a55", 26)
    fruit = [(300, 390, 84), (405, 345, 80), (560, 380, 84), (690, 345, 80), (800, 420, 88)]
    fruit += [(365, 485, 90), (480, 455, 86), (640, 470, 92), (545, 545, 84)]
    for i, (x, y, r) in enumerate(fruit):
        _lychee(c, x, y, r, ["#c22b45", "#b3243b", "#cf4257"][i % 3])
    c.soft(975, 612, 110, 18, "#8c3b2a55", 18)
    c.circle(975, 520, 92, "#b3243b")
    c.oval(975, 512, 80, 78, "#fff9f4")
    c.oval(960, 500, 58, 54, "#ffffff")
    c.oval(1000, 530, 26, 32, "#efe0d8")
    c.blob(
        [(884, 530), (930, 560), (975, 548), (1030, 566), (1066, 526), (1052, 590), (975, 612), (898, 590)], "#a51f36"
    )
    return c


def canal() -> Canvas:
    """A canal of Bắc Hưng Hải between rice fields, with its sluice."""
    c = Canvas(WIDTH, HEIGHT, "#bfe3ef", "#fdf3df")
    c.soft(900, 150, 150, 150, "#fff3c4c8", 60)
    c.circle(900, 150, 62, "#ffe08a")
    c.blob(
        [(-60, 330), (160, 262), (380, 300), (600, 250), (860, 300), (1270, 240), (1290, 460), (-60, 460)], "#9cc9a5"
    )
    c.blob([(-60, 360), (240, 316), (520, 344), (820, 312), (1270, 346), (1290, 480), (-60, 480)], "#7fb98d")
    c.poly([(0, 370), (1200, 370), (1200, 675), (0, 675)], "#8bbf5c")
    for i, tone in enumerate(["#a8cf6a", "#7fb552", "#97c561", "#6fa748"]):
        for side in (-1, 1):
            x0, x1 = 600 + side * (95 + i * 130), 600 + side * (300 + i * 330)
            x2, x3 = 600 + side * (95 + (i + 1) * 130), 600 + side * (300 + (i + 1) * 330)
            c.poly([(x0, 372), (x2, 372), (x3, 675), (x1, 675)], tone)
            for k in range(1, 12):
                t = (k / 12) ** 1.6
                y = 372 + 303 * t
                left, right = x0 + (x1 - x0) * t, x2 + (x3 - x2) * t
                c.line([(left, y), (right, y)], 1 + 4 * t, mix(tone, "#3d6b2a", 0.16))
    c.poly([(545, 372), (655, 372), (930, 675), (270, 675)], "#d9b98a")
    c.poly([(555, 372), (645, 372), (860, 675), (340, 675)], "#4fa3b8")
    c.poly([(580, 372), (620, 372), (700, 675), (500, 675)], "#7cc3d1")
    for y, half in ((430, 22), (480, 50), (545, 66), (620, 96)):
        c.line([(600 - half, y), (600 + half * 0.5, y)], 4, "#d9f0f2")
    c.box(500, 292, 200, 26, "#c98a5b", 5)
    c.poly([(488, 292), (600, 236), (712, 292)], RED)
    for x in (512, 568, 616, 672):
        c.box(x, 318, 18, 66, "#e7c9a4")
    for x in (530, 586, 634):
        c.box(x, 334, 32 if x != 586 else 30, 42, "#5b6b73", 3)
    for x, s in ((130, 1.0), (250, 0.7), (985, 0.8), (1090, 1.1)):
        c.box(x - 6 * s, 360 - 60 * s, 12 * s, 70 * s, "#7a5236", 3)
        c.circle(x, 300 - 40 * s + 40, 52 * s, "#2e6b45")
        c.circle(x - 34 * s, 322, 38 * s, "#3f8458")
        c.circle(x + 36 * s, 318, 40 * s, "#387a50")
    return c


def ceramics() -> Canvas:
    """A Chu Đậu vase with its blue brushwork."""
    c = Canvas(WIDTH, HEIGHT, "#f4e6d2", "#e6c9a4")
    c.circle(600, 330, 300, "#d9a878")
    c.circle(600, 330, 262, "#cf9a68")
    c.poly([(0, 560), (1200, 560), (1200, 675), (0, 675)], "#a8704a")
    c.box(0, 556, 1200, 12, "#8b5837")
    c.soft(600, 600, 210, 20, "#3d201055", 16)
    body = [(548, 98), (652, 98), (640, 150), (648, 200), (742, 268), (782, 370), (738, 480), (676, 560), (672, 600)]
    body += [(528, 600), (524, 560), (462, 480), (418, 370), (458, 268), (552, 200), (560, 150)]
    c.blob(body, "#f7f4ea")
    c.blob(
        [(700, 250), (770, 330), (776, 400), (730, 490), (676, 560), (668, 596), (640, 596), (700, 470), (720, 360)],
        "#dcd8c8",
    )
    blue = "#27509b"
    c.box(543, 88, 114, 18, blue, 8)
    for y, half in ((206, 56), (216, 70)):
        c.line([(600 - half, y), (600 + half, y)], 5, blue)
    for y, half in ((518, 116), (532, 106)):
        c.line([(600 - half, y), (600 + half, y)], 5, blue)
    for i in range(7):
        x = 512 + i * 29.5
        c.blob([(x - 13, 588), (x, 544), (x + 13, 588), (x, 596)], mix(blue, "#f7f4ea", 0.15 * (i % 2)))
    c.line([(470, 420), (530, 350), (600, 372), (670, 330), (735, 370)], 6, blue, curved=True)
    for angle in range(0, 360, 45):
        a = math.radians(angle)
        c.oval(600 + 42 * math.cos(a), 368 + 42 * math.sin(a), 25, 25, mix(blue, "#8fb0e6", 0.35))
    c.circle(600, 368, 28, blue)
    c.circle(600, 368, 13, "#f2c14e")
    for x, y, angle in (
        (520, 360, 200),
        (500, 385, 100),
        (688, 334, -40),
        (705, 352, 60),
        (540, 345, -90),
        (655, 345, 110),
    ):
        c.leaf(x, y, 52, 11, angle, blue)
    for x, s, tone in ((210, 1.0, "#5b7f95"), (985, 1.15, "#7a9e7e")):
        c.soft(x, 596, 120 * s, 14, "#3d201055", 12)
        c.blob(
            [
                (x - 85 * s, 596 - 110 * s),
                (x + 85 * s, 596 - 110 * s),
                (x + 62 * s, 570),
                (x + 40 * s, 596),
                (x - 40 * s, 596),
                (x - 62 * s, 570),
            ],
            tone,
        )
        c.oval(x, 596 - 108 * s, 84 * s, 17 * s, mix(tone, "#000000", 0.3))
        c.line([(x - 68 * s, 596 - 62 * s), (x, 596 - 52 * s), (x + 68 * s, 596 - 62 * s)], 5, "#ffffff", curved=True)
    return c


def hills() -> Canvas:
    """Pines and a temple gate below the hills of Côn Sơn – Kiếp Bạc."""
    c = Canvas(WIDTH, HEIGHT, "#f7c59f", "#fdeee0")
    c.circle(840, 190, 92, "#fff1cf")
    c.blob(
        [(-80, 420), (120, 230), (330, 330), (560, 190), (800, 330), (1010, 240), (1290, 400), (1290, 700), (-80, 700)],
        "#c9a7a0",
    )
    c.blob(
        [(-80, 470), (200, 330), (420, 420), (690, 300), (930, 420), (1290, 330), (1290, 720), (-80, 720)], "#8f9a84"
    )
    c.blob([(-80, 540), (250, 450), (560, 500), (900, 440), (1290, 520), (1290, 740), (-80, 740)], "#5f8464")
    c.blob([(-80, 640), (300, 560), (640, 590), (980, 556), (1290, 620), (1290, 760), (-80, 760)], "#3f6b4b")
    rng = seeded(7)
    for x in (60, 150, 250, 930, 1030, 1120, 1180):
        h = rng.uniform(190, 290)
        base = 590 + rng.uniform(-10, 20)
        c.box(x - 6, base - h * 0.5, 12, h * 0.55, "#6b4a34")
        for k in range(4):
            half = 66 - k * 13
            y = base - h * 0.22 - k * h * 0.2
            c.poly([(x - half, y), (x + half, y), (x, y - h * 0.34)], mix("#24523a", "#3f7d57", k / 4))
    for x, w, y, tone in ((600, 360, 420, RED), (600, 240, 340, "#c4394e")):
        c.poly([(x - w * 0.62, y + 14), (x - w * 0.44, y - 44), (x + w * 0.44, y - 44), (x + w * 0.62, y + 14)], tone)
        c.blob([(x - w * 0.72, y - 14), (x - w * 0.55, y + 10), (x - w * 0.4, y + 14), (x - w * 0.55, y + 22)], tone)
        c.blob([(x + w * 0.72, y - 14), (x + w * 0.55, y + 10), (x + w * 0.4, y + 14), (x + w * 0.55, y + 22)], tone)
        c.box(x - w * 0.62, y + 8, w * 1.24, 10, "#f2c14e", 4)
    c.box(520, 358, 160, 30, "#e9d3b0")
    for x in (430, 520, 662, 752):
        c.box(x, 434, 20, 160, "#7d2a2e", 4)
    c.box(450, 434, 302, 34, "#8e3338")
    c.box(556, 440, 92, 22, "#f2c14e", 4)
    c.box(400, 588, 400, 18, "#d9c6a5", 4)
    c.box(370, 604, 460, 22, "#c7b18d", 4)
    return c


def cakes() -> Canvas:
    """Green-bean cakes on a plate beside a pot of tea."""
    c = Canvas(WIDTH, HEIGHT, "#e3efdc", "#c4dcb9")
    c.circle(880, 230, 260, "#ffffff3a")
    c.poly([(0, 500), (1200, 500), (1200, 675), (0, 675)], "#b98457")
    c.box(0, 496, 1200, 12, "#9c6a41")
    c.soft(430, 590, 330, 24, "#3d201066", 18)
    c.oval(430, 560, 330, 54, "#ffffff")
    c.oval(430, 552, 280, 40, "#e9eef0")

    def cake(x: float, y: float) -> None:
        c.poly([(x, y), (x + 110, y - 26), (x + 200, y + 2), (x + 90, y + 30)], "#f5dc82")
        c.poly([(x, y), (x + 90, y + 30), (x + 90, y + 94), (x, y + 62)], "#e2bd55")
        c.poly([(x + 90, y + 30), (x + 200, y + 2), (x + 200, y + 64), (x + 90, y + 94)], "#cfa743")
        c.line([(x + 45, y + 14), (x + 155, y - 12)], 3, "#d9b54e")
        c.line([(x + 56, y - 12), (x + 146, y + 16)], 3, "#d9b54e")

    for x, y in ((225, 478), (430, 478), (330, 440), (330, 505), (330, 372)):
        cake(x, y)
    c.soft(900, 585, 190, 20, "#3d201066", 16)
    pot, dark = "#8a4b38", "#6f3828"
    c.arc(1035, 455, 74, -100, 100, 22, dark)
    c.blob([(770, 470), (700, 400), (672, 352), (700, 350), (760, 410), (800, 430)], pot)
    c.blob([(760, 480), (800, 390), (900, 362), (1000, 390), (1040, 480), (990, 570), (900, 586), (810, 570)], pot)
    c.oval(900, 386, 86, 18, dark)
    c.circle(900, 356, 20, dark)
    c.oval(850, 450, 26, 50, "#ffffff22")
    c.soft(1105, 600, 70, 10, "#3d201066", 10)
    c.blob([(1045, 540), (1165, 540), (1148, 594), (1062, 594)], "#f7f4ea")
    c.oval(1105, 542, 58, 12, "#b7a54a")
    for x in (1080, 1105, 1130):
        c.line([(x, 510), (x + 12, 486), (x - 6, 460), (x + 8, 436)], 5, "#ffffffb0", curved=True)
    return c


def market() -> Canvas:
    """A farm's stall that opens out of a phone: goods of the land sold online."""
    c = Canvas(WIDTH, HEIGHT, "#dff0e3", "#b9dcc3")
    c.circle(600, 350, 290, "#ffffff55")
    c.soft(600, 624, 360, 22, "#1e402b55", 20)
    c.box(390, 190, 420, 430, "#24312b", 36)
    c.box(406, 206, 388, 398, "#fffaf3", 24)
    for i in range(7):
        x = 362 + i * 68
        tone = RED if i % 2 == 0 else "#ffffff"
        c.box(x, 120, 68, 90, tone)
        c.circle(x + 34, 210, 34, tone)
    c.box(352, 104, 496, 26, "#8c1b2f", 8)
    for i, (x, y) in enumerate(((440, 268), (614, 268), (440, 428), (614, 428))):
        c.box(x, y, 150, 138, ["#fde3e1", "#e1f0e4", "#fdf0d2", "#dfeaf7"][i], 18)
        c.box(x + 18, y + 112, 70, 10, "#00000022", 5)
        c.circle(x + 126, y + 116, 13, GREEN)
    for x, y in ((500, 330), (530, 330), (515, 306)):
        _lychee(c, x, y, 24, "#c22b45")
    c.leaf(515, 290, 44, 9, -30, GREEN)
    for k in range(6):
        c.leaf(689, 362, 78 - 6 * abs(k - 2.5), 11, -150 + k * 24, mix(GREEN, "#7fc08f", k / 6))
    c.box(482, 470, 66, 62, "#e9b949", 12)
    c.box(490, 456, 50, 18, "#9c6a41", 6)
    c.box(488, 488, 54, 24, "#fff6ee", 4)
    c.blob([(655, 520), (660, 480), (689, 462), (718, 480), (723, 520), (689, 532)], "#3e6fae")
    c.box(673, 448, 32, 18, "#3e6fae", 5)
    for x, flip in ((190, 1), (1010, -1)):
        c.soft(x, 616, 110, 14, "#1e402b55", 14)
        c.poly([(x - 104, 500), (x + 104, 500), (x + 78, 614), (x - 78, 614)], "#c98f56")
        for k in range(4):
            c.line([(x - 98 + k * 5, 520 + k * 24), (x + 98 - k * 5, 520 + k * 24)], 5, "#a8703d")
        for k in range(5):
            dx, dy = (k - 2) * 40, (k % 2) * -30
            if flip > 0:
                _lychee(c, x + dx, 488 + dy, 34, "#b3243b")
            else:
                c.oval(x + dx, 484 + dy, 36, 27, ["#e8963e", "#f0b050"][k % 2])
                c.leaf(x + dx, 462 + dy, 26, 6, -60, GREEN)
    return c
