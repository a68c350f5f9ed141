"""Draw the pictures under docs/screens again: every screen on a phone, a tablet and a desktop, light and dark."""

import io
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from client.core.text.vi import VI
from shared.access import Role
from shared.case_states import Status
from tests.api.seeds import items, session
from tests.public_services.proposals import SYNCS, changed_rows
from tests.public_services.rows import jsonl
from tests.support.browser import DESKTOP, PHONE, TABLET, Visitor, chromium
from tests.support.needs import ROOT
from tests.support.people import DEMO, People, expect, people_of
from tests.support.server import Server

TARGET = ROOT / "docs/screens"
SIZES = {"phone": PHONE, "tablet": TABLET, "desktop": DESKTOP}
THEMES = ("light", "dark")
TRIES = 3
SETTLE_MS = 700
GLANCES = 20


@dataclass(frozen=True)
class Screen:
    """A screen, who looks at it, and where it is."""

    name: str
    path: str
    role: Role | None = None


OFFICES = (
    Screen("places", "/places"),
    Screen("places-found", "/places?q=tan+viet"),
    Screen("place", "/places/10813"),
    Screen("place-split", "/places/10528?at=2025-06-30"),
    Screen("offices", "/offices"),
    Screen("office", "/offices/hcc-10525"),
    Screen("hotlines", "/hotlines"),
    Screen("admin-offices", "/admin/offices", Role.EDITOR),
    Screen("admin-office", "/admin/offices/edit/hcc-10525", Role.EDITOR),
    Screen("admin-hotlines", "/admin/hotlines", Role.EDITOR),
)


def screens(people: People) -> list[Screen]:
    """Return every screen of the app, filled with what the demo holds."""
    mine = expect(200, people.demo(Role.CITIZEN).get("/me/feedback"))["items"]
    case = max(mine, key=lambda row: (row["status"] == Status.RESOLVED, row["thumb_url"] is not None))["code"]
    article = items(people, "/news")[0]["slug"]
    _reveal(people, case)
    join = session(people.demo(Role.FACILITATOR))
    return [
        *_looked_up(people),
        *OFFICES,
        Screen("home", "/", Role.CITIZEN),
        Screen("home-stranger", "/"),
        Screen("news", "/news"),
        Screen("article", f"/news/{article}"),
        Screen("public-reports", "/feedback"),
        Screen("map", "/feedback/map"),
        Screen("statistics", "/feedback/statistics"),
        Screen("gate", "/feedback/new", Role.CITIZEN),
        Screen("report", "/feedback/new?practice=1", Role.CITIZEN),
        Screen("my-reports", "/feedback/mine", Role.CITIZEN),
        Screen("case", f"/feedback/{case}", Role.CITIZEN),
        Screen("inbox", "/inbox", Role.CITIZEN),
        Screen("profile", "/profile", Role.CITIZEN),
        Screen("activity", "/me/activity", Role.CITIZEN),
        Screen("sign-in", "/sign-in"),
        Screen("sign-up", "/sign-up"),
        Screen("join", f"/join/{join}", Role.CITIZEN),
        Screen("sessions", "/sessions", Role.FACILITATOR),
        Screen("board", f"/sessions/{join}/board"),
        *_of_staff(people, case),
    ]


def _looked_up(people: People) -> list[Screen]:
    """Return the screens of what people look up."""
    procedure = items(people, "/procedures")[0]["code"]
    document = items(people, "/documents")[-1]["id"]
    return [
        Screen("procedures", "/services"),
        Screen("procedures-of-an-event", "/services?life_event=birth"),
        Screen("procedure", f"/procedures/{procedure}"),
        *_of_dossiers(people),
        Screen("search", "/search?q=c%E1%BA%A9m%20gi%C3%A0ng"),
        Screen("search-urgent", "/search?q=ch%C3%A1y%20nh%C3%A0"),
        Screen("documents", "/documents"),
        Screen("document", f"/documents/{document}"),
    ]


def _of_dossiers(people: People) -> list[Screen]:
    """Return the screens of dossiers, as a follower and as a stranger see them."""
    code = expect(200, people.demo(Role.CITIZEN).get("/me/dossiers"))["items"][0]["code"]
    return [
        Screen("dossiers", "/dossiers", Role.CITIZEN),
        Screen("dossier", f"/dossiers/{code}", Role.CITIZEN),
        Screen("dossier-digits", f"/dossiers/{code}"),
    ]


def _of_staff(people: People, case: str) -> list[Screen]:
    """Return the screens of those who work with it."""
    return [
        Screen("desk", "/desk", Role.OFFICER),
        Screen("desk-case", f"/desk/{case}", Role.OFFICER),
        Screen("desk-dispatcher", "/desk", Role.DISPATCHER),
        Screen("admin", "/admin", Role.ADMINISTRATOR),
        Screen("admin-routing", "/admin/routing", Role.ADMINISTRATOR),
        Screen("admin-deadlines", "/admin/deadlines", Role.ADMINISTRATOR),
        Screen("admin-calendar", "/admin/calendar", Role.ADMINISTRATOR),
        Screen("admin-procedures", "/admin/procedures", Role.EDITOR),
        Screen("admin-proposal", f"/admin/procedures/{_proposal(people)}", Role.EDITOR),
        Screen("admin-locks", "/admin/locks", Role.DISPATCHER),
    ]


def _proposal(people: People) -> str:
    """Return the proposal that the server's own check makes in its first seconds."""
    editor = people.demo(Role.EDITOR)
    while not (found := expect(200, editor.get(SYNCS))["items"]):
        time.sleep(0.5)
    return str(found[0]["id"])


def _reveal(people: People, case: str) -> None:
    """Let a dispatcher look at a name, so that there is something to read about it."""
    reason = {"reason": "Cần gọi điện hẹn giờ đến xem tận nơi."}
    expect(200, people.demo(Role.DISPATCHER).post(f"/desk/feedback/{case}/reveal", reason))


class Studio:
    """One browser on one server; people stay signed in from picture to picture."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self._url = browser, url
        self._signed_in: dict[Role, Any] = {}

    def draw(self, screen: Screen, size: str, theme: str) -> bytes:
        """Return the PNG of a screen."""
        state = self._state(screen.role) if screen.role else None
        visitor = Visitor(self._browser, self._url, SIZES[size], color_scheme=theme, storage_state=state)
        try:
            visitor.open(screen.path)
            return settled(visitor)
        finally:
            visitor.close()

    def patiently(self, screen: Screen, size: str, theme: str) -> bytes:
        """Draw a screen, again when the browser did not answer: one of a hundred pictures may meet a busy machine."""
        for _ in range(TRIES - 1):
            try:
                return self.draw(screen, size, theme)
            except PlaywrightError as error:
                sys.stderr.write(f"once more: {screen.name}, {size}, {theme}: {error.message.splitlines()[0]}\n")
        return self.draw(screen, size, theme)

    def _state(self, role: Role) -> Any:
        if role not in self._signed_in:
            visitor = Visitor(self._browser, self._url)
            visitor.sign_in(DEMO[role])
            self._signed_in[role] = visitor.context.storage_state()
            visitor.close()
        return self._signed_in[role]


def settled(visitor: Visitor) -> bytes:
    """Return the picture of a screen once two glances at it, a moment apart, see the same and nothing loads."""
    before = b""
    for _ in range(GLANCES):
        visitor.page.wait_for_timeout(SETTLE_MS)
        now = visitor.page.screenshot()
        if now == before and not visitor.page.get_by_label(VI["state.loading"]).count():
            break
        before = now
    return now


def small(png: bytes) -> bytes:
    """Return the same picture in 256 colours: a third of the size, and nobody sees it."""
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _server(folder: Path) -> Server:
    """Return a server whose source of procedures differs from the demo in a few."""
    source = jsonl(folder / "thu-tuc.jsonl", *changed_rows())
    environment = {"SMARTHD_PROCEDURES_URL": str(source), "SMARTHD_PROCEDURES_EVERY": "24"}
    return Server(folder / "data", environment=environment)


def main(wanted: list[str]) -> None:
    """Draw the screens with these names, or all of them."""
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as server:
        with people_of(server.url) as people:
            wanted_screens = [screen for screen in screens(people) if not wanted or screen.name in wanted]
        with chromium() as browser:
            studio = Studio(browser, server.url)
            for screen in wanted_screens:
                for size in SIZES:
                    for theme in THEMES:
                        target = TARGET / f"{screen.name}-{size}-{theme}.png"
                        target.parent.mkdir(parents=True, exist_ok=True)
                        target.write_bytes(small(studio.patiently(screen, size, theme)))
                        sys.stdout.write(f"{target.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
