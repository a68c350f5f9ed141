"""Small videos and documents to upload, made here as `pictures.py` makes pictures."""

import io
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import av
import pikepdf
from PIL import Image

_CODECS = {"mp4": "libx264", "mov": "libx264", "webm": "libvpx"}
_RATE = 10


def film(
    seconds: float = 2,
    *,
    container: str = "mp4",
    codec: str | None = None,
    size: tuple[int, int] = (320, 180),
    metadata: Mapping[str, str] | None = None,
    sound: bool = True,
    rate: int = _RATE,
) -> bytes:
    """Return a video whose colour changes, with a quiet sound, and what its container says of itself."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"film.{container}"
        with av.open(str(path), "w", format=container, options={"movflags": "use_metadata_tags"}) as out:
            out.metadata.update(metadata or {})
            picture: Any = out.add_stream(codec or _CODECS[container], rate=rate)
            picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
            track: Any = out.add_stream("libopus" if container == "webm" else "aac", rate=48_000) if sound else None
            for n in range(round(seconds * rate)):
                frame = av.VideoFrame.from_image(Image.new("RGB", size, (40 * n % 256, 90, 200)))  # type: ignore[no-untyped-call]
                frame.pts, frame.time_base = n, Fraction(1, rate)
                out.mux(picture.encode(frame))
            out.mux(picture.encode(None))
            if track is not None:
                _quiet(out, track, seconds)
        return path.read_bytes()


def _quiet(out: av.container.OutputContainer, track: Any, seconds: float) -> None:
    size = 960
    for n in range(round(seconds * 48_000 / size)):
        frame = av.AudioFrame(format="fltp" if track.codec.name == "aac" else "s16", layout="stereo", samples=size)
        frame.sample_rate, frame.pts, frame.time_base = 48_000, n * size, Fraction(1, 48_000)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        out.mux(track.encode(frame))
    out.mux(track.encode(None))


def document(pages: int = 1, *, picture: bytes | None = None, acting: bool = False) -> bytes:
    """Return a PDF, with a picture on its pages when one is given; `acting` adds all that a document must not do."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(300, 400))
        if picture is not None:
            width, height = Image.open(io.BytesIO(picture)).size
            image = pikepdf.Stream(pdf, picture)
            image.update(
                {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": width, "/Height": height}
            )
            image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
            image.Filter = pikepdf.Name.DCTDecode
            page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name.Im0)
            page.contents_add(b"q 200 0 0 200 50 50 cm /Im0 Do Q")
    if acting:
        _act(pdf)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _act(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('secret-script')"))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("secret-program.exe"))
    pdf.Root.OpenAction = pdf.make_indirect(script)
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("a"), script]))
    pdf.attachments["secret-attachment.txt"] = b"secret-content"
    page = pdf.pages[0]
    page.obj.AA = pikepdf.Dictionary(O=launch)
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 99, 99], A=pdf.make_indirect(launch)
    )
    page.obj.Annots = [pdf.make_indirect(link)]
    with pdf.open_metadata() as meta:
        meta["dc:creator"] = ["secret-author"]
    pdf.docinfo["/Author"] = "secret-author"
