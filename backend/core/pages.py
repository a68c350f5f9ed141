"""Keyset pages: where the last one ended, never how many to skip; page 1,000 costs what page 1 costs."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy import Select, tuple_

from backend.core.errors import Invalid
from shared.base import Contract
from shared.errors import ErrorCode
from shared.pages import DEFAULT_LIMIT, MAX_LIMIT, Page

MAX_RANKED = 500
"""Rows of a ranking that can be paged through; beyond it a person asks anew."""

Row = TypeVar("Row")
Item = TypeVar("Item", bound=Contract)


@dataclass(frozen=True)
class PageRequest:
    """How many rows, and after which."""

    limit: int
    cursor: str | None

    def rank(self) -> int:
        """Return the rank at which a page of `ranked_page` begins; raises Invalid for a cursor that is not ours."""
        after = self.after(int)
        return max(after[0] + 1, 0) if after else 0

    def after(self, *kinds: type) -> tuple[Any, ...] | None:
        """Return the sort values of the last row seen, one per kind (str, int, float, date, datetime, UUID), or None.

        Raises Invalid for a cursor that is not ours.
        """
        if self.cursor is None:
            return None
        try:
            values = json.loads(base64.urlsafe_b64decode(self.cursor.encode("ascii")))
            if not isinstance(values, list) or len(values) != len(kinds):
                raise ValueError("wrong cursor")
            return tuple(_READ[kind](value) for kind, value in zip(kinds, values, strict=True))
        except (
            ValueError,
            binascii.Error,
            UnicodeError,
            TypeError,
            AttributeError,
            OverflowError,
            RecursionError,
        ) as error:
            raise Invalid.field("cursor", ErrorCode.INVALID, "not a cursor of this list") from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError("wrong cursor")
    return value.encode("utf-8").decode("utf-8")


def _whole(value: Any) -> int:
    if not isinstance(value, int) or abs(value) > 2**62:
        raise ValueError("wrong cursor")
    return value


_READ: dict[type, Callable[[Any], Any]] = {
    str: _text,
    int: _whole,
    float: float,
    date: date.fromisoformat,
    datetime: lambda value: _aware(datetime.fromisoformat(value)),
    UUID: UUID,
}


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("wrong cursor")
    return value.astimezone(UTC)  # raises OverflowError at the ends of the calendar, as the database would later


def cursor(*values: Any) -> str:
    """Return the cursor of a row with these sort values."""
    plain = [value if isinstance(value, int | float | str) else str(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode("ascii")


def keyset(
    statement: Select[Any], page: PageRequest, columns: Sequence[Any], kinds: Sequence[type], *, descending: bool
) -> Select[Any]:
    """Return the statement ordered by the columns (the last one unique), started after the cursor, one row too long."""
    after = page.after(*kinds)
    if after is not None:
        row = tuple_(*columns)
        statement = statement.where(row < after if descending else row > after)
    order = [column.desc() if descending else column.asc() for column in columns]
    return statement.order_by(*order).limit(page.limit + 1)


def as_page(
    rows: Sequence[Row], page: PageRequest, show: Callable[[Row], Item], key: Callable[[Row], tuple[Any, ...]]
) -> Page[Item]:
    """Return the page of rows that `keyset` found; `key` gives a row's sort values."""
    shown = rows[: page.limit]
    more = len(rows) > page.limit
    return Page[Any](items=[show(row) for row in shown], next_cursor=cursor(*key(shown[-1])) if more else None)


def ranked_page(ranked: Sequence[Row], page: PageRequest, show: Callable[[Sequence[Row]], list[Any]]) -> Page[Any]:
    """Return one page of a ranking; `show` gets its part. The cursor is the rank of the last one seen."""
    start = page.rank()
    stop = min(start + page.limit, MAX_RANKED)
    more = stop < min(len(ranked), MAX_RANKED)
    return Page[Any](items=show(ranked[start:stop]), next_cursor=cursor(stop - 1) if more else None)


async def _page_request(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=1024)] = None,
) -> PageRequest:
    return PageRequest(limit, cursor)


PageDep = Annotated[PageRequest, Depends(_page_request)]
