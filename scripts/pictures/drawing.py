"""A small canvas for the made pictures of the demo: flat shapes, drawn large and shrunk so that edges are smooth."""

import math
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

Point = tuple[float, float]
SCALE = 3


def mix(first: str, second: str, share: float) -> str:
    """Return the colour that lies `share` (0–1) of the way from the first to the second."""
    a, b = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (first, second))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a, b, strict=True))


def seeded(seed: int) -> random.Random:
    """Return chance that falls out the same each time, so that the pictures stay as they are."""
    return random.Random(seed)  # noqa: S311


def smooth(points: Sequence[Point], closed: bool = True, steps: int = 14) -> list[Point]:
    """Return a Catmull–Rom curve through the points."""
    n = len(points)
    curve: list[Point] = []
    for i in range(n if closed else n - 1):
        p0, p1, p2, p3 = (points[(i + k) % n] if closed else points[min(max(i + k, 0), n - 1)] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            curve.append(
                tuple(  # type: ignore[arg-type]
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    return curve if closed else [*curve, points[-1]]


class Canvas:
    """A picture to draw on, in its final coordinates. Colours are `#rrggbb` or `#rrggbbaa`."""

    def __init__(self, width: int, height: int, top: str, bottom: str) -> None:
        """Begin with a sky: a gradient from the top colour to the bottom one."""
        self.width, self.height = width, height
        column = Image.new("RGB", (1, 64))
        for y in range(64):
            column.putpixel((0, y), tuple(int(mix(top, bottom, y / 63)[i : i + 2], 16) for i in (1, 3, 5)))
        self.image = column.resize((width * SCALE, height * SCALE), Image.Resampling.BICUBIC)
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def _at(self, points: Sequence[Point]) -> list[Point]:
        return [(x * SCALE, y * SCALE) for x, y in points]

    def poly(self, points: Sequence[Point], fill: str) -> None:
        """Fill a polygon."""
        self._pen.polygon(self._at(points), fill=fill)

    def blob(self, points: Sequence[Point], fill: str) -> None:
        """Fill a rounded outline through the points."""
        self.poly(smooth(points), fill)

    def circle(self, x: float, y: float, r: float, fill: str) -> None:
        """Fill a circle."""
        self.oval(x, y, r, r, fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str) -> None:
        """Fill an upright ellipse."""
        self._pen.ellipse(self._at([(x - rx, y - ry), (x + rx, y + ry)]), fill=fill)

    def ring(self, x: float, y: float, r: float, width: float, fill: str) -> None:
        """Draw a circle's outline."""
        box = self._at([(x - r, y - r), (x + r, y + r)])
        self._pen.ellipse(box, outline=fill, width=round(width * SCALE))

    def box(self, x: float, y: float, w: float, h: float, fill: str, r: float = 0) -> None:
        """Fill a rectangle with rounded corners."""
        self._pen.rounded_rectangle(self._at([(x, y), (x + w, y + h)]), radius=r * SCALE, fill=fill)

    def line(self, points: Sequence[Point], width: float, fill: str, curved: bool = False) -> None:
        """Draw a line with round ends."""
        path = self._at(smooth(points, closed=False) if curved else points)
        self._pen.line(path, fill=fill, width=round(width * SCALE), joint="curve")
        if len(fill) == 7:  # a see-through cap would show twice
            for x, y in (path[0], path[-1]):
                r = width * SCALE / 2
                self._pen.ellipse([(x - r, y - r), (x + r, y + r)], fill=fill)

    def arc(self, x: float, y: float, r: float, start: float, end: float, width: float, fill: str) -> None:
        """Draw part of a circle's outline, in degrees clockwise from three o'clock."""
        steps = max(int((end - start) / 3), 2)
        angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
        self.line([(x + r * math.cos(a), y + r * math.sin(a)) for a in angles], width, fill)

    def leaf(self, x: float, y: float, length: float, breadth: float, angle: float, fill: str) -> None:
        """Draw a leaf with its midrib; it grows from (x, y) towards the angle in degrees."""
        a = math.radians(angle)
        cos, sin = math.cos(a), math.sin(a)

        def turn(u: float, v: float) -> Point:
            return x + u * cos - v * sin, y + u * sin + v * cos

        half = [(length * t, breadth * math.sin(math.pi * t**0.8)) for t in (0, 0.15, 0.3, 0.5, 0.7, 0.87, 1)]
        under = [turn(u, -v) for u, v in reversed(half[1:-1])]
        self.poly(smooth([turn(u, v) for u, v in half] + under), fill)
        self.poly(smooth([turn(u, v) for u, v in half], closed=False), mix(fill, "#000000", 0.1))
        self.line([turn(0, 0), turn(length * 0.9, 0)], max(breadth * 0.06, 1.2), mix(fill, "#ffffff", 0.3))

    def soft(self, x: float, y: float, rx: float, ry: float, fill: str, blur: float) -> None:
        """Lay a blurred ellipse: a shadow or a glow."""
        small = 3  # blurring a third of the size looks the same and costs a ninth
        mask = Image.new("L", (self.width, self.height))
        ImageDraw.Draw(mask).ellipse([x - rx, y - ry, x + rx, y + ry], fill=255)
        mask = mask.resize((self.width // small, self.height // small)).filter(ImageFilter.GaussianBlur(blur / small))
        strength = int(fill[7:9], 16) if len(fill) == 9 else 255
        mask = mask.resize(self.image.size, Image.Resampling.BICUBIC).point([v * strength // 255 for v in range(256)])
        self.image.paste(Image.new("RGB", self.image.size, fill[:7]), mask=mask)

    def grain(self, strength: float) -> None:
        """Add the noise of a photograph."""
        noise = Image.effect_noise((self.width, self.height), 60).resize(self.image.size, Image.Resampling.BICUBIC)
        self.image = Image.blend(self.image, Image.merge("RGB", [noise] * 3), strength)
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def save(self, path: Path, quality: int = 82) -> int:
        """Write the picture as WebP and return its size in bytes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        picture.save(path, "WEBP", quality=quality, method=6)
        return path.stat().st_size
