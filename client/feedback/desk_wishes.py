"""From the fields of a move to what is posted, and what is missing before it can be."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from client.core.text import Text
from client.core.text.dates import local, now
from shared.case_moves import Assign, Close, Escalate, Hold, Merge, Move, Plan, Refuse, Resolve, Return, Transfer
from shared.case_states import MoveKind
from shared.feedback import DeskDetail

_CODE = re.compile(r"^PA-\d{6}-[0-9A-HJKMNP-TV-Z]{4}$")
_WORDED = {
    MoveKind.RETURN: Return,
    MoveKind.ESCALATE: Escalate,
    MoveKind.CLOSE: Close,
    MoveKind.HOLD: Hold,
}

Values = Mapping[str, Any]


def defaults(kind: MoveKind, case: DeskDetail) -> dict[str, Any]:
    """Return the fields of every move; each uses its own. The unit that the rules name stands ready to be assigned."""
    unit = case.unit.code if kind is MoveKind.ASSIGN and case.unit else ""
    return {"text": "", "unit": unit, "reason_code": "", "date": "", "into": "", "files": []}


def tomorrow() -> date:
    """Return the first day that can be promised."""
    return local(now()).date() + timedelta(days=1)


def as_day(value: str) -> date | None:
    """Read a day out of a form."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def wish_of(kind: MoveKind, values: Values, proof: list[UUID]) -> Move:  # noqa: PLR0911 - one answer per move
    """Return the move that the fields describe; `problems` must have found none."""
    text = str(values["text"]).strip()
    match kind:
        case MoveKind.ASSIGN:
            return Assign(move=kind, unit=values["unit"])
        case MoveKind.TRANSFER:
            return Transfer(move=kind, unit=values["unit"], text=text)
        case MoveKind.REFUSE:
            return Refuse(move=kind, reason_code=values["reason_code"], text=text)
        case MoveKind.PLAN:
            return Plan(move=kind, date=date.fromisoformat(values["date"]), text=text)
        case MoveKind.MERGE:
            return Merge(move=kind, into=_code(values), text=text)
        case MoveKind.RESOLVE:
            return Resolve(move=kind, text=text, proof_file_ids=proof)
        case _:
            return cast(Move, _WORDED[kind](move=kind, text=text))


def problems(
    t: Text, kind: MoveKind, values: Values, code: str, *, proof: list[UUID], busy: bool
) -> dict[str, str | None]:
    """Say what is missing at each field; None where nothing is. `code` is the case's own, `proof` what is uploaded."""
    found: dict[str, str | None] = {}
    if kind is not MoveKind.ASSIGN:
        found["text"] = None if str(values["text"]).strip() else t("desk.need_text")
    if kind in (MoveKind.ASSIGN, MoveKind.TRANSFER):
        found["unit"] = None if values["unit"] else t("desk.need_unit")
    if kind is MoveKind.REFUSE:
        found["reason_code"] = None if values["reason_code"] else t("desk.need_reason")
    if kind is MoveKind.PLAN:
        day = as_day(values["date"])
        found["date"] = None if day is not None and day >= tomorrow() else t("desk.need_day")
    if kind is MoveKind.MERGE:
        found["into"] = _merge_problem(t, _code(values), code)
    if kind is MoveKind.RESOLVE:
        found["files"] = t("desk.still_uploading") if busy else None if proof else t("desk.need_proof")
    return found


def _code(values: Values) -> str:
    return str(values["into"]).strip().upper()


def _merge_problem(t: Text, into: str, own: str) -> str | None:
    if not _CODE.fullmatch(into):
        return t("desk.need_code")
    return t("desk.same_code") if into == own else None
