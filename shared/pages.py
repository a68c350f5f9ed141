"""Lists: one page and the cursor to the next."""

from typing import Annotated, Generic, TypeVar

from pydantic import Field

from shared.base import Contract

T = TypeVar("T")

Limit = Annotated[int, Field(ge=1, le=100)]
DEFAULT_LIMIT = 20
MAX_LIMIT = 100


class Page(Contract, Generic[T]):
    """Some items in order; `next_cursor` is opaque, and null on the last page."""

    items: list[T]
    next_cursor: str | None
