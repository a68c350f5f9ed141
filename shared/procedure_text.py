"""Reading the long texts of the national portal: steps, points and laws that run together in the source.

Nothing is left out and no word is changed; only lines are broken where the source forgot to. The screen, the printed
sheet and the card read texts by the same rules.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

STEP = re.compile(r"^(?:[-+*•–]\s*|[a-zđ]\)\s*)?Bước\s*(?P<number>\d{1,2}(?:\.\d{1,2})?)\s*[:.)]\s*", re.IGNORECASE)
"""A line that begins a step: “Bước 1:”, “+ Bước 2.”, “b) Bước 3:”."""

STEP_WITHIN = re.compile(
    r"(?:(?<![\s(][a-zđ]\))(?<=[.;:)])|(?<=\s)(?=[-+*]\s*Bước|[a-zđ]\)\s*Bước))\s*"
    r"(?P<step>(?:[-+*•–]\s*|[a-zđ]\)\s*)?Bước\s*\d{1,2}(?:\.\d{1,2})?\s*[:.)]\s*(?=[A-ZÀ-ỸĐ“\"\n(]))"
)
"""A step that runs on within a line. “thực hiện Bước 3.” begins none: no full stop stands before it."""

NOTHING = frozenset(
    {"", "-", "không", "không có", "không quy định", "không có thông tin", "chưa có thông tin", "không phí"}
)
"""What the portal writes where it has nothing to say, in small letters."""


class Kind(StrEnum):
    """What a piece of text is."""

    STEP = "step"
    HEAD = "head"
    POINT = "point"
    SUBPOINT = "subpoint"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True)
class Piece:
    """One paragraph; `number` is that of a step, or what a point is counted by: “a)”, “2.”."""

    kind: Kind
    text: str
    number: str = ""


@dataclass(frozen=True)
class Law:
    """One legal document: its title and its number, either may be missing."""

    title: str
    number: str


_BULLETS = "-–•·●*\uf0fc\uf0d8\uf0a7"
"""What points begin with; the last are the signs of a word processor that no font draws."""
_POINT_WITHIN = re.compile(
    rf"(?<=[.;:])\s*(?=(?:[{_BULLETS}]|\+{{1,3}})\s+\S)"
    r"|(?<=[.;:])\s*(?=[a-zđ]\)\s+\S)"
    r"|(?<=[.;:])\s+(?=\d{1,2}[.)]\s+[A-ZÀ-ỸĐ])"
    r"|(?<=[.;:])\s+(?=\([ivx\d]{1,4}\)\s+[A-ZÀ-ỸĐ])"
)
"""Where a point runs on behind another: “…; - …”, “…. b) …”, “…: 2. Trường hợp …”."""
_MARK = re.compile(rf"^(?P<mark>[{_BULLETS}]|\+{{1,3}}\)?)\s*")
_NUMBERED = re.compile(
    r"^(?P<number>\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,2}[.)]?|[a-zđ][.)]|\([ivxIVX\d]{1,4}\)|[ivx]{1,4}\))\s+(?=\S)"
)
_KINDS = {"*": Kind.HEAD, "+": Kind.SUBPOINT, "++": Kind.SUBPOINT, "+++": Kind.SUBPOINT, "+)": Kind.SUBPOINT}
_GLIMPSE = 160
_HEAD = 120
"""A numbered line that ends with a colon and is no longer than this heads what follows."""


def says_nothing(text: str) -> bool:
    """Whether the source wrote that it has nothing to say."""
    return text.strip(" .").lower() in NOTHING


def pieces(text: str) -> list[Piece]:
    """Break a text into steps, points and paragraphs."""
    broken = STEP_WITHIN.sub(r"\n\g<step>", f"\n{text}".replace("\u200e", ""))
    broken = _POINT_WITHIN.sub("\n", broken)
    return [_piece(line) for line in _lines(broken)]


def _lines(text: str) -> Iterator[str]:
    """Yield lines; one that goes on in small letters was broken by the page it was copied from."""
    kept = ""
    for raw in text.splitlines():
        line = " ".join(raw.split())
        if not line:
            continue
        if kept and line[0].islower() and not _NUMBERED.match(line) and not STEP.match(line):
            kept = f"{kept} {line}"
            continue
        if kept:
            yield kept
        kept = line
    if kept:
        yield kept


def _piece(line: str) -> Piece:
    step = STEP.match(line)
    if step:
        return Piece(Kind.STEP, line[step.end() :].strip(), step["number"])
    mark = _MARK.match(line)
    if mark:
        return Piece(_KINDS.get(mark["mark"], Kind.POINT), line[mark.end() :].strip())
    numbered = _NUMBERED.match(line)
    if numbered and line.endswith(":") and len(line) <= _HEAD:
        return Piece(Kind.HEAD, line)
    if numbered:
        return Piece(Kind.POINT, line[numbered.end() :].strip(), numbered["number"])
    return Piece(Kind.PARAGRAPH, line)


def shortened(found: Sequence[Piece], limit: int) -> list[Piece]:
    """Return the beginning of a text, about `limit` signs of it; all of it when little would be left out.

    It never ends with what only announces the rest: a heading goes, and “… như sau:” brings a little of what follows.
    """
    if sum(len(piece.text) for piece in found) <= limit * 1.4:
        return list(found)
    kept: list[Piece] = []
    room = limit
    for piece in found:
        if len(piece.text) > room:
            if not kept:
                kept.append(Piece(piece.kind, cut(piece.text, limit), piece.number))
            break
        kept.append(piece)
        room -= len(piece.text)
    while len(kept) > 1 and len(kept[-1].text) <= _HEAD and _announces(kept[-1]):
        kept.pop()
    if _announces(kept[-1]) and len(kept) < len(found):
        after = found[len(kept)]
        kept.append(Piece(after.kind, cut(after.text, _GLIMPSE), after.number))
    return kept


def _announces(piece: Piece) -> bool:
    if piece.kind is Kind.HEAD and len(piece.text) <= _HEAD:
        # The portal marks whole sentences like headings.
        return not piece.text.endswith((".", ";"))
    return not piece.text or piece.text.endswith(":")


def cut(text: str, limit: int) -> str:
    """Return at most `limit` signs, ending at a whole word, with a mark that more follows."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def laws(text: str, numbers: Sequence[str]) -> list[Law]:
    """Break a run-together list of legal documents behind each of the numbers that the source names apart."""
    known = sorted({number.strip() for number in numbers if number.strip()}, key=len, reverse=True)
    text = " ".join(text.split())
    if not known:
        return [Law(text, "")] if text and not says_nothing(text) else []
    found: list[Law] = []
    start = here = 0
    for match in re.finditer("|".join(re.escape(number) for number in known), text):
        if not _closes(text, match):
            continue
        if found and found[-1].number == match[0]:
            # The title names the number itself, and the portal puts it once more behind.
            found.pop()
        else:
            start = here
        found.append(Law(_title(text[start : match.start()], match[0]), match[0]))
        here = match.end()
    rest = text[here:].strip(" ;,.")
    if rest:
        found.append(Law(rest, ""))
    said = {law.number for law in found}
    return [*found, *[Law("", number) for number in dict.fromkeys(numbers) if number.strip() and number not in said]]


def _closes(text: str, number: re.Match[str]) -> bool:
    """Whether a number ends an entry: there the portal leaves no blank. Between blanks it is part of a title."""
    start, end = number.span()
    return end == len(text) or text[end].isalnum() or (start > 0 and not text[start - 1].isspace())


def _title(text: str, number: str) -> str:
    title = text.strip(" ;,.:-")
    return "" if title == number else title
