"""Covers of town life and work with the authorities: phones, desks, lamps, rain, the map."""
# ruff: noqa: C901 - coordinates are known by their order; a picture is one list of strokes

from scripts.pictures.drawing import Canvas, mix, seeded

WIDTH, HEIGHT = 1200, 675
RED, GREEN, INK = "#b3243b", "#2e6b45", "#24312b"


def check(c: Canvas, x: float, y: float, r: float, tone: str) -> None:
    """Draw a tick in a circle."""
    c.circle(x, y, r, tone)
    c.line(
        [(x - r * 0.45, y + r * 0.02), (x - r * 0.12, y + r * 0.36), (x + r * 0.48, y - r * 0.34)], r * 0.2, "#ffffff"
    )


def _person(c: Canvas, x: float, y: float, s: float, shirt: str, hair: str = "#2b211e") -> None:
    """Draw head and shoulders, seen from the front; (x, y) is the middle of the chest's lower edge."""
    c.blob(
        [
            (x - 78 * s, y),
            (x - 66 * s, y - 92 * s),
            (x - 26 * s, y - 122 * s),
            (x + 26 * s, y - 122 * s),
            (x + 66 * s, y - 92 * s),
            (x + 78 * s, y),
        ],
        shirt,
    )
    c.box(x - 18 * s, y - 150 * s, 36 * s, 42 * s, "#e0ad86", 14 * s)
    c.circle(x, y - 178 * s, 48 * s, hair)
    c.oval(x, y - 170 * s, 39 * s, 44 * s, "#f0c39d")
    c.blob(
        [
            (x - 44 * s, y - 178 * s),
            (x - 30 * s, y - 216 * s),
            (x + 8 * s, y - 226 * s),
            (x + 44 * s, y - 186 * s),
            (x + 12 * s, y - 200 * s),
        ],
        hair,
    )


def phone() -> Canvas:
    """The app in a hand: a report that was answered."""
    c = Canvas(WIDTH, HEIGHT, "#c23a50", "#7d1429")
    c.circle(930, 120, 260, "#ffffff12")
    c.circle(230, 590, 330, "#ffffff10")
    c.soft(640, 610, 260, 30, "#3a0512aa", 30)
    c.box(455, 60, 300, 590, "#1d1416", 44)
    c.box(468, 73, 274, 564, "#fff7f4", 34)
    c.box(468, 73, 274, 150, RED, 34)
    c.box(468, 160, 274, 63, RED)
    c.box(498, 106, 130, 18, "#ffffffcc", 9)
    c.box(498, 136, 90, 12, "#ffffff88", 6)
    c.circle(706, 122, 20, "#ffffff33")
    c.box(494, 180, 222, 40, "#ffffff", 20)
    for i, tone in enumerate(("#ffd9dd", "#d3efdb", "#d6e7fb", "#ffe7bf")):
        c.box(494 + i * 57, 246, 50, 62, "#ffffff", 14)
        c.box(506 + i * 57, 258, 26, 26, tone, 8)
    c.box(494, 330, 222, 120, "#ffffff", 18)
    c.box(508, 346, 60, 60, "#7f8c7a", 12)
    c.box(580, 352, 116, 12, "#3a2a2c", 6)
    c.box(580, 374, 74, 18, "#d3efdb", 9)
    c.box(508, 422, 190, 9, "#2e6b45", 4)
    c.box(494, 466, 222, 92, "#f3d0cd", 18)
    c.box(494, 574, 222, 40, "#ffffff", 20)
    skin = "#f0c39d"
    c.blob([(770, 680), (748, 560), (745, 440), (762, 400), (786, 420), (792, 520), (880, 600), (910, 690)], skin)
    for y in (300, 362, 424, 486):
        c.box(430, y, 42, 50, mix(skin, "#d99b72", 0.25), 22)
    c.soft(815, 235, 76, 60, "#3a0512aa", 22)
    check(c, 812, 222, 80, GREEN)
    for x, y, r in ((300, 200, 9), (350, 330, 6), (930, 420, 8), (1010, 250, 12), (250, 420, 7)):
        c.circle(x, y, r, "#ffd48a")
    for x, y, w in ((215, 250, 160), (880, 490, 190)):
        c.box(x, y, w, 76, "#ffffff1f", 22)
        c.box(x + 22, y + 22, w - 60, 12, "#ffffff77", 6)
        c.box(x + 22, y + 44, w - 90, 10, "#ffffff44", 5)
    return c


def desk() -> Canvas:
    """The one-stop desk of a ward: an officer, a citizen, a folder between them."""
    c = Canvas(WIDTH, HEIGHT, "#eef4f1", "#dbe9e1")
    c.box(90, 70, 300, 210, "#ffffff", 16)
    c.box(110, 92, 260, 30, "#cfe3d7", 8)
    for i in range(4):
        c.box(110, 140 + i * 32, 260 - (i % 3) * 50, 14, "#e2ece7", 7)
    c.box(760, 60, 330, 70, RED, 14)
    c.box(800, 86, 250, 18, "#ffffffdd", 9)
    c.box(840, 150, 170, 12, "#b9cfc3", 6)
    for x in (458, 560, 662):
        c.line([(x, 0), (x, 60)], 4, "#a9bdb2")
        c.poly([(x - 34, 84), (x + 34, 84), (x + 18, 56), (x - 18, 56)], "#f2c14e")
        c.soft(x, 110, 60, 40, "#fff3c4aa", 24)
    _person(c, 800, 480, 1.35, "#f7f9fb")
    c.poly([(786, 318), (814, 318), (806, 352), (812, 420), (800, 440), (788, 420), (794, 352)], RED)
    _person(c, 390, 480, 1.3, "#3f8458", "#6b5a52")
    c.soft(600, 640, 560, 26, "#24312b55", 22)
    c.box(110, 470, 980, 34, "#c98f56", 12)
    c.box(130, 500, 940, 175, "#e7c9a4")
    for i in range(6):
        c.box(150 + i * 153, 520, 134, 155, "#dcb88d", 8)
    c.box(640, 366, 24, 106, "#48564f", 6)
    c.box(560, 300, 190, 128, "#2f3b36", 12)
    c.box(600, 462, 110, 12, "#48564f", 6)
    c.poly([(470, 462), (600, 462), (582, 424), (486, 424)], "#ffffff")
    c.poly([(480, 468), (626, 468), (606, 436), (496, 436)], "#f2c14e")
    for i in range(3):
        c.line([(514, 444 + i * 7), (594, 444 + i * 7)], 2.5, "#b98a24")
    c.box(940, 400, 54, 72, "#b86b4b", 8)
    for angle in (-130, -105, -80, -55, -150, -30):
        c.leaf(967, 404, 100, 17, angle, mix(GREEN, "#7fc08f", (angle + 150) / 200))
    check(c, 600, 205, 46, GREEN)
    return c


def lamp() -> Canvas:
    """A street at night: one lamp alight, one being mended."""
    c = Canvas(WIDTH, HEIGHT, "#1b2547", "#4a4a7d")
    rng = seeded(3)
    for _ in range(70):
        c.circle(rng.uniform(0, 1200), rng.uniform(0, 330), rng.uniform(0.8, 2.4), "#ffffff")
    c.circle(190, 120, 46, "#fdf0c2")
    c.circle(210, 108, 40, "#202a4e")
    for x, w, h, tone in (
        (0, 170, 250, "#2b3260"),
        (160, 130, 330, "#262d58"),
        (300, 190, 220, "#30386a"),
        (500, 150, 300, "#283060"),
        (650, 210, 240, "#2f376a"),
        (860, 140, 340, "#262d58"),
        (1000, 210, 260, "#2d3566"),
    ):
        c.box(x, 540 - h, w, h, tone)
        for i in range(int(w // 38)):
            for j in range(int(h // 52)):
                if rng.random() < 0.42:
                    c.box(
                        x + 14 + i * 38, 540 - h + 18 + j * 52, 18, 26, rng.choice(["#ffd98a", "#f7c873", "#7f8bc4"]), 3
                    )
    c.box(0, 540, 1200, 135, "#23264a")
    c.box(0, 532, 1200, 16, "#565b8a")
    for x in range(-40, 1240, 150):
        c.box(x, 606, 84, 9, "#c9cbe0", 4)
    c.soft(770, 590, 300, 60, "#ffdf9566", 40)
    for k, alpha in ((1.0, "1c"), (0.72, "24"), (0.45, "30")):
        c.poly([(730, 182), (790, 182), (770 + 270 * k, 570), (770 - 290 * k, 570)], "#ffe2a0" + alpha)
    for x, on in ((560, True), (1010, False)):
        c.box(x - 10, 180, 20, 370, "#12182f", 6)
        c.box(x - 26, 540, 52, 16, "#12182f", 6)
        c.line(
            [(x, 190), (x + 40, 150), (x + 120, 148), (x + 190, 160)]
            if on
            else [(x, 190), (x - 40, 150), (x - 120, 150)],
            13,
            "#12182f",
            curved=True,
        )
        hx = x + 165 if on else x - 190
        c.poly([(hx, 182), (hx + 92, 182), (hx + 72, 152), (hx + 16, 152)], "#12182f")
        c.oval(hx + 46, 184, 42, 11, "#fff0b8" if on else "#50577f")
    c.soft(770, 190, 70, 40, "#fff0b8cc", 26)
    c.box(800, 330, 110, 14, "#f2c14e", 4)
    for x in (806, 900):
        c.line([(x, 340), (x - 24, 470)], 7, "#f2a33a")
    c.box(828, 246, 52, 84, "#f2823a", 16)
    c.box(828, 280, 52, 12, "#fdf3d0")
    c.circle(854, 224, 25, "#f0c39d")
    c.blob([(826, 222), (830, 198), (854, 188), (878, 198), (882, 222)], "#f2c14e")
    c.line([(872, 262), (888, 220), (872, 186)], 14, "#f2823a", curved=True)
    c.box(700, 470, 250, 84, "#b3243b", 14)
    c.box(880, 430, 100, 124, "#c9495c", 14)
    c.box(900, 446, 64, 46, "#bfe3ef", 8)
    for x in (752, 924):
        c.circle(x, 556, 30, "#0f1327")
        c.circle(x, 556, 13, "#9aa0c4")
    return c


def rain() -> Canvas:
    """Heavy rain over the roofs: an alert."""
    c = Canvas(WIDTH, HEIGHT, "#4a5d74", "#8fa5b5")
    rng = seeded(11)
    for x, y, s, tone in ((260, 150, 1.3, "#38495d"), (900, 130, 1.5, "#33445a"), (580, 180, 1.7, "#435870")):
        for dx, dy, r in ((-130, 20, 70), (-60, -24, 88), (30, -44, 104), (120, -6, 82), (180, 30, 58), (20, 30, 90)):
            c.circle(x + dx * s, y + dy * s * 0.7, r * s * 0.72, tone)
    c.poly([(590, 250), (520, 380), (580, 380), (545, 490), (670, 340), (604, 340), (650, 250)], "#ffd25e")
    c.soft(595, 360, 100, 130, "#ffe9a033", 40)
    for x, w, h, roof in (
        (40, 200, 150, "#9e3a44"),
        (250, 170, 210, "#7f4a3c"),
        (760, 210, 170, "#a8444d"),
        (990, 190, 220, "#86503f"),
    ):
        c.box(x, 560 - h, w, h + 20, "#d9cdbf")
        c.poly([(x - 26, 566 - h), (x + w + 26, 566 - h), (x + w / 2, 486 - h)], roof)
        for i in range(int(w // 66)):
            c.box(x + 22 + i * 66, 590 - h, 36, 48, "#f7d88a" if i % 2 else "#7d93a3", 5)
    c.blob([(-40, 560), (200, 548), (500, 566), (800, 546), (1240, 562), (1260, 720), (-60, 720)], "#5d7f93")
    c.blob([(-40, 606), (260, 590), (560, 612), (900, 592), (1240, 608), (1260, 740), (-60, 740)], "#486c82")
    for x, y in ((180, 640), (430, 616), (900, 640), (1060, 614)):
        c.line([(x - 46, y), (x - 16, y - 8), (x + 16, y), (x + 46, y - 8)], 4, "#a7c3d1", curved=True)
    c.blob([(430, 560), (610, 560), (590, 604), (452, 604)], "#7a4a2c")
    c.line([(466, 556), (520, 556)], 6, "#5d3720")
    c.box(508, 494, 34, 62, RED, 12)
    c.circle(525, 476, 20, "#f0c39d")
    c.poly([(482, 474), (568, 474), (525, 440)], "#e5cf9b")
    c.line([(540, 510), (592, 540), (640, 600)], 6, "#8a5a36")
    for _ in range(210):
        u, v, length = rng.uniform(-20, 1220), rng.uniform(60, 640), rng.uniform(22, 46)
        c.line([(u, v), (u - length * 0.35, v + length)], 2.4, "#e6f0f655")
    return c


def wards() -> Canvas:
    """The new map: larger wards and communes grown out of smaller ones, a pin on one of them."""
    c = Canvas(WIDTH, HEIGHT, "#eaf1f7", "#cfdfec")
    rng = seeded(26)
    cols, rows = 7, 4
    grid = {
        (i, j): (150 + i * 130 + rng.uniform(-34, 34), 90 + j * 125 + rng.uniform(-28, 28))
        for i in range(cols + 1)
        for j in range(rows + 1)
    }
    tones = ["#f6d5cf", "#d6e9da", "#fbe8c4", "#d3e3f4", "#e9dcf0", "#f9dfd0", "#cfe7e3"]
    c.soft(610, 360, 460, 250, "#6f8ba555", 40)
    for i in range(cols):
        for j in range(rows):
            if (i, j) in ((0, 0), (6, 3), (0, 3)):
                continue
            corners = [grid[i, j], grid[i + 1, j], grid[i + 1, j + 1], grid[i, j + 1]]
            c.poly(corners, tones[(i * 3 + j * 5) % 7])
            for k in (0, 1):
                a, b = corners[k], corners[k + 1]
                d, e = corners[(k + 3) % 4], corners[(k + 2) % 4]
                c.line([((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), ((d[0] + e[0]) / 2, (d[1] + e[1]) / 2)], 2, "#ffffff")
            c.line([*corners, corners[0]], 6, "#ffffff")
    c.line([(90, 470), (300, 430), (480, 470), (640, 400), (820, 430), (1130, 330)], 18, "#9cc8e4", curved=True)
    c.line([(560, 60), (600, 220), (640, 400), (600, 560), (640, 640)], 12, "#9cc8e4", curved=True)
    chosen = [grid[3, 1], grid[4, 1], grid[4, 2], grid[3, 2]]
    c.poly(chosen, "#e58a93")
    c.line([*chosen, chosen[0]], 7, RED)
    x, y = sum(p[0] for p in chosen) / 4, sum(p[1] for p in chosen) / 4 + 16
    c.soft(x, y + 4, 46, 12, "#5e0d2077", 8)
    c.blob(
        [
            (x, y),
            (x - 34, y - 62),
            (x - 70, y - 118),
            (x - 50, y - 178),
            (x, y - 200),
            (x + 50, y - 178),
            (x + 70, y - 118),
            (x + 34, y - 62),
        ],
        RED,
    )
    c.circle(x, y - 122, 32, "#ffffff")
    return c
