"""What has happened to a report, the newest at the top, with before and after where it was done."""

from collections.abc import Sequence

import flet as ft

from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space
from client.feedback.case_due import moved_words
from client.feedback.gallery import before_and_after, gallery
from client.feedback.states import entry_look, entry_words
from client.ui.forms import link_button
from client.ui.status import Step, stars, timeline
from client.ui.text import body, caption
from shared.case_states import MoveKind, Party
from shared.feedback import Audience, Entry, FeedbackDetail
from shared.files import FileKind, FileRef

_SUBMIT = "submit"


def story(services: Services, case: FeedbackDetail) -> ft.Control:
    """Show the story of a report."""
    newest_first = sorted(case.story, key=lambda entry: entry.at, reverse=True)
    return timeline([_step(services, case, entry) for entry in newest_first])


def _step(services: Services, case: FeedbackDetail, entry: Entry) -> Step:
    t = services.text
    look = entry_look(entry)
    named = entry.unit.name if entry.unit and entry.kind in (MoveKind.RESOLVE, MoveKind.START, MoveKind.ASK) else ""
    when = " · ".join(part for part in (t.ago(entry.at), named) if part)
    return Step(look.icon, look.tone, _words(t, entry), when, _detail(services, case, entry))


def _words(t: Text, entry: Entry) -> str:
    own = f"feedback.own_{entry.kind}"
    if entry.mine and t.has(own):
        return t(own)
    by_itself = f"feedback.system_{entry.kind}"
    return t(by_itself) if entry.party is Party.SYSTEM and t.has(by_itself) else entry_words(t, entry)


def _detail(services: Services, case: FeedbackDetail, entry: Entry) -> list[ft.Control]:
    t = services.text
    parts: list[ft.Control] = []
    if entry.kind == MoveKind.RATE and case.rating is not None:
        parts.append(stars(case.rating.score))
    # The sender's own words and photos stand above, as the report itself.
    if entry.kind != _SUBMIT:
        if entry.text:
            parts.append(_quote(entry.text))
        parts += _pictures(t, case, entry)
    moved = moved_words(t, entry)
    if moved:
        parts.append(_moved(moved))
    if entry.about:
        parts.append(_other(services, entry.about))
    if entry.audience is Audience.CITIZEN:
        parts.append(_private(t))
    return parts


def _quote(words: str) -> ft.Control:
    return ft.Container(body(words), bgcolor=ft.Colors.SURFACE_CONTAINER_HIGH, border_radius=Radius.M, padding=Space.M)


def _pictures(t: Text, case: FeedbackDetail, entry: Entry) -> list[ft.Control]:
    if not entry.files:
        return []
    before, after = _first_seen(case.files), _first_seen(entry.files)
    if entry.kind != MoveKind.RESOLVE or before is None or after is None:
        return [gallery(entry.files, t("feedback.pictures"))]
    names = t("feedback.before"), t("feedback.after", when=t.moment(entry.at))
    rest = [file for file in entry.files if file is not after]
    pair = before_and_after(before, after, names)
    return [pair, *([gallery(rest, t("feedback.pictures"))] if rest else [])]


def _first_seen(files: Sequence[FileRef]) -> FileRef | None:
    return next((file for file in files if file.kind is not FileKind.DOCUMENT), None)


def _moved(words: str) -> ft.Control:
    sign = ft.Icon(ft.Icons.UPDATE, size=Size.ICON_S, color=Colour.QUIET)
    return ft.Row([sign, ft.Container(caption(words), expand=True)], spacing=Space.XS)


def _other(services: Services, code: str) -> ft.Control:
    return ft.Row([link_button(code, lambda: services.go(f"/feedback/{code}"), icon=ft.Icons.ARROW_FORWARD)])


def _private(t: Text) -> ft.Control:
    sign = ft.Icon(ft.Icons.LOCK_OUTLINE, size=Size.ICON_S, color=Colour.QUIET)
    return ft.Row([sign, caption(t("feedback.story_private"))], spacing=Space.XS)
