"""What a person has ready for one procedure: ticked papers, her case and her way of filing.

Kept on the device by procedure, and told to others in a link that ticks the same papers for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import flet as ft

from client.core.context import use_query
from client.core.services import Services
from client.core.store import use_form
from client.core.text import Text
from client.public_services.channels import fee_words, time_lines
from shared.paper_lines import only_sometimes, short_name
from shared.preparation import OpenPoint, Preparation, kept, paper_key, prepare
from shared.procedure_text import cut
from shared.public_services import Method, ProcedureDetail, RequiredDocument

_HAVE, _CASE, _METHOD = "have", "case", "method"
_BETWEEN = "."
_CASES, _CASE_NAME = 8, 80


@dataclass(frozen=True)
class Checklist:
    """What is ready, and how to change it. `found` is what to prepare for the case and way that were chosen."""

    found: Preparation
    have: frozenset[str]
    toggle: Callable[[RequiredDocument], None]
    choose_case: Callable[[str], None]
    choose_method: Callable[[Method | None], None]
    clear: Callable[[], None]

    def has(self, document: RequiredDocument) -> bool:
        """Whether a paper is ticked."""
        return paper_key(document) in self.have

    @property
    def wanted(self) -> list[RequiredDocument]:
        """The papers that are surely needed: none whose own words say that only some need it, unless all say so."""
        return [each for each in self.found.documents if not only_sometimes(each)] or self.found.documents

    @property
    def ready(self) -> int:
        """How many of the wanted papers are ticked."""
        return sum(map(self.has, self.wanted))

    @property
    def case_open(self) -> bool:
        """Whether the person's case is still to be chosen."""
        return OpenPoint.CASE_OPEN in self.found.open

    @property
    def query(self) -> str:
        """How the case, the way and the ticks stand in a link, with the question mark."""
        said = {
            _CASE: self.found.case,
            _METHOD: self.found.method.value if self.found.method else "",
            _HAVE: _BETWEEN.join(sorted(self.have)),
        }
        words = "&".join(f"{name}={quote(value, safe=_BETWEEN)}" for name, value in said.items() if value)
        return f"?{words}" if words else ""

    def link(self, services: Services) -> str:
        """Return the address that shows somebody else the same."""
        return f"{services.origin}/procedures/{quote(self.found.code)}{self.query}"


def use_checklist(procedure: ProcedureDetail) -> Checklist:
    """Return the checklist of a procedure. A hook: call it at the top of a component.

    What a link says is added to what the device has kept: nobody loses a tick by opening a link.
    """
    linked = [part for part in use_query(_HAVE).split(_BETWEEN) if part]
    linked_case, linked_method = use_query(_CASE), use_query(_METHOD)
    form = use_form(f"procedure/{procedure.code}", {_HAVE: [], _CASE: "", _METHOD: ""})

    def follow_link() -> None:
        if not form.ready or not (linked or linked_case or linked_method):
            return
        form.typed(_HAVE, sorted({*_words(form.get(_HAVE)), *linked}))
        form.typed(_CASE, linked_case or form.get(_CASE))
        form.set(_METHOD, linked_method or form.get(_METHOD))

    ft.use_effect(follow_link, [form.ready, procedure.code])
    have = kept(_words(form.get(_HAVE)), procedure.documents)
    method = next((each for each in Method if each.value == form.get(_METHOD)), None)
    found = prepare(procedure, str(form.get(_CASE) or ""), method)

    def toggle(document: RequiredDocument) -> None:
        form.set(_HAVE, sorted(have ^ {paper_key(document)}))

    return Checklist(
        found,
        have,
        toggle,
        lambda case: form.set(_CASE, "" if case == found.case else case),
        lambda chosen: form.set(_METHOD, chosen.value if chosen else ""),
        lambda: form.set(_HAVE, []),
    )


def _words(value: object) -> list[str]:
    """Return what the device kept, whatever it is, as a list of words."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def as_text(t: Text, checklist: Checklist, link: str) -> str:
    """Write the checklist as a message: time, fee, papers ready and missing by short names, a link to the whole."""
    found = checklist.found
    lines = [found.name]
    case = next((each.name for each in found.cases if each.key == found.case), "")
    if case:
        lines.append(t("public_services.list_case", words=case))
    for key, words in (
        ("public_services.list_time", time_lines(t, found.channels)),
        ("public_services.list_fee", list(dict.fromkeys(fee_words(t, channel) for channel in found.channels))),
    ):
        lines += [t(key, words=" · ".join(words))] if words else []
    sure, some = ([each for each in found.documents if only_sometimes(each) is told] for told in (False, True))
    for key, papers in (("public_services.list_papers", sure), ("public_services.list_sometimes", some)):
        lines += [t(key), *_papers(t, checklist, papers)] if papers else []
    if checklist.case_open:
        lines.append(t("public_services.list_cases", n=len(found.cases)))
        lines += [f"- {cut(each.name, _CASE_NAME)}" for each in found.cases[:_CASES]]
        lines += ["…"] if len(found.cases) > _CASES else []
    return "\n".join([*lines, t("public_services.list_source", link=link)])


def _papers(t: Text, checklist: Checklist, documents: Sequence[RequiredDocument]) -> list[str]:
    return [
        t(
            f"public_services.list_{'have' if checklist.has(each) else 'missing'}",
            name=short_name(each),
        )
        for each in documents
    ]
