"""Covers of people and the help they get: halls, clinics, warnings, numbers to call."""

import math

from scripts.pictures.covers_town import GREEN, HEIGHT, INK, RED, WIDTH, check
from scripts.pictures.drawing import Canvas, mix, seeded


def hall() -> Canvas:
    """A full hall on the province's Digital Day: volunteers show people the app."""
    c = Canvas(WIDTH, HEIGHT, "#7d1429", "#b3243b")
    c.poly([(0, 0), (150, 0), (60, 470), (0, 500)], "#6a0f22")
    c.poly([(1200, 0), (1050, 0), (1140, 470), (1200, 500)], "#6a0f22")
    c.soft(600, 250, 430, 230, "#ff9d8a55", 70)
    c.box(270, 60, 660, 340, "#3d0813", 18)
    c.box(286, 76, 628, 308, "#fff7f1", 10)
    c.box(330, 112, 300, 26, RED, 13)
    c.box(330, 154, 220, 16, "#e3b9b4", 8)
    for i, h in enumerate((52, 84, 70, 118, 146)):
        c.box(340 + i * 58, 350 - h, 38, h, [GREEN, "#4c9566"][i % 2], 8)
    rng = seeded(5)
    c.box(690, 120, 190, 190, "#ffffff", 14)
    for i in range(9):
        for j in range(9):
            if rng.random() < 0.5 and not ((i < 3 and j < 3) or (i > 5 and j < 3) or (i < 3 and j > 5)):
                c.box(704 + i * 18.4, 134 + j * 18.4, 16, 16, INK)
    for i, j in ((0, 0), (6, 0), (0, 6)):
        c.box(704 + i * 18.4, 134 + j * 18.4, 53, 53, INK, 6)
        c.box(714 + i * 18.4, 144 + j * 18.4, 33, 33, "#ffffff", 3)
        c.box(721 + i * 18.4, 151 + j * 18.4, 19, 19, RED, 3)
    c.box(720, 328, 130, 14, "#d8c4bd", 7)
    c.poly([(0, 470), (1200, 470), (1200, 675), (0, 675)], "#5c1020")
    tones = ["#2e6b45", "#e8b04a", "#3e6fae", "#f2e4d8", "#8b5d9e", "#d9714e", "#4c9566"]
    for row, (y, s, n) in enumerate(((535, 0.62, 11), (615, 0.82, 9), (720, 1.08, 7))):
        for i in range(n):
            x = (i + 0.5 + 0.25 * (row % 2)) * 1200 / n - 12
            hair = ["#2b211e", "#3b2a22", "#8d8480"][(i + row) % 3]
            tone = mix(tones[(i * 3 + row * 2) % 7], "#3d0813", 0.28 - row * 0.12)
            c.blob(
                [
                    (x - 78 * s, y),
                    (x - 66 * s, y - 92 * s),
                    (x, y - 126 * s),
                    (x + 66 * s, y - 92 * s),
                    (x + 78 * s, y),
                ],
                tone,
            )
            c.circle(x, y - 165 * s, 46 * s, hair)
            if (i + row) % 4 == 1:
                c.line([(x + 60 * s, y - 60 * s), (x + 92 * s, y - 190 * s)], 26 * s, tone)
                c.box(x + 72 * s, y - 260 * s, 42 * s, 74 * s, "#1d1416", 8 * s)
                c.box(x + 77 * s, y - 254 * s, 32 * s, 60 * s, "#ffe9e4", 5 * s)
    return c


def clinic() -> Canvas:
    """A clinic's counter where one card is enough."""
    c = Canvas(WIDTH, HEIGHT, "#e2f1f5", "#c4e0e8")
    c.circle(600, 330, 280, "#ffffff77")
    c.soft(600, 585, 330, 26, "#2b5c6e55", 24)
    c.box(330, 190, 540, 340, "#2f86a0", 34)
    c.box(330, 190, 540, 340, "#3a97b2", 34)
    c.blob(
        [(331, 430), (470, 360), (620, 430), (780, 350), (869, 400), (867, 500), (840, 529), (360, 529), (333, 500)],
        "#57aec6",
    )
    c.box(366, 226, 300, 24, "#ffffff", 12)
    c.box(366, 262, 200, 14, "#cfeaf2", 7)
    c.box(366, 306, 150, 180, "#e7f5f9", 16)
    c.blob([(380, 486), (392, 436), (441, 414), (490, 436), (502, 486)], "#8a5d4b")
    c.circle(441, 374, 40, "#f0c39d")
    c.blob([(399, 372), (410, 332), (446, 322), (482, 340), (484, 372), (452, 350)], "#2b211e")
    c.box(546, 316, 74, 58, "#f2c14e", 10)
    for i in range(3):
        c.line([(546, 330 + i * 15), (620, 330 + i * 15)], 2, "#b98a24")
    for i, w in enumerate((210, 160, 190)):
        c.box(546, 396 + i * 30, w, 14, "#e7f5f9", 7)
    c.circle(850, 220, 92, "#ffffff")
    c.circle(850, 220, 78, RED)
    c.box(834, 172, 32, 96, "#ffffff", 6)
    c.box(802, 204, 96, 32, "#ffffff", 6)
    check(c, 840, 500, 56, GREEN)
    c.line([(60, 600), (240, 600), (276, 540), (316, 640), (352, 570), (376, 600), (560, 600)], 7, "#7fbccb")
    c.line([(640, 600), (1140, 600)], 7, "#7fbccb")
    for x, y, s in ((170, 190, 26), (1040, 160, 20), (1060, 430, 30), (130, 420, 18)):
        c.box(x - s / 3, y - s, s * 0.66, s * 2, "#ffffff", 4)
        c.box(x - s, y - s / 3, s * 2, s * 0.66, "#ffffff", 4)
    return c


def scam() -> Canvas:
    """A shield between a person's phone and a baited link."""
    c = Canvas(WIDTH, HEIGHT, "#fdeec9", "#f7d58c")
    c.circle(600, 340, 270, "#fff8e455")
    c.soft(360, 600, 150, 18, "#7a520d66", 16)
    c.box(250, 110, 230, 480, "#24222b", 36)
    c.box(263, 123, 204, 454, "#ffffff", 26)
    for i, (w, tone) in enumerate(((120, "#e9e4dc"), (150, "#e9e4dc"), (160, "#ffd9d3"))):
        c.box(280, 160 + i * 92, w, 70, tone, 18)
        c.box(296, 178 + i * 92, w - 44, 10, "#b9aea2", 5)
        c.box(296, 198 + i * 92, w - 60, 10, "#cfc6bb", 5)
    c.box(280, 440, 170, 44, "#c0392b", 22)
    c.box(310, 456, 110, 12, "#ffffff", 6)
    c.line([(1010, -10), (1010, 200), (985, 330)], 5, "#6b5a45", curved=True)
    c.arc(945, 390, 62, -60, 190, 16, "#7b8791")
    c.line([(976, 332), (985, 318)], 16, "#7b8791")
    c.poly([(868, 396), (906, 372), (900, 420)], "#7b8791")
    c.box(830, 440, 190, 70, "#ffffff", 35)
    for x in (880, 945):
        c.ring(x, 475, 26, 11, "#3e6fae")
    c.box(884, 469, 58, 12, "#3e6fae", 6)
    c.soft(660, 570, 150, 20, "#7a520d66", 18)
    shield = [(660, 150), (800, 200), (800, 350), (770, 450), (660, 540), (550, 450), (520, 350), (520, 200)]
    c.poly([(660, 128), (820, 186), (816, 360), (782, 470), (660, 566), (538, 470), (504, 360), (500, 186)], "#ffffff")
    c.poly(shield, GREEN)
    c.poly([(660, 150), (800, 200), (800, 350), (770, 450), (660, 540)], "#25593a")
    c.box(642, 236, 36, 160, "#ffe08a", 18)
    c.circle(660, 440, 24, "#ffe08a")
    return c


def call() -> Canvas:
    """Numbers to call: a handset, waves, and the three services."""
    c = Canvas(WIDTH, HEIGHT, "#243b6b", "#16264a")
    c.circle(600, 338, 300, "#ffffff0d")
    c.circle(600, 338, 220, "#ffffff12")
    c.circle(600, 338, 140, RED)
    c.blob(
        [
            (540, 262),
            (572, 250),
            (596, 296),
            (572, 322),
            (590, 362),
            (624, 388),
            (654, 370),
            (694, 400),
            (678, 430),
            (640, 440),
            (574, 404),
            (532, 340),
            (522, 290),
        ],
        "#ffffff",
    )
    for r in (52, 82):
        c.arc(620, 318, r, -80, -8, 11, "#ffffff")
    for x, y, tone in ((230, 240, "#f2823a"), (970, 240, "#3e8fd0"), (230, 500, "#4c9566"), (970, 500, "#f2c14e")):
        c.soft(x, y + 92, 90, 14, "#00000066", 14)
        c.circle(x, y, 92, "#ffffff")
        c.circle(x, y, 78, tone)
    c.blob([(230, 190), (268, 246), (256, 284), (230, 294), (204, 284), (192, 246), (214, 232)], "#ffffff")
    c.blob([(230, 240), (246, 264), (230, 284), (214, 264)], "#f2823a")
    c.poly([(970, 186), (1018, 206), (1012, 262), (970, 294), (928, 262), (922, 206)], "#ffffff")
    star = [
        (
            970 + (34 if k % 2 == 0 else 14) * math.sin(math.pi * k / 5),
            238 - (34 if k % 2 == 0 else 14) * math.cos(math.pi * k / 5),
        )
        for k in range(10)
    ]
    c.poly(star, "#3e8fd0")
    c.box(212, 450, 36, 100, "#ffffff", 6)
    c.box(180, 482, 100, 36, "#ffffff", 6)
    c.blob([(970, 452), (1012, 490), (1000, 540), (970, 552), (940, 540), (928, 490)], "#ffffff")
    c.circle(954, 500, 8, "#16264a")
    c.circle(986, 500, 8, "#16264a")
    c.arc(970, 512, 20, 20, 160, 6, "#16264a")
    for x0, x1, y0, y1 in ((322, 462, 270, 300), (878, 738, 270, 300), (322, 462, 470, 400), (878, 738, 470, 400)):
        for k in range(7):
            t = k / 6
            c.circle(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t, 5, "#8fa6d6")
    return c
