"""The verbs of files: a ticket, the stored picture, a claim by what uses it, a sweep of what nothing used."""

from collections.abc import Sequence
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
from backend.files.images import Picture
from backend.files.models import File, FileState
from shared.errors import ErrorCode
from shared.files import MAX_IMAGE_BYTES, FileDraft, FileKind, FileRef, FileTicket, Variant

ORPHAN_HOURS = 24
_UPLOAD, _READ = "upload", "read"


class BadTicket(ProblemError):
    """403: the address is not ours, too old, or was used."""

    status = 403
    code = ErrorCode.TICKET_INVALID


def ticket(session: Session, actor: Actor, draft: FileDraft, *, settings: Settings, keys: Keys) -> FileTicket:
    """Return where to PUT the bytes of a picture; raises TooLarge beyond 25 MB."""
    if draft.size > MAX_IMAGE_BYTES:
        raise TooLarge("pictures may have 25 MB")
    file = File(owner_id=actor.id, size=draft.size, state=FileState.AWAITED, created_at=clock.now())
    session.add(file)
    expires = int(clock.now().timestamp()) + settings.ticket_seconds
    signature = keys.sign(_UPLOAD, str(file.id), expires)
    url = f"/api/v1/files/{file.id}/content?expires={expires}&signature={signature}"
    return FileTicket(id=file.id, upload_url=url, expires_in=settings.ticket_seconds)


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


def stored(session: Session, storage: Storage, file_id: UUID, picture: Picture, *, pictures: "Pictures") -> FileRef:
    """Put the picture into the storage and note that it is there; raises BadTicket when a twin was faster.

    The row is held meanwhile: a second upload under the same ticket must not replace a picture that is in use.
    """
    file = session.get(File, file_id, with_for_update=True)
    if file is None or file.state is not FileState.AWAITED:
        raise BadTicket("this upload address was used")
    keep(storage, file_id, picture)
    file.state, file.stored_at = FileState.STORED, clock.now()
    file.width, file.height = picture.width, picture.height
    session.add(file)
    return pictures.ref(file)


def add(session: Session, storage: Storage, picture: Picture, *, public: bool, owner_id: UUID | None = None) -> UUID:
    """Store a picture that the installation itself brings (covers, demo content), already in use; return its id."""
    file = File(
        id=new_id(),
        owner_id=owner_id,
        size=len(picture.large),
        state=FileState.CLAIMED,
        public=public,
        width=picture.width,
        height=picture.height,
        created_at=clock.now(),
        stored_at=clock.now(),
    )
    keep(storage, file.id, picture)
    session.add(file)
    return file.id


def claim(session: Session, owner_id: UUID, ids: Sequence[UUID], *, public: bool, field: str) -> None:
    """Take these pictures of this owner into use, for good.

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
        session.add(file)


def show(session: Session, ids: Sequence[UUID], *, public: bool) -> None:
    """Make these pictures public or private."""
    for file in queries.by_ids(session, ids, lock=True).values():
        file.public = public
        session.add(file)


class Pictures:
    """How pictures are shown to who may see them."""

    def __init__(self, settings: Settings, keys: Keys) -> None:
        self._seconds, self._keys = settings.picture_seconds, keys

    def refs(self, session: Session, ids: Sequence[UUID]) -> dict[UUID, FileRef]:
        """Return these pictures by id, in one query."""
        return {key: self.ref(file) for key, file in queries.by_ids(session, ids).items()}

    def ref(self, file: File) -> FileRef:
        """Return a picture with its addresses: plain for public ones, else signed and short-lived."""
        return FileRef(
            id=file.id,
            kind=FileKind.IMAGE,
            name="",
            size=file.size,
            width=file.width,
            height=file.height,
            seconds=None,
            url=self.url(file.id, Variant.LARGE, public=file.public),
            large_url=self.url(file.id, Variant.LARGE, public=file.public),
            thumb_url=self.url(file.id, Variant.THUMB, public=file.public),
        )

    def url(self, file_id: UUID, variant: Variant, *, public: bool) -> str:
        """Return the address of one size of a picture, relative to the server's root."""
        plain = f"/api/v1/files/{file_id}?variant={variant}"
        if public:
            return plain
        # Rounded up, so that a list asked for twice names the same address and the browser keeps the picture.
        expires = (int(clock.now().timestamp()) // 600 + 1) * 600 + self._seconds
        return f"{plain}&expires={expires}&signature={self._keys.sign(_READ, str(file_id), expires)}"


def may_read(session: Session, actor: Actor | None, file_id: UUID, *, expires: int, signature: str, keys: Keys) -> bool:
    """Whether a picture may be read, and is public; raises NotFound for who may not, or when it is not there."""
    file = session.get(File, file_id)
    if file is None or file.state is FileState.AWAITED:
        raise NotFound("no such file")
    own = actor is not None and actor.id == file.owner_id
    if not (file.public or own or keys.signed(_READ, str(file_id), expires, signature)):
        raise NotFound("no such file")
    return file.public


def blob(file_id: UUID, variant: Variant) -> str:
    """Return the name under which a size is stored; spread over folders by the id's random end."""
    return f"files/{file_id.hex[-2:]}/{file_id}/{variant}.webp"


def sweep(session: Session, storage: Storage) -> int:
    """Delete what was uploaded, or announced, and never used for a day; return how many."""
    lost = queries.orphans(session, clock.now() - timedelta(hours=ORPHAN_HOURS), 500)
    for file in lost:
        for variant in Variant:
            storage.delete(blob(file.id, variant))
        session.delete(file)
    return len(lost)
