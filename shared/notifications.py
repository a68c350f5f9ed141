"""Notifications: the inbox of a person."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.base import Contract, Id, Moment


class NoticeKind(StrEnum):
    """What a notice is about."""

    CASE_MOVED = "case_moved"
    DOSSIER_MOVED = "dossier_moved"
    STAFF_WORK = "staff_work"
    SESSION = "session"


class Notice(Contract):
    """One row of the inbox. `subject` is what it is about (a case's title); `code` and `event` let the client word it.

    `path` is the client's own address of the thing, such as `/feedback/PA-261123-4K7Q`.
    """

    id: Id
    kind: NoticeKind
    event: str
    code: str
    subject: str
    text: str
    path: str
    created_at: Moment
    read: bool


class UnreadCount(Contract):
    """How many notices wait."""

    unread: int


class ReadRequest(Contract):
    """Which notices were read; an empty list means all of them."""

    ids: Annotated[list[Id], Field(max_length=100)]
