"""What changed in a record, in parts as people name them: read off the columns that differ, kept word for word."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backend.public_services.source import SourceChannel, SourceDocument, SourceResult
from shared.procedure_sync import HistoryPart, Part, PartChange

MOST_SIGNS = 20_000
"""Signs of one side of a part that are shown; a record may hold megabytes."""
SHORT = 300
"""A part up to this many signs is told with its old and its new words in the public history."""

_OURS = frozenset({Part.SOURCE, Part.FLAGS, Part.OTHER})

Columns = Mapping[str, Any]
Lines = Callable[[Columns], list[str]]


def _text(*names: str) -> Lines:
    """Read texts line by line, and lists item by item."""

    def lines(columns: Columns) -> list[str]:
        found: list[str] = []
        for name in names:
            value = columns.get(name) or ""
            found += value if isinstance(value, list) else str(value).splitlines()
        return [line.strip() for line in found if line.strip()]

    return lines


def _channels(say: Callable[[SourceChannel], str]) -> Lines:
    """Read one thing off each way to file, under the way's name."""

    def lines(columns: Columns) -> list[str]:
        rows = [SourceChannel.model_validate(raw) for raw in columns.get("channels") or []]
        return [f"{row.hinh_thuc}: {said}" for row in rows if (said := say(row).strip())]

    return lines


def _methods(columns: Columns) -> list[str]:
    return [SourceChannel.model_validate(raw).hinh_thuc for raw in columns.get("channels") or []]


def _time(row: SourceChannel) -> str:
    return row.thoi_han_hien_thi or f"{row.thoi_han_so or ''} {row.thoi_han_don_vi}"


def _fee(row: SourceChannel) -> str:
    note = row.phi_ghi_chu.strip()
    return f"{row.phi_hien_thi} ({note})" if note else row.phi_hien_thi


def _documents(columns: Columns) -> list[str]:
    return [_document(SourceDocument.model_validate(raw)) for raw in columns.get("documents") or []]


def _document(row: SourceDocument) -> str:
    counts = [("bản chính", row.ban_chinh), ("bản sao", row.ban_sao)]
    about = [row.mau_don.strip(), *(f"{words}: {number}" for words, number in counts if number is not None)]
    case = f"{row.truong_hop.strip()}: " if row.truong_hop.strip() else ""
    said = "; ".join(part for part in about if part)
    return f"{case}{row.ten.strip()}{f' ({said})' if said else ''}"


def _results(columns: Columns) -> list[str]:
    return [SourceResult.model_validate(raw).ten for raw in columns.get("results") or []]


def _extra(columns: Columns) -> list[str]:
    return [f"{name}: {_json(value)}" for name, value in sorted((columns.get("extra") or {}).items())]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


_PARTS: Sequence[tuple[Part, tuple[str, ...], Lines]] = (
    (Part.NAME, ("name",), _text("name")),
    (Part.FIELD, ("field",), _text("field")),
    (Part.METHODS, ("channels",), _methods),
    (Part.TIMES, ("channels",), _channels(_time)),
    (Part.FEES, ("channels",), _channels(_fee)),
    (Part.CHANNEL_NOTES, ("channels",), _channels(lambda row: row.mo_ta)),
    (Part.DOCUMENTS, ("documents",), _documents),
    (Part.STEPS, ("steps",), _text("steps")),
    (Part.CONDITIONS, ("conditions",), _text("conditions")),
    (Part.RESULTS, ("results",), _results),
    (Part.LEVELS, ("levels",), _text("levels")),
    (Part.AUDIENCES, ("audiences",), _text("audiences")),
    (Part.AGENCIES, ("agencies",), _text("agencies")),
    (Part.AUTHORITY, ("authority",), _text("authority")),
    (Part.COORDINATING, ("coordinating",), _text("coordinating")),
    (Part.RECEPTION, ("reception_address",), _text("reception_address")),
    (Part.LAWS, ("legal_numbers", "legal_basis"), _text("legal_numbers", "legal_basis")),
    (Part.MINISTRY, ("ministry",), _text("ministry")),
    (Part.KIND, ("kind",), _text("kind")),
    (Part.DECISION, ("decision",), _text("decision")),
    (Part.RELATED, ("related",), _text("related")),
    (Part.SOURCE, ("source", "source_url"), _text("source", "source_url")),
    (Part.FLAGS, ("flags",), _text("flags")),
    (Part.OTHER, ("extra",), _extra),
)
COLUMNS = tuple(dict.fromkeys(column for _, columns, _ in _PARTS for column in columns))
"""The columns that hold what the source says."""


def compare(before: Columns, after: Columns) -> list[PartChange]:
    """Return the parts that differ; only columns that differ are given. What shows in no part is told as it is kept."""
    given = {*before, *after}
    told: set[str] = set()
    found: list[PartChange] = []
    for part, columns, lines in _PARTS:
        if given.isdisjoint(columns):
            continue
        old, new = lines(before), lines(after)
        if old != new:
            told.update(columns)
            found.append(_change(part, old, new))
    silent = sorted(name for name in given - told if (before.get(name) or None) != (after.get(name) or None))
    if silent:
        old, new = ([f"{name}: {_json(side[name])}" for name in silent if side.get(name)] for side in (before, after))
        found = [each for each in found if each.part is not Part.OTHER] + [_other(found, old, new)]
    return found


def _other(found: list[PartChange], old: list[str], new: list[str]) -> PartChange:
    known = next((each for each in found if each.part is Part.OTHER), None)
    return _change(Part.OTHER, [*(known.old if known else []), *old], [*(known.new if known else []), *new])


def _change(part: Part, old: list[str], new: list[str]) -> PartChange:
    (old, old_cut), (new, new_cut) = _short(old), _short(new)
    return PartChange(part=part, old=old, new=new, cut=old_cut or new_cut)


def _short(lines: list[str]) -> tuple[list[str], bool]:
    kept: list[str] = []
    room = MOST_SIGNS
    for line in lines:
        if len(line) > room:
            return ([*kept, line[:room]] if room else kept), True
        kept.append(line)
        room -= len(line)
    return kept, False


def for_everybody(changes: Sequence[PartChange]) -> list[HistoryPart]:
    """Return changes as the public history tells them: short ones with their words, long ones by name.

    Where the record came from and our marks on it say nothing to people; editors see them in the proposals.
    """
    return [_public(change) for change in changes if change.part not in _OURS]


def _public(change: PartChange) -> HistoryPart:
    old, new = "\n".join(change.old), "\n".join(change.new)
    short = max(len(old), len(new)) <= SHORT
    return HistoryPart(part=change.part, old=old if short else None, new=new if short else None)
