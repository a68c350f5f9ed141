"""Made photographs for the demo's reports: streets of Hải Dương before and after the work."""

import math

from scripts.pictures.drawing import Canvas, mix, seeded
from scripts.pictures.street import HEIGHT, WIDTH, finish, rough, street


def pothole(after: bool) -> Canvas:
    """A deep hole in the road, and the patch over it."""
    c = street(21)
    if after:
        c.poly([(395, 690), (800, 690), (850, 812), (345, 812)], "#47484b")
        c.line([(395, 690), (800, 690), (850, 812), (345, 812), (395, 690)], 4, "#3a3b3d")
        return finish(c)
    c.blob(rough(1, 600, 755, 262, 92), "#5c5955")
    c.blob(rough(2, 600, 758, 228, 74), "#453f3a")
    c.blob(rough(3, 606, 772, 196, 54), "#2e2a27")
    c.blob(rough(4, 622, 784, 140, 30), "#7d7f7c")
    c.line([(560, 780), (650, 774), (700, 782)], 4, "#aab0b0", curved=True)
    rng = seeded(9)
    for _ in range(46):
        a, d = rng.uniform(0, 6.28), rng.uniform(0.95, 1.35)
        c.oval(
            600 + 250 * d * math.cos(a),
            755 + 92 * d * math.sin(a),
            rng.uniform(4, 13),
            rng.uniform(3, 7),
            rng.choice(["#8a8580", "#4b4743"]),
        )
    for pts in (
        [(350, 720), (250, 700), (190, 715)],
        [(850, 790), (950, 812), (1010, 800)],
        [(700, 672), (760, 640), (750, 610)],
    ):
        c.line(pts, 4, "#3b3a3a")
    return finish(c)


def drain(after: bool) -> Canvas:
    """A kerb drain under water and leaves, and the same one cleared."""
    c = street(34)
    if not after:
        c.blob(
            [
                (-60, 560),
                (260, 548),
                (600, 556),
                (980, 546),
                (1260, 560),
                (1270, 720),
                (820, 812),
                (420, 800),
                (-60, 740),
            ],
            "#7b6a4f",
        )
        c.blob(
            [
                (-60, 580),
                (300, 568),
                (640, 578),
                (1000, 566),
                (1260, 584),
                (1250, 690),
                (800, 776),
                (440, 768),
                (-60, 712),
            ],
            "#8f7d5f",
        )
        for x, y, w in ((180, 640, 120), (480, 700, 160), (860, 650, 140), (1020, 610, 90), (330, 600, 100)):
            c.line([(x - w / 2, y), (x, y - 7), (x + w / 2, y)], 4, "#b9a988", curved=True)
    else:
        c.blob([(300, 556), (520, 548), (760, 552), (900, 600), (700, 660), (420, 650)], "#5f6063")
    c.box(470, 548, 270, 92, "#3b3d40", 8)
    for i in range(9):
        c.box(486 + i * 27, 558, 14, 72, "#101214", 4)
    c.box(470, 548, 270, 92, "#3b3d4000", 8)
    if after:
        return finish(c)
    rng = seeded(4)
    c.blob(rough(6, 610, 606, 190, 52, 0.22), "#5b4a33")
    for _ in range(90):
        u, v = rng.gauss(610, 95), rng.gauss(604, 24)
        c.leaf(
            u,
            v,
            rng.uniform(22, 46),
            rng.uniform(5, 9),
            rng.uniform(0, 360),
            rng.choice(["#6b7a3a", "#8a6a2f", "#4f5f33", "#a3823f"]),
        )
    for x, y, tone in ((520, 590, "#d7dde0"), (690, 616, "#c94a4a"), (600, 632, "#e7e2c9")):
        c.blob(rough(int(x), x, y, 34, 20, 0.3), tone)
    return finish(c)


def street_lamp(after: bool) -> Canvas:
    """An alley at night without its lamp, and with it."""
    c = street(55, night=True)
    c.box(612, 120, 18, 420, "#0b0f20", 5)
    c.line([(620, 130), (585, 96), (520, 88), (470, 92)], 12, "#0b0f20", curved=True)
    c.poly([(400, 112), (480, 112), (468, 86), (418, 86)], "#0b0f20")
    if after:
        for spread, alpha in ((330, "18"), (230, "20"), (130, "2a")):
            c.poly([(412, 114), (470, 114), (440 + spread, 800), (440 - spread, 800)], "#ffe3a3" + alpha)
        c.soft(440, 700, 330, 120, "#ffe3a355", 60)
        c.soft(440, 118, 60, 36, "#fff4cfee", 24)
        c.oval(440, 114, 36, 9, "#fffbe8")
    else:
        c.oval(440, 114, 36, 8, "#39405f")
        c.box(0, 0, WIDTH, HEIGHT, "#05081a66")
    return finish(c, night=True)


def rubbish(after: bool) -> Canvas:
    """A heap of bags on the pavement, and the swept pavement with a bin."""
    c = street(71)
    if after:
        c.soft(620, 545, 110, 14, "#00000066", 12)
        c.poly([(540, 380), (700, 380), (684, 546), (556, 546)], "#2f7a4f")
        c.box(528, 356, 184, 30, "#276643", 10)
        c.box(596, 420, 48, 48, "#e9f3ec", 8)
        for x in (566, 674):
            c.circle(x, 546, 15, "#22252a")
        return finish(c)
    c.soft(600, 600, 380, 46, "#00000077", 26)
    rng = seeded(8)
    tones = ["#2b2d33", "#3c4a8a", "#d9dadb", "#b03a3a", "#2f6b4f", "#c9b24a", "#1f2126"]
    bags = sorted(
        ((rng.gauss(600, 170), rng.uniform(452, 590), rng.uniform(46, 88)) for _ in range(26)), key=lambda b: b[1]
    )
    for i, (u, v, r) in enumerate(bags):
        tone = tones[i % 7]
        c.blob(rough(i, u, v, r, r * 0.78, 0.13), tone)
        c.blob([(u - 12, v - r * 0.7), (u, v - r * 1.12), (u + 14, v - r * 0.7)], mix(tone, "#000000", 0.2))
        c.line([(u - r * 0.5, v - r * 0.2), (u - r * 0.2, v + r * 0.3)], 4, mix(tone, "#ffffff", 0.25))
    for x, y in ((300, 600), (860, 592), (930, 560)):
        c.poly([(x, y), (x + 90, y - 16), (x + 108, y + 22), (x + 14, y + 36)], "#b58a5a")
        c.line([(x + 44, y - 8), (x + 56, y + 30)], 3, "#8f6a40")
    return finish(c)


def tree(after: bool) -> Canvas:
    """A tree fallen across the road after a storm, and the road cleared."""
    c = street(88)
    if after:
        c.oval(250, 512, 52, 18, "#6b4a34")
        c.oval(250, 506, 46, 15, "#c79a6b")
        c.oval(250, 506, 26, 8, "#a87a4d")
        c.oval(250, 506, 10, 3, "#8a5f38")
        return finish(c)
    c.soft(640, 730, 470, 60, "#00000066", 26)
    c.line([(170, 520), (420, 600), (760, 690)], 62, "#5d4230", curved=True)
    c.line([(170, 508), (420, 586), (760, 674)], 16, "#7a583f", curved=True)
    for x, y in ((150, 500), (120, 540), (180, 560), (100, 470)):
        c.line([(190, 520), (x, y), (x - 36, y + 12)], 12, "#4b3526", curved=True)
    rng = seeded(12)
    for x, y in ((560, 560), (700, 620), (820, 720)):
        c.line([(640, 655), (x, y), (x + 120, y + 20)], 18, "#5d4230", curved=True)
    for i in range(300):
        u, v = rng.gauss(830, 140), rng.gauss(680, 68)
        tone = mix("#27523a", "#7fae5c", rng.random())
        c.leaf(u, v, rng.uniform(34, 74), rng.uniform(8, 15), rng.uniform(0, 360), tone if i % 9 else "#b9a14a")
    return finish(c)


def cables(after: bool) -> Canvas:
    """Telecom cables hanging down to head height, and the same pole in order."""
    c = street(97)
    c.box(590, 60, 26, 480, "#8b8b86")
    c.box(584, 500, 38, 46, "#7a7a75")
    for y in (110, 150):
        c.box(520, y, 166, 12, "#6b6b66", 4)
    c.box(556, 230, 60, 84, "#c9cdd0", 6)
    if after:
        for y in (112, 118, 152, 158):
            c.line([(-20, y + 4), (300, y + 26), (603, y), (900, y + 26), (1220, y + 4)], 5, "#22252a", curved=True)
        return finish(c)
    rng = seeded(2)
    for _ in range(18):
        v, sag = rng.uniform(108, 190), rng.uniform(40, 330)
        c.line(
            [(-20, v), (300, v + sag), (603, v), (900, v + sag * rng.uniform(0.4, 0.9)), (1220, v)],
            rng.uniform(3, 6),
            "#1b1d21",
            curved=True,
        )
    for r in (34, 46, 58):
        c.ring(640, 215, r, 5, "#1b1d21")
    c.line([(610, 200), (540, 420), (470, 610), (430, 660)], 6, "#1b1d21", curved=True)
    return finish(c)


def pavement(after: bool) -> Canvas:
    """A pavement taken up by goods, and the same one free to walk on."""
    c = street(113)
    if after:
        c.line([(0, 512), (WIDTH, 512)], 7, "#f2c14e")
        return finish(c)
    for x, tone in ((150, "#c94a4a"), (420, "#3e6fae"), (700, "#c94a4a"), (960, "#2f7a4f")):
        c.soft(x + 90, 548, 130, 14, "#00000055", 12)
        for dx in (6, 168):
            c.box(x + dx, 330, 7, 212, "#8a8d90")
        c.poly([(x - 24, 352), (x + 204, 352), (x + 180, 292), (x, 292)], tone)
        for k in range(0, 6, 2):
            c.poly(
                [(x - 24 + k * 38, 352), (x + 14 + k * 38, 352), (x + 30 + k * 30, 292), (x + k * 30, 292)], "#f4efe6"
            )
        c.box(x - 6, 452, 196, 20, "#a87a4d")
        for k in range(5):
            c.circle(x + 18 + k * 38, 440, 20, ["#e8963e", "#b3243b", "#6aa84f"][(k + int(x)) % 3])
            c.box(x + k * 38, 484, 34, 58, ["#c79a6b", "#b58a5a"][k % 2], 4)
    return finish(c)


def manhole(after: bool) -> Canvas:
    """A manhole with a broken lid, and with a new one."""
    c = street(131)
    c.oval(600, 770, 210, 76, "#4f5053")
    c.oval(600, 766, 192, 66, "#3a3b3e" if after else "#08090a")
    if after:
        for k in range(-4, 5):
            half = 180 * math.sqrt(1 - (k / 5) ** 2)
            c.line([(600 - half, 766 + k * 12.5), (600 + half, 766 + k * 12.5)], 5, "#56585c")
            c.line(
                [
                    (600 + k * 36, 766 - 60 * math.sqrt(1 - (k / 5) ** 2)),
                    (600 + k * 36, 766 + 60 * math.sqrt(1 - (k / 5) ** 2)),
                ],
                5,
                "#4b4d51",
            )
        return finish(c)
    c.poly([(410, 760), (470, 718), (560, 704), (600, 760), (520, 792), (450, 806)], "#5b5c60")
    c.line([(560, 704), (600, 760), (520, 792)], 5, "#2a2b2d")
    c.line([(760, 560), (700, 740)], 12, "#7a5236")
    for k in range(5):
        c.leaf(758, 566, 90, 16, -150 + k * 30, "#3f7d57")
    c.box(690, 610, 60, 36, "#c94a4a", 4)
    return finish(c)


SCENES = {
    "pothole": pothole,
    "drain": drain,
    "street_lamp": street_lamp,
    "rubbish": rubbish,
    "tree": tree,
    "cables": cables,
    "pavement": pavement,
    "manhole": manhole,
}
