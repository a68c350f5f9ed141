"""The verbs of files: a ticket, the stored file, a claim by what uses it, a sweep of what nothing used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from backend.core import clock
from backend.core.access import Actor
from backend.core.errors import Conflict, Invalid, NotFound, ProblemError, TooLarge
from backend.core.security import Keys
from backend.core.settings import Settings
from backend.core.storage import Storage
from backend.core.tables import new_id
from backend.files import queries
from backend.files.images import MEDIA_TYPE, Picture
from backend.files.kinds import MOST_BYTES
from backend.files.models import File, FileState
from backend.files.names import document_name, safe_name
from backend.files.workshop import Made
from shared.errors import ErrorCode
from shared.files import FileDraft, FileInfo, FileKind, FileRef, FileTicket, Position, Variant

ORPHAN_HOURS = 24
_UPLOAD, _READ = "upload", "read"


class BadTicket(ProblemError):
    """403: the address is not ours, too old, or was used."""

    status = 403
    code = ErrorCode.TICKET_INVALID


def ticket(session: Session, actor: Actor, draft: FileDraft, *, settings: Settings, keys: Keys) -> FileTicket:
    """Return where to PUT the bytes of a file; raises TooLarge beyond what its kind may have."""
    kind = _announced_kind(draft.content_type)
    if draft.size > MOST_BYTES[kind]:
        raise TooLarge(f"this may have {MOST_BYTES[kind]} bytes")
    file = File(
        owner_id=actor.id,
        size=draft.size,
        state=FileState.AWAITED,
        kind=kind,
        name=safe_name(draft.name),
        created_at=clock.now(),
    )
    session.add(file)
    expires = int(clock.now().timestamp()) + settings.ticket_seconds
    signature = keys.sign(_UPLOAD, str(file.id), expires)
    url = f"/api/v1/files/{file.id}/content?expires={expires}&signature={signature}"
    return FileTicket(id=file.id, upload_url=url, expires_in=settings.ticket_seconds)


def _announced_kind(content_type: str) -> FileKind:
    """Return what the sender takes the file for; what is unknown may be as large as the largest."""
    if content_type.startswith("image/"):
        return FileKind.IMAGE
    return FileKind.DOCUMENT if content_type == "application/pdf" else FileKind.VIDEO


def check_ticket(file_id: UUID, expires: int, signature: str, *, keys: Keys) -> None:
    """Raise BadTicket unless this address is one of ours and still valid."""
    if not keys.signed(_UPLOAD, str(file_id), expires, signature):
        raise BadTicket("this upload address is not valid any more")


def awaited(session: Session, file_id: UUID) -> int:
    """Return the size that was announced; raises BadTicket when the ticket was used."""
    file = session.get(File, file_id)
    if file is None or file.state is not FileState.AWAITED:
        raise BadTicket("this upload address was used")
    return file.size


def keep(storage: Storage, file_id: UUID, picture: Picture) -> None:
    """Put both sizes into the storage, before the row says that they are there."""
    storage.put(blob(file_id, Variant.LARGE), picture.large)
    storage.put(blob(file_id, Variant.THUMB), picture.thumb)


def park(storage: Storage, file_id: UUID, made: Made) -> str | None:
    """Put a video or document beside its place, before a transaction opens: 100 MB take their time.

    Returns the name, for `stored`; None for a picture. Each try has a name of its own.
    """
    if made.original is None:
        return None
    name = f"{_folder(file_id)}/parked-{new_id()}"
    storage.put(name, made.original)
    return name


def stored(
    session: Session, storage: Storage, file_id: UUID, made: Made, *, parked: str | None, pictures: "Pictures"
) -> FileRef:
    """Put the file in its place and note that it is there; raises BadTicket when a twin was faster.

    The row is held meanwhile: a second upload under the same ticket must not replace a file that is in use.
    """
    file = session.get(File, file_id, with_for_update=True)
    if file is None or file.state is not FileState.AWAITED:
        raise BadTicket("this upload address was used")
    if parked is not None and made.original is not None:
        file.size = made.original.stat().st_size
        storage.move(parked, blob(file_id, Variant.ORIGINAL))
    if made.picture is not None:
        keep(storage, file_id, made.picture)
    file.state, file.stored_at, file.kind = FileState.STORED, clock.now(), made.kind
    file.name = document_name(file.name) if made.kind is FileKind.DOCUMENT else ""
    file.media_type, file.seconds = made.media_type, made.seconds
    file.width, file.height = made.width, made.height
    if made.position is not None:
        file.lat, file.lon = made.position.lat, made.position.lon
    session.add(file)
    return pictures.ref(file)


def info(session: Session, actor: Actor, file_id: UUID, *, pictures: "Pictures") -> FileInfo:
    """Return what its owner may know of an upload; raises NotFound for everybody else."""
    file = session.get(File, file_id)
    if file is None or file.owner_id != actor.id:
        raise NotFound("no such file")
    there = file.state is not FileState.AWAITED
    position = None if file.lat is None or file.lon is None else Position(lat=file.lat, lon=file.lon)
    return FileInfo(id=file.id, stored=there, position=position, file=pictures.ref(file) if there else None)


def add(session: Session, storage: Storage, picture: Picture, *, public: bool, owner_id: UUID | None = None) -> UUID:
    """Store a picture that the installation itself brings (covers, demo content), already in use; return its id."""
    file = File(
        id=new_id(),
        owner_id=owner_id,
        size=len(picture.large),
        state=FileState.CLAIMED,
        public=public,
        kind=FileKind.IMAGE,
        width=picture.width,
        height=picture.height,
        created_at=clock.now(),
        stored_at=clock.now(),
    )
    keep(storage, file.id, picture)
    session.add(file)
    return file.id


def claim(session: Session, owner_id: UUID, ids: Sequence[UUID], *, public: bool, field: str) -> None:
    """Take these files of this owner into use, for good; where they were taken is forgotten.

    Raises Invalid for one that is not hers or not there yet, Conflict for one that is used already.
    """
    if not ids:
        return
    if len(set(ids)) != len(ids):
        raise Invalid.field(field, ErrorCode.FILE_IN_USE, "a file stands there twice")
    found = queries.by_ids(session, ids, lock=True)
    for file_id in ids:
        file = found.get(file_id)
        if file is None or file.owner_id != owner_id or file.state is FileState.AWAITED:
            raise Invalid.field(field, ErrorCode.UNKNOWN_FILE, f"no such file: {file_id}")
        if file.state is FileState.CLAIMED:
            raise Conflict(f"used already: {file_id}", code=ErrorCode.FILE_IN_USE)
        file.state, file.public = FileState.CLAIMED, public
        file.lat = file.lon = None
        session.add(file)


def show(session: Session, ids: Sequence[UUID], *, public: bool) -> None:
    """Make these files public or private."""
    for file in queries.by_ids(session, ids, lock=True).values():
        file.public = public
        session.add(file)


class Pictures:
    """How files are shown to who may see them."""

    def __init__(self, settings: Settings, keys: Keys) -> None:
        self._seconds, self._keys = settings.picture_seconds, keys

    def refs(self, session: Session, ids: Sequence[UUID]) -> dict[UUID, FileRef]:
        """Return these files by id, in one query."""
        return {key: self.ref(file) for key, file in queries.by_ids(session, ids).items()}

    def ref(self, file: File) -> FileRef:
        """Return a file with its addresses: plain for public ones, else signed and short-lived."""
        shown = file.kind is not FileKind.DOCUMENT
        itself = Variant.LARGE if file.kind is FileKind.IMAGE else Variant.ORIGINAL
        return FileRef(
            id=file.id,
            kind=file.kind,
            name=file.name,
            size=file.size,
            width=file.width,
            height=file.height,
            seconds=file.seconds,
            url=self.url(file.id, itself, public=file.public),
            large_url=self.url(file.id, Variant.LARGE, public=file.public) if shown else None,
            thumb_url=self.url(file.id, Variant.THUMB, public=file.public) if shown else None,
        )

    def url(self, file_id: UUID, variant: Variant, *, public: bool) -> str:
        """Return the address of one form of a file, relative to the server's root."""
        plain = f"/api/v1/files/{file_id}?variant={variant}"
        if public:
            return plain
        # Rounded up, so that a list asked for twice names the same address and the browser keeps the picture.
        expires = (int(clock.now().timestamp()) // 600 + 1) * 600 + self._seconds
        return f"{plain}&expires={expires}&signature={self._keys.sign(_READ, _subject(file_id, variant), expires)}"


@dataclass(frozen=True)
class Reading:
    """What is read: where it lies, its type, and for an original its size in bytes and its name (of documents)."""

    blob: str
    public: bool
    media_type: str
    size: int
    name: str


def reading(
    session: Session,
    actor: Actor | None,
    file_id: UUID,
    variant: Variant,
    *,
    expires: int,
    signature: str,
    keys: Keys,
) -> Reading:
    """Return what may be read; raises NotFound for who may not, or when it is not there in this form.

    A signature opens the one form that it was made for.
    """
    file = session.get(File, file_id)
    if file is None or file.state is FileState.AWAITED:
        raise NotFound("no such file")
    own = actor is not None and actor.id == file.owner_id
    if not (file.public or own or keys.signed(_READ, _subject(file_id, variant), expires, signature)):
        raise NotFound("no such file")
    original = variant is Variant.ORIGINAL
    if file.kind is (FileKind.IMAGE if original else FileKind.DOCUMENT):
        raise NotFound("not kept in this form")
    media_type = file.media_type if original else MEDIA_TYPE
    return Reading(blob(file_id, variant), file.public, media_type, file.size, file.name)


def _subject(file_id: UUID, variant: Variant) -> str:
    return f"{file_id}/{variant}"


def blob(file_id: UUID, variant: Variant) -> str:
    """Return the name under which a form of a file is stored."""
    return f"{_folder(file_id)}/{variant}" + ("" if variant is Variant.ORIGINAL else ".webp")


def _folder(file_id: UUID) -> str:
    """Return where a file's bytes lie: spread over folders by the id's random end."""
    return f"files/{file_id.hex[-2:]}/{file_id}"


def sweep(session: Session, storage: Storage) -> int:
    """Delete what was uploaded, or announced, and never used for a day; return how many."""
    lost = queries.orphans(session, clock.now() - timedelta(hours=ORPHAN_HOURS), 500)
    for file in lost:
        storage.delete_below(_folder(file.id))
        session.delete(file)
    return len(lost)
