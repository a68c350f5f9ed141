"""Getting ready for a procedure: which papers belong to which case, what is certain of the fee, keys for links.

The screen, the printed sheet and the card decide by the same rules.
"""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.procedure_text import says_nothing
from shared.public_services import (
    CaseChoice,
    Channel,
    FeeState,
    Method,
    OpenPoint,
    Preparation,
    ProcedureDetail,
    RequiredDocument,
)

_KEY = 6
_CASE = re.compile(r"\b(?:trường hợp|đối với|khi)\b|^(?:[a-z0-9.]+[.)] *)?về cấp", re.IGNORECASE)
"""How a heading names a situation. Any other is taken for papers that everybody needs: too many do less harm."""
_REMARK = re.compile(r"^lưu ý\b", re.IGNORECASE)
NUMBERED = frozenset({FeeState.FREE, FeeState.FEE})
"""The states in which the source stands by a number."""


class GroupKind(StrEnum):
    """Whether everybody needs a group of papers, only some, or whether it is no papers but remarks."""

    COMMON = "common"
    CASE = "case"
    REMARK = "remark"


@dataclass(frozen=True)
class PaperGroup:
    """Papers under one heading of the source. `key` names it in links."""

    key: str
    name: str
    kind: GroupKind
    papers: tuple[RequiredDocument, ...]


@dataclass(frozen=True)
class Way:
    """Several ways of filing that take the same time and cost the same."""

    methods: tuple[Method, ...]
    channel: Channel


def ways(channels: Sequence[Channel]) -> list[Way]:
    """Join the channels that differ in nothing but the way of filing."""
    joined: dict[Channel, list[Method]] = {}
    for channel in channels:
        same = channel.model_copy(update={"method": Method.IN_PERSON})
        methods = joined.setdefault(same, [])
        if channel.method not in methods:
            methods.append(channel.method)
    return [Way(tuple(sorted(methods, key=list(Method).index)), same) for same, methods in joined.items()]


def money(amount: float, currency: str) -> str:
    """Write an amount as people in Vietnam do: 20.000 đ, 10 USD."""
    whole = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    written = whole.translate(str.maketrans(",.", ".,"))
    return f"{written} đ" if currency in ("", "VND") else f"{written} {currency}"


def has_words(note: str) -> bool:
    """Whether a note of the source says anything."""
    return not says_nothing(note) and any(sign.isalpha() for sign in note)


def groups(documents: Sequence[RequiredDocument]) -> list[PaperGroup]:
    """Put papers under their headings, in the order in which the source names them."""
    found: dict[str, list[RequiredDocument]] = {}
    for document in documents:
        found.setdefault(document.case.strip(" *-+:.\n"), []).append(document)
    return [PaperGroup(_digest(name), name, _kind(name), tuple(papers)) for name, papers in found.items()]


def _kind(name: str) -> GroupKind:
    if _REMARK.match(name):
        return GroupKind.REMARK
    return GroupKind.CASE if _CASE.search(name) else GroupKind.COMMON


def paper_name(document: RequiredDocument) -> str:
    """Return a paper's name without the separators that the source left at its ends."""
    return document.name.strip(" ;/(")


def paper_key(document: RequiredDocument) -> str:
    """Name a paper in links: the same as long as its words are the same, wherever it stands."""
    return _digest(f"{document.case}\n{document.name}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY]


def chosen_groups(found: Sequence[PaperGroup], case: str) -> list[PaperGroup]:
    """Return what is needed in a case: what everybody needs, and what the case adds. Without one, all of it."""
    return [group for group in found if not case or group.kind is not GroupKind.CASE or group.key == case]


def kept(have: Collection[str], documents: Sequence[RequiredDocument]) -> frozenset[str]:
    """Return which of these keys are papers of the procedure; a link may be old, or made up."""
    return frozenset(have) & {paper_key(document) for document in documents}


def prepare(procedure: ProcedureDetail, case: str, method: Method | None) -> Preparation:
    """Return what to get ready. A case or a way of filing that the procedure does not know counts as none."""
    found = groups(procedure.documents)
    cases = [group for group in found if group.kind is GroupKind.CASE]
    case = case if case in {group.key for group in cases} else ""
    methods = [each for each in Method if any(channel.method is each for channel in procedure.channels)]
    method = method if method in methods else None
    channels = [channel for channel in procedure.channels if method in (None, channel.method)]
    needed = [group for group in chosen_groups(found, case) if group.kind is not GroupKind.REMARK]
    common = [group for group in needed if group.kind is GroupKind.COMMON]
    shown = needed if case or not common else common
    total, doubts = _total(channels)
    doubts += _time(channels)
    return Preparation(
        code=procedure.code,
        name=procedure.name,
        method=method,
        methods=methods,
        case=case,
        cases=[CaseChoice(key=group.key, name=group.name, count=len(group.papers)) for group in cases],
        channels=[way.channel for way in ways(channels)] if method is None else channels,
        total=total,
        currency=channels[0].fee_currency if total is not None else "",
        open=[*doubts, *([OpenPoint.CASE_OPEN] if cases and not case else [])],
        documents=[paper for group in shown for paper in group.papers],
        reminders=[paper_name(paper) for group in found if group.kind is GroupKind.REMARK for paper in group.papers],
        source_url=procedure.source_url,
        source=procedure.source,
        imported_at=procedure.imported_at,
    )


def _total(channels: Sequence[Channel]) -> tuple[float | None, list[OpenPoint]]:
    """Return what it costs in all, or why nobody can say.

    Several fees are never added up: the source does not say whether they come together or one in place of another.
    """
    if not channels or all(channel.fee_state is FeeState.NOT_STATED for channel in channels):
        return None, [OpenPoint.FEE_NOT_STATED]
    if any(channel.fee_state not in NUMBERED or channel.fee_amount is None for channel in channels):
        return None, [OpenPoint.FEE_UNCERTAIN]
    if len({(channel.fee_amount, channel.fee_currency if channel.fee_amount else "") for channel in channels}) > 1:
        return None, [OpenPoint.FEE_SEVERAL]
    if any(has_words(channel.fee_note) for channel in channels):
        return None, [OpenPoint.FEE_CONDITIONS]
    return channels[0].fee_amount, []


def _time(channels: Sequence[Channel]) -> list[OpenPoint]:
    times = {channel.time_text.strip() for channel in channels}
    if not times - {""}:
        return [OpenPoint.TIME_NOT_STATED]
    return [OpenPoint.TIME_SEVERAL] if len(times) > 1 else []
