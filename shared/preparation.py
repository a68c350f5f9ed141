"""Getting ready for a procedure: which papers belong to which case, what is certain of the fee, keys for links.

The screen, the printed sheet and the card decide by the same rules.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from shared.base import Contract, Moment
from shared.fee_notes import has_words, same_note
from shared.paper_lines import LineKind, line_kind, only_sometimes, paper_name
from shared.public_services import Channel, FeeState, Method, ProcedureDetail, RequiredDocument

_KEY = 6
_CASE = re.compile(r"\b(?:trường hợp|đối với|khi)\b|^(?:[a-z0-9.]+[.)] *)?về cấp", re.IGNORECASE)
"""How a heading names a situation. Any other is taken for papers that everybody needs: too many do less harm."""
_REMARK = re.compile(r"^lưu ý\b", re.IGNORECASE)
NUMBERED = frozenset({FeeState.FREE, FeeState.FEE})
"""The states in which the source stands by a number."""


class OpenPoint(StrEnum):
    """What of a preparation is not certain, and why.

    FEE_UNCERTAIN: the source stands by no number. FEE_SEVERAL: there are several fees, by case. FEE_CONDITIONS: a note
    conditions the number. FEE_NOT_STATED and TIME_NOT_STATED: the source says nothing. TIME_SEVERAL: several times, by
    case. CASE_OPEN: some papers are needed in some cases only, and no case was chosen.
    """

    FEE_UNCERTAIN = "fee_uncertain"
    FEE_SEVERAL = "fee_several"
    FEE_CONDITIONS = "fee_conditions"
    FEE_NOT_STATED = "fee_not_stated"
    TIME_NOT_STATED = "time_not_stated"
    TIME_SEVERAL = "time_several"
    CASE_OPEN = "case_open"


_ORDER = (LineKind.HEADING, LineKind.PAPER, LineKind.NOTE)


class CaseChoice(Contract):
    """One situation of a procedure, and how many papers it asks for by itself."""

    key: str
    name: str
    count: int


class Preparation(Contract):
    """How long a procedure takes, what it costs in all and what to bring, for one way of filing and one case.

    `total` is in `currency`, and given only when every part of it is a number that nothing conditions; else `open`
    says what is not certain. `method` is null for all ways together. `documents` holds papers alone: what everybody
    needs first, what only some need last; without a case, none of any case. `reminders` are the remarks and notes
    among them.
    """

    code: str
    name: str
    method: Method | None
    methods: list[Method]
    case: str
    cases: list[CaseChoice]
    channels: list[Channel]
    total: float | None
    currency: str
    open: list[OpenPoint]
    documents: list[RequiredDocument]
    reminders: list[str]
    source_url: str
    source: str
    imported_at: Moment


class GroupKind(StrEnum):
    """Whether everybody needs a group of papers, only some, or whether it is no papers but remarks. In order."""

    COMMON = "common"
    CASE = "case"
    REMARK = "remark"


@dataclass(frozen=True)
class PaperGroup:
    """What stands under one heading of the source. `key` names it in links.

    `papers` are what to bring; `lines` are all that the source lists there, with headings and notes.
    """

    key: str
    name: str
    kind: GroupKind
    papers: tuple[RequiredDocument, ...]
    lines: tuple[RequiredDocument, ...]


@dataclass(frozen=True)
class Way:
    """Several ways of filing that take the same time and cost the same."""

    methods: tuple[Method, ...]
    channel: Channel


def ways(channels: Sequence[Channel]) -> list[Way]:
    """Join the channels that differ in nothing but the way of filing."""
    joined: dict[Channel, tuple[Channel, list[Method]]] = {}
    for channel in channels:
        same = channel.model_copy(update={"method": Method.IN_PERSON, "fee_note": same_note(channel.fee_note)})
        _, methods = joined.setdefault(same, (channel, []))
        if channel.method not in methods:
            methods.append(channel.method)
    return [Way(_sorted(methods), channel) for channel, methods in joined.values()]


def by_method(channels: Sequence[Channel], say: Callable[[Channel], str]) -> list[tuple[tuple[Method, ...], str]]:
    """Return what `say` says of the channels, each once, and of which ways of filing.

    No way is named where the ways do not differ: one answer for all, or several for the same (by case).
    """
    found: dict[str, list[Method]] = {}
    for channel in channels:
        methods = found.setdefault(say(channel), [])
        if channel.method not in methods:
            methods.append(channel.method)
    alike = len({frozenset(methods) for methods in found.values()}) == 1
    said = [(() if alike else _sorted(methods), words) for words, methods in found.items()]
    return sorted(said, key=lambda each: [list(Method).index(method) for method in each[0]])


def _sorted(methods: Sequence[Method]) -> tuple[Method, ...]:
    return tuple(sorted(methods, key=list(Method).index))


def money(amount: float, currency: str) -> str:
    """Write an amount as people in Vietnam do: 20.000 đ, 10 USD."""
    whole = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    written = whole.translate(str.maketrans(",.", ".,"))
    return f"{written} đ" if currency in ("", "VND") else f"{written} {currency}"


def groups(documents: Sequence[RequiredDocument]) -> list[PaperGroup]:
    """Put papers under their headings: what everybody needs first, then the cases, then remarks."""
    found: dict[str, list[RequiredDocument]] = {}
    for document in documents:
        found.setdefault(document.case.strip(" *-+:.\n"), []).append(document)
    made = [_group(name, lines) for name, lines in found.items()]
    if [each.kind for each in made if each.papers] == [GroupKind.CASE]:
        # Between one case and nothing there is no choice.
        made = [replace(each, kind=GroupKind.COMMON) if each.papers else each for each in made]
    order = list(GroupKind)
    return sorted(made, key=lambda each: (order.index(each.kind), each.kind is GroupKind.COMMON and bool(each.name)))


def _group(name: str, lines: Sequence[RequiredDocument]) -> PaperGroup:
    papers = [line for line in lines if line_kind(line) is LineKind.PAPER]
    kind = _kind(name)
    if kind is GroupKind.REMARK or not (papers or name):
        return PaperGroup(_digest(name), name, GroupKind.REMARK, (), tuple(lines))
    return PaperGroup(_digest(name), name, kind, tuple(sorted(papers, key=only_sometimes)), tuple(_in_order(lines)))


def _in_order(lines: Sequence[RequiredDocument]) -> Sequence[RequiredDocument]:
    """Put what everybody needs before what some need, and notes last.

    Headings among the lines say that their order means something; then it stays.
    """
    kinds = [line_kind(line) for line in lines]
    if LineKind.HEADING in kinds[1:]:
        return lines
    return sorted(lines, key=lambda line: (_ORDER.index(line_kind(line)), only_sometimes(line)))


def _kind(name: str) -> GroupKind:
    if _REMARK.match(name):
        return GroupKind.REMARK
    return GroupKind.CASE if _CASE.search(name) else GroupKind.COMMON


def paper_key(document: RequiredDocument) -> str:
    """Name a paper in links: the same as long as its words are the same, wherever it stands."""
    return _digest(f"{document.case}\n{document.name}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY]


def _notes(group: PaperGroup) -> list[RequiredDocument]:
    if group.kind is GroupKind.REMARK:
        return list(group.lines)
    return [line for line in group.lines if line_kind(line) is LineKind.NOTE]


def kept(have: Collection[str], documents: Sequence[RequiredDocument]) -> frozenset[str]:
    """Return which of these keys are papers of the procedure; a link may be old, or made up."""
    return frozenset(have) & {paper_key(paper) for group in groups(documents) for paper in group.papers}


def prepare(procedure: ProcedureDetail, case: str, method: Method | None) -> Preparation:
    """Return what to get ready. A case or a way of filing that the procedure does not know counts as none."""
    found = groups(procedure.documents)
    cases = [group for group in found if group.kind is GroupKind.CASE and group.papers]
    case = case if case in {group.key for group in cases} else ""
    methods = [each for each in Method if any(channel.method is each for channel in procedure.channels)]
    method = method if method in methods else None
    channels = [channel for channel in procedure.channels if method in (None, channel.method)]
    needed = [group for group in found if group.kind is not GroupKind.CASE or group.key == case]
    total, doubts = _total(channels)
    doubts += _time(channels)
    return Preparation(
        code=procedure.code,
        name=procedure.name,
        method=method,
        methods=methods,
        case=case,
        cases=[CaseChoice(key=group.key, name=group.name, count=len(group.papers)) for group in cases],
        channels=channels,
        total=total,
        currency=channels[0].fee_currency if total is not None else "",
        open=[*doubts, *([OpenPoint.CASE_OPEN] if cases and not case else [])],
        documents=sorted((paper for group in needed for paper in group.papers), key=only_sometimes),
        reminders=[paper_name(note) for group in needed for note in _notes(group)],
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
