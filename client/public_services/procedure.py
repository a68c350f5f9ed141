"""One procedure: what it is, how to file, what to bring, the steps, and where all of it comes from."""

from collections.abc import Sequence
from urllib.parse import quote

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone
from client.offices.parts import my_office
from client.onboarding.events import use_mission
from client.public_services import api, pieces
from client.public_services.channels import channels_block
from client.public_services.checklist import use_checklist
from client.public_services.documents import documents_block
from client.public_services.history import history_section, withdrawn_note
from client.public_services.preparation import preparation_block
from client.public_services.rows import level_words, online_chip
from client.public_services.wish import use_wish
from client.ui.forms import icon_button, primary_button
from client.ui.lists import card
from client.ui.pressing import one_button
from client.ui.shell import Screen
from client.ui.states import show, text_skeleton
from client.ui.status import status_chip
from client.ui.text import banner, body, caption, title
from shared import procedure_text
from shared.onboarding import Mission
from shared.procedure_text import Law, says_nothing
from shared.public_services import AdminLevel, ProcedureDetail, ProcedureSummary

_PORTAL = "https://dichvucong.gov.vn"
_WEB = ("https://", "http://")
_LAWS = 5
_AGENCIES = 140


@ft.component
def ProcedureScreen() -> ft.Control:
    """Show one procedure."""
    services = use_services()
    t = services.text
    code = ft.use_route_params().get("code", "")
    wish = use_wish()
    procedure = use_loaded(lambda: api.procedure(services.api, code), [code])
    related = use_loaded(lambda: api.related(services.api, code), [code])
    search = primary_button(t("nav.search"), lambda: services.go("/services"), icon=ft.Icons.SEARCH)
    use_mission(Mission.LOOK_UP_PROCEDURE, done=procedure.value is not None)
    return Screen(
        t("public_services.procedure"),
        [
            show(
                procedure,
                lambda found: ft.Container(ProcedureBody(found, related.value or []), key=f"procedure-{found.code}"),
                skeleton=text_skeleton,
                ways=[search],
            )
        ],
        back=wish.address,
        actions=[_share(services, code, procedure.value), *_copy(services, code)],
        full=services.desktop,
    )


@ft.component
def ProcedureBody(procedure: ProcedureDetail, related: list[ProcedureSummary]) -> ft.Control:
    """What people ask first at the left and the record's facts at the right; one below the other on a phone."""
    services = use_services()
    checklist = use_checklist(procedure)
    first = [
        preparation_block(services, checklist),
        *_warnings(services, procedure),
        channels_block(services, procedure),
        documents_block(services, procedure, checklist),
        _steps(services, procedure),
        *_conditions(services, procedure),
    ]
    where = where_to_file(services, procedure)
    facts = [*_results(services, procedure), _facts(services, procedure)]
    last = [*_related(services, procedure, related), _laws(services, procedure), _source(services, procedure)]
    last.append(ft.Container(history_section(procedure.code), key=f"history-{procedure.code}"))
    head = [_column([_head(services, procedure), *withdrawn_note(services, procedure)]), _portal(services, procedure)]
    if not services.desktop:
        return _column([head[0], first[0], head[1], *where, *first[1:], *facts, *last])
    left, right = _column([head[0], *first]), _column([head[1], *where, *facts, *last])
    left.expand, right.expand = 5, 3
    return ft.Row([left, right], spacing=Space.XL, vertical_alignment=ft.CrossAxisAlignment.START)


def _column(content: Sequence[ft.Control]) -> ft.Column:
    return ft.Column(list(content), spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _head(services: Services, procedure: ProcedureDetail) -> ft.Control:
    t = services.text
    chips: list[ft.Control] = [online_chip(t, online=procedure.online)]
    if procedure.levels:
        chips.append(status_chip(ft.Icons.ACCOUNT_BALANCE, level_words(t, procedure.levels), Tone.INFO))
    about = " · ".join(part for part in (procedure.field, t("public_services.code", code=procedure.code)) if part)
    name: ft.Control = banner(procedure.name) if len(procedure.name) < 220 else title(procedure.name)
    return _column(
        [
            ft.Semantics(header=True, content=name),
            ft.Row(chips, spacing=Space.S, run_spacing=Space.XS, wrap=True),
            caption(about),
            ft.Row(
                [
                    ft.Icon(ft.Icons.ACCOUNT_BALANCE_OUTLINED, color=Colour.QUIET, size=Size.ICON_S),
                    ft.Container(body(_short_agencies(services, procedure)), expand=True),
                ],
                spacing=Space.S,
            ),
        ]
    )


def _agencies(procedure: ProcedureDetail) -> list[str]:
    return [each for each in procedure.agencies if not says_nothing(each)]


def _short_agencies(services: Services, procedure: ProcedureDetail) -> str:
    """Name the agencies in a line; some records list dozens, and all stand in the facts below."""
    return procedure_text.cut(", ".join(_agencies(procedure)), _AGENCIES) or _no_agency(services)


def _no_agency(services: Services) -> str:
    return services.text("public_services.no_agency", phone=services.province.contact_phone)


def _share(services: Services, code: str, found: ProcedureDetail | None) -> ft.Control:
    address = f"{services.origin}/procedures/{quote(code)}"
    return icon_button(
        ft.Icons.SHARE,
        services.text("public_services.share"),
        lambda: services.tell(services.text("public_services.shared"), Tone.SUCCESS),
        action=pieces.handed_on(services, f"{found.name}\n{address}" if found else address),
    )


def _copy(services: Services, code: str) -> list[ft.Control]:
    t = services.text
    button = ft.IconButton(
        icon=ft.Icons.CONTENT_COPY,
        tooltip=t("public_services.copy_code"),
        action=ft.CopyToClipboard(code),
        on_click=lambda: services.tell(t("public_services.copied", code=code), Tone.SUCCESS),
    )
    return [ft.MergeSemantics(content=button)]


def _portal(services: Services, procedure: ProcedureDetail) -> ft.Control:
    t = services.text
    url = procedure.source_url if procedure.source_url.startswith(_WEB) else _PORTAL
    button = ft.FilledButton(
        content=t("public_services.portal"),
        icon=ft.Icons.OPEN_IN_NEW,
        action=ft.OpenUrl(url, target=ft.UrlTarget.BLANK),
        height=Size.TARGET,
    )
    return _column([button, caption(t("public_services.portal_why"))])


def _warnings(services: Services, procedure: ProcedureDetail) -> list[ft.Control]:
    """Say what is known to be wrong with the source's record, in plain words."""
    t = services.text
    keys = [f"public_services.flag_{flag}" for flag in procedure.flags]
    said = dict.fromkeys(t(key) if t.has(key) else t("public_services.flag_other") for key in keys)
    if not said:
        return []
    return [pieces.note(t("public_services.warnings"), [body(words) for words in said])]


def where_to_file(services: Services, procedure: ProcedureDetail) -> list[ft.Control]:
    """Show who takes the papers, and the person's own one-stop office where communes carry the procedure out."""
    t = services.text
    said_agencies = "\n".join(_agencies(procedure)) or _no_agency(services)
    lines: list[ft.Control] = [pieces.fact(t("public_services.agencies"), pieces.long_text(said_agencies, 220))]
    if not says_nothing(procedure.reception_address):
        address = pieces.source_pieces(procedure.reception_address, 300)
        lines.append(pieces.fact(t("public_services.reception"), address))
    where = pieces.block(t("public_services.where"), ft.Icons.PLACE_OUTLINED, lines)
    return [where, my_office(services)] if AdminLevel.COMMUNE in procedure.levels else [where]


def _facts(services: Services, procedure: ProcedureDetail) -> ft.Control:
    t = services.text
    facts: list[ft.Control] = []
    authority = "" if procedure.authority.strip(" .") in _agencies(procedure) else procedure.authority
    for words, said in (
        (t("public_services.authority"), authority),
        (t("public_services.coordinating"), procedure.coordinating),
        (t("public_services.audiences"), ", ".join(procedure.audiences)),
        (t("public_services.ministry"), procedure.ministry),
        (t("public_services.decision"), procedure.decision),
        (t("public_services.kind"), procedure.kind),
    ):
        if not says_nothing(said):
            facts.append(pieces.fact(words, pieces.long_text(said, 220)))
    return pieces.block(t("public_services.facts"), ft.Icons.ACCOUNT_BALANCE_OUTLINED, facts)


def _steps(services: Services, procedure: ProcedureDetail) -> ft.Control:
    t = services.text
    said: ft.Control = body(t("public_services.no_steps"), color=Colour.QUIET)
    if not says_nothing(procedure.steps):
        said = pieces.source_pieces(procedure.steps)
    return pieces.block(t("public_services.steps"), ft.Icons.FORMAT_LIST_NUMBERED, [said])


def _conditions(services: Services, procedure: ProcedureDetail) -> list[ft.Control]:
    if says_nothing(procedure.conditions):
        return []
    words = services.text("public_services.conditions")
    return [pieces.block(words, ft.Icons.RULE, [pieces.source_pieces(procedure.conditions)])]


def _results(services: Services, procedure: ProcedureDetail) -> list[ft.Control]:
    names = dict.fromkeys(result.name.strip(" ./;") for result in procedure.results if not says_nothing(result.name))
    if not names:
        return []
    bullets = [pieces.bullet(name) for name in names]
    return [pieces.block(services.text("public_services.results"), ft.Icons.WORKSPACE_PREMIUM_OUTLINED, bullets)]


def _related(services: Services, procedure: ProcedureDetail, related: list[ProcedureSummary]) -> list[ft.Control]:
    """Lead to the procedures that go with this one; what the record itself says stands below them."""
    lines: list[ft.Control] = [_link(services, each) for each in related]
    if not says_nothing(procedure.related):
        lines.append(pieces.source_pieces(procedure.related, 300))
    if not lines:
        return []
    return [pieces.block(services.text("public_services.related"), ft.Icons.ACCOUNT_TREE_OUTLINED, lines)]


def _link(services: Services, procedure: ProcedureSummary) -> ft.Control:
    row = ft.Row(
        [
            ft.Container(body(procedure.name, max_lines=3), expand=True),
            ft.Icon(ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET, size=Size.ICON_S),
        ],
        spacing=Space.S,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    said = services.text("public_services.related_open", name=procedure.name, field=procedure.field)
    box = ft.Container(row, ink=True, border_radius=Radius.S, padding=ft.Padding.symmetric(vertical=Space.S))
    return one_button(said, box, lambda: services.go(f"/procedures/{procedure.code}"))


def _laws(services: Services, procedure: ProcedureDetail) -> ft.Control:
    t = services.text
    found = procedure_text.laws(procedure.legal_basis, procedure.legal_numbers)
    if not found:
        return ft.Container(visible=False)

    def rows(laws: Sequence[Law]) -> list[ft.Control]:
        return [_law(law) for law in laws]

    content = rows(found[:_LAWS])
    if len(found) > _LAWS:
        count = f"+{len(found) - _LAWS}"
        content.append(pieces.fold(t("public_services.more"), count, lambda: rows(found[_LAWS:]), opened=False))
    return pieces.block(t("public_services.laws"), ft.Icons.GAVEL, content)


def _law(law: Law) -> ft.Control:
    lines: list[ft.Control] = [title(law.number, small=True)] if law.number else []
    if law.title:
        lines.append(pieces.long_text(law.title, 220, quiet=bool(law.number)))
    return ft.Column(lines, spacing=2)


def _source(services: Services, procedure: ProcedureDetail) -> ft.Control:
    t = services.text
    lines: list[ft.Control] = [
        body(t("public_services.source", date=t.date(procedure.imported_at.date()))),
        caption(t("public_services.source_why")),
    ]
    if procedure.source_url.startswith(_WEB):
        lines.append(
            ft.TextButton(
                content=t("public_services.source_open"),
                icon=ft.Icons.OPEN_IN_NEW,
                action=ft.OpenUrl(procedure.source_url, target=ft.UrlTarget.BLANK),
            )
        )
    return card(ft.Column(lines, spacing=Space.XS))
