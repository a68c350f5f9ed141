"""Videos: copied packet by packet into a new container, so that nothing but picture and sound is kept.

Runs in a process of its own (`backend/files/workshop.py`): FFmpeg meets what strangers send.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer, OutputContainer
from PIL import Image

from backend.core.errors import ProblemError, TooLarge
from backend.files.kinds import Container
from shared.errors import ErrorCode
from shared.files import MAX_VIDEO_BYTES, MAX_VIDEO_SECONDS

MEDIA_TYPES = {Container.MP4: "video/mp4", Container.WEBM: "video/webm"}
MAX_STREAMS = 12
MAX_PIXELS = 7680 * 4320
"""8K, the most that a phone records."""
MAX_PACKETS = 250_000
"""Three minutes at 240 pictures a second with two sounds are some 60,000."""
_POSTER_FRAMES = 40
_POSTER_SECONDS = 0.5

_SIGHT = {"h264", "hevc", "vp8", "vp9", "av1"}
_SOUND = {"aac", "opus", "mp3", "vorbis"}
# Cameras write what they know beside the picture: SEI units of H.264 (type 6) and H.265 (39, 40), metadata OBUs of
# AV1 (5). ITU-T H.264 table 7-1, H.265 table 7-1, AV1 section 6.2.2.
_FILTERS = {
    "h264": "filter_units=remove_types=6",
    "hevc": "filter_units=remove_types=39|40",
    "av1": "filter_units=remove_types=5",
}


class Unreadable(ProblemError):
    """422: it says that it is a video, but cannot be read as one to its end."""

    status = 422
    code = ErrorCode.VIDEO_UNREADABLE


class TooLong(ProblemError):
    """422: longer than is taken."""

    status = 422
    code = ErrorCode.VIDEO_TOO_LONG


@dataclass(frozen=True)
class Video:
    """A video made again: its poster, its length in seconds, its size in pixels as it is seen."""

    poster: Image.Image
    seconds: float
    width: int
    height: int


def remake(path: Path, container: Container, out: Path) -> Video:
    """Copy a video's picture and sound to `out`, without anything else; return what it is.

    Raises TooLong beyond 180 s by its real timestamps, TooLarge for too many pixels or streams, Unreadable for what is
    broken, cut off, says another length than it has, or has no picture that browsers know.
    """
    try:
        poster = _poster(path, container)
        with _open(path, container) as source:
            seconds = _copy(source, _wanted(source), out, container)
    except ProblemError:
        raise
    except Exception as error:
        # FFmpeg's errors are of any kind (`OSError`, `ValueError`, its own).
        raise Unreadable("the video cannot be read") from error
    return Video(poster, seconds, poster.width, poster.height)


def _open(path: Path, container: Container) -> InputContainer:
    # The reader is named: left to guess, FFmpeg opens playlists, which name other files and addresses.
    reader = {Container.MP4: "mov", Container.WEBM: "matroska"}[container]
    options = {"protocol_whitelist": "file", "enable_drefs": "0"} if container is Container.MP4 else {}
    return av.open(str(path), format=reader, options=options, metadata_errors="ignore")


def _wanted(source: InputContainer) -> list[Any]:
    """Return the stream of the picture and that of the sound, if there is one that browsers know."""
    if len(source.streams) > MAX_STREAMS:
        raise TooLarge("the video has too many streams")
    sight = next((one for one in source.streams.video if _name(one) in _SIGHT), None)
    if sight is None:
        raise Unreadable("no picture that browsers know")
    if not 0 < sight.width * sight.height <= MAX_PIXELS:
        raise TooLarge("the video has too many pixels")
    if source.duration and source.duration / 1e6 > MAX_VIDEO_SECONDS + 1:
        raise TooLong(f"videos may last {MAX_VIDEO_SECONDS} s")
    sound = next((one for one in source.streams.audio if _name(one) in _SOUND), None)
    return [sight] if sound is None else [sight, sound]


def _name(stream: Any) -> str:
    return str(stream.codec.canonical_name) if stream.codec_context else ""


def _poster(path: Path, container: Container) -> Image.Image:
    """Return an early picture, upright: the first is often black."""
    with _open(path, container) as source:
        sight = _wanted(source)[0]
        sight.thread_count = 1
        frame = None
        for n, each in enumerate(source.decode(sight)):
            frame = each
            if n >= _POSTER_FRAMES or (each.time or 0) >= _POSTER_SECONDS:
                break
        if frame is None:
            raise Unreadable("no picture can be shown")
        if frame.width * frame.height > MAX_PIXELS:
            raise TooLarge("the video has too many pixels")
        image: Image.Image = frame.to_image()
        return image.rotate(frame.rotation, expand=True) if frame.rotation else image


@dataclass
class _Span:
    """From when to when packets really are, in seconds."""

    begin: Fraction | None = None
    end: Fraction = field(default_factory=Fraction)

    def add(self, packet: Any) -> None:
        at = packet.pts if packet.pts is not None else packet.dts
        begin = at * packet.time_base
        self.begin = begin if self.begin is None else min(self.begin, begin)
        self.end = max(self.end, begin + (packet.duration or 0) * packet.time_base)

    @property
    def seconds(self) -> float:
        return float(self.end - (self.begin or 0))


def _copy(source: InputContainer, wanted: list[Any], out: Path, container: Container) -> float:
    said = source.duration / 1e6 if source.duration else None
    span = _Span()
    with _writer(out, container) as sink:
        made = {one.index: _stream(sink, one) for one in wanted}
        filters = {one.index: _filter(one) for one in wanted}
        for packet in _packets(source, wanted):
            span.add(packet)
            if span.seconds > MAX_VIDEO_SECONDS + 1:
                raise TooLong(f"videos may last {MAX_VIDEO_SECONDS} s")
            index = packet.stream.index
            for each in _filtered(filters[index], packet):
                each.stream = made[index]
                sink.mux(each)
    _must_be_whole(span, said)
    return round(span.seconds, 3)


def _writer(out: Path, container: Container) -> OutputContainer:
    # `bitexact` keeps the writer's own name and the date out; `faststart` puts the index where players look first.
    options = {"fflags": "+bitexact"}
    if container is Container.MP4:
        options["movflags"] = "+faststart"
    return av.open(str(out), "w", format=container.value, options=options)


def _stream(sink: OutputContainer, like: Any) -> Any:
    """Return a new stream for packets of this one: its way of coding and its turn, without its names and dates."""
    made = sink.add_stream_from_template(like, opaque=True)
    made.metadata.clear()
    if _name(like) == "hevc" and sink.format.name == Container.MP4:
        # Apple's players know no other tag.
        made.codec_context.codec_tag = "hvc1"
    return made


def _filter(stream: Any) -> BitStreamFilterContext | None:
    words = _FILTERS.get(_name(stream))
    return BitStreamFilterContext(words, stream) if words else None


def _filtered(through: BitStreamFilterContext | None, packet: Any) -> list[Any]:
    return [packet] if through is None else list(through.filter(packet))


def _packets(source: InputContainer, wanted: list[Any]) -> Iterator[Any]:
    count = size = 0
    for packet in source.demux(wanted):
        if packet.dts is None:
            continue
        count, size = count + 1, size + packet.size
        if count > MAX_PACKETS or size > MAX_VIDEO_BYTES:
            raise TooLarge("the video has too many packets")
        if packet.is_corrupt:
            raise Unreadable("the video is cut off")
        yield packet


def _must_be_whole(span: _Span, said: float | None) -> None:
    """Raise Unreadable when the header promised another length than there is."""
    if span.begin is None:
        raise Unreadable("the video is empty")
    if said is not None and abs(said - span.seconds) > max(1.0, said / 10):
        raise Unreadable(f"it says {said:.1f} s and has {span.seconds:.1f} s")
