"""Pictures: what is taken, and how it is made again so that nothing of the original but its pixels is kept."""

import io
import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pillow_heif
from PIL import ExifTags, Image, UnidentifiedImageError
from PIL.ImageFile import ImageFile

from backend.core.errors import ProblemError, TooLarge, UnsupportedType
from shared.errors import ErrorCode
from shared.files import MAX_IMAGE_PIXELS, Position

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
pillow_heif.register_heif_opener(thumbnails=False)
LARGE_EDGE = 1600
THUMB_EDGE = 320
READING_EDGE = 2400
"""Of a photo's pixels so many are enough to read a code that fills a tenth of it."""
MOST_CODES, MOST_SIGNS = 20, 4_000
MEDIA_TYPE = "image/webp"

# Unpacked, 50 megapixels are hundreds of megabytes: a file of a few kilobytes may ask for that, and forty at a time.
_TURNS = threading.Semaphore(2)

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each value of the EXIF tag Orientation (CIPA DC-008, section 4.6.5)."""


_SOUTH_WEST = {"S", "W"}


class Unreadable(ProblemError):
    """422: it says that it is a picture, but cannot be read as one."""

    status = 422
    code = ErrorCode.IMAGE_UNREADABLE


@dataclass(frozen=True)
class Picture:
    """A picture made again: WebP in two sizes; width and height are of the large one, in pixels.

    `position` is where it says that it was taken.
    """

    large: bytes
    thumb: bytes
    width: int
    height: int
    position: Position | None = None


def remake(path: Path) -> Picture:
    """Read a picture and make it again without metadata, upright, in two sizes.

    The kind is told by content, never by name. Raises UnsupportedType for anything but JPEG, PNG, WebP, HEIC, AVIF and
    GIF (of what moves the first frame), TooLarge beyond 50 megapixels (read from the header, before a pixel is
    unpacked), Unreadable when broken.
    """
    with _opened(path) as image:
        # JPEG can be decoded small at once: most of the time and memory of a phone's photo is saved.
        image.draft("RGB", (LARGE_EDGE, LARGE_EDGE))
        small = _small(image)
        return replace(sizes(_flat(_upright(small))), position=_position(image))


def codes(path: Path) -> list[str]:
    """Return what the QR and bar codes in a picture say, QR first; raises what `remake` raises."""
    import zxingcpp  # noqa: PLC0415 - C++, loaded where it may crash alone

    with _opened(path) as image:
        image.draft("L", (READING_EDGE, READING_EDGE))
        image.thumbnail((READING_EDGE, READING_EDGE))
        found = zxingcpp.read_barcodes(image.convert("L"))
    found = sorted(found, key=lambda code: code.format is not zxingcpp.BarcodeFormat.QRCode)
    return [code.text[:MOST_SIGNS] for code in found[:MOST_CODES]]


@contextmanager
def _opened(path: Path) -> Iterator[ImageFile]:
    try:
        with _TURNS, Image.open(path, formats=FORMATS) as image:
            if image.width * image.height > MAX_IMAGE_PIXELS:
                raise TooLarge("the picture has too many pixels", code=ErrorCode.IMAGE_TOO_BIG)
            yield image
    except ProblemError:
        raise
    except Image.DecompressionBombError as error:
        raise TooLarge("the picture has too many pixels", code=ErrorCode.IMAGE_TOO_BIG) from error
    except UnidentifiedImageError as error:
        raise UnsupportedType("not a picture that is taken: JPEG, PNG, WebP, HEIC, AVIF or GIF") from error
    except Exception as error:
        # Decoders meet broken data with errors of any kind (`struct.error`, `KeyError`).
        # The sender is told all the same.
        raise Unreadable("the picture cannot be read") from error


def _small(image: Image.Image) -> Image.Image:
    """Return the picture at its large size where its pixels can be averaged: copies of the full size cost memory."""
    if image.mode in {"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"} and "transparency" not in image.info:
        image.thumbnail((LARGE_EDGE, LARGE_EDGE), Image.Resampling.LANCZOS)
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Return the picture as it was seen; one whose EXIF data is broken is still a good picture."""
    try:
        turned = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:
        return image
    return image.transpose(_UPRIGHT[turned]) if turned in _UPRIGHT else image


def _position(image: Image.Image) -> Position | None:
    """Return where the picture was taken by its EXIF data (CIPA DC-008, section 4.6.6); None where that is nowhere."""
    try:
        gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], negative=gps.get(ExifTags.GPS.GPSLatitudeRef) in _SOUTH_WEST)
        lon = _degrees(gps[ExifTags.GPS.GPSLongitude], negative=gps.get(ExifTags.GPS.GPSLongitudeRef) in _SOUTH_WEST)
    except Exception:
        return None
    # A camera that does not know writes zeros, or 0/0.
    known = math.isfinite(lat + lon) and abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0)
    return Position(lat=round(lat, 7), lon=round(lon, 7)) if known else None


def _degrees(parts: Sequence[float], *, negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return (degrees + minutes / 60 + seconds / 3600) * (-1 if negative else 1)


def _flat(image: Image.Image) -> Image.Image:
    """Return RGB, with what was see-through on white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        rgba = _small(image.convert("RGBA"))
        flat = Image.new("RGB", rgba.size, "white")
        flat.paste(rgba, mask=rgba.getchannel("A"))
        return flat
    return image.convert("RGB")


def sizes(image: Image.Image) -> Picture:
    """Return an RGB picture in the two sizes; it is used up."""
    image.thumbnail((LARGE_EDGE, LARGE_EDGE), Image.Resampling.LANCZOS)
    large, (width, height) = _webp(image, 80), image.size
    image.thumbnail((THUMB_EDGE, THUMB_EDGE), Image.Resampling.LANCZOS)
    return Picture(large, _webp(image, 75), width, height)


def _webp(image: Image.Image, quality: int) -> bytes:
    # A new image carries no EXIF, ICC or XMP of the old one.
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=quality, method=3)
    return out.getvalue()
