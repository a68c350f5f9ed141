"""Pictures to upload, made here: no test needs a file from anywhere."""

import io

from PIL import Image, ImageDraw


def jpeg(width: int = 1200, height: int = 900, text: str = "Smart Hai Duong", colour: str = "#7A4A2B") -> bytes:
    """Return a small photograph-like JPEG with a word on it."""
    image = Image.new("RGB", (width, height), colour)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 2 // 3, width, height), fill="#555555")
    draw.text((width // 10, height // 10), text, fill="white")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
