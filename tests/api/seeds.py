"""Something real behind every kind of id, so that a try with it gets past "not there"."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from backend.features import PROPOSALS
from shared.access import Role
from shared.onboarding import Mission
from tests.support.people import API, People, Person, expect
from tests.support.pictures import jpeg

DOSSIERS = ["000.00.01.H23-261028-0009", "H23.150-20261120-0000398"]
"""Of the demo, with the last digits of its citizen's phone; everybody follows them."""


@dataclass
class Seeds:
    """Ids that exist, and the tokens of everybody."""

    bearers: dict[Role | None, dict[str, str]]
    cases: list[str] = field(default_factory=list)
    own: dict[Role | None, str] = field(default_factory=dict)
    own_files: dict[Role | None, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    procedures: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    missions: list[str] = field(default_factory=list)
    locks: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    dossiers: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    hotlines: list[str] = field(default_factory=list)
    syncs: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    queries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def path_parameters(self, path: str) -> list[dict[str, str]]:
        """Return what may stand in a path; empty when there is nothing to fill in."""
        if "{" not in path:
            return []
        known = {
            "/news/{": ("slug", self.articles),
            "/syncs/{": ("sync_id", self.syncs),
            "/procedures/{": ("code", self.procedures),
            "/documents/{": ("document_id", self.documents),
            "/places/{": ("code", self.places),
            "/files/{": (path.partition("/files/{")[2].partition("}")[0], self.files),
            "/feedback/{": ("code", self.cases),
            "/sessions/{": ("code", self.sessions),
            "/locks/{": ("lock_id", self.locks),
            "/words/{": ("word_id", self.words),
            "/routing/{": ("rule_id", self.routes),
            "/deadlines/{": ("rule_id", self.deadlines),
            "/calendar/{": ("day", self.days),
            "/units/{": ("code", self.units),
            # Another than those that are followed no more after a try.
            "/me/dossiers/{": ("code", self.dossiers[:1]),
            "/dossiers/{": ("code", self.dossiers[1:]),
            "/read-code/{": ("key", self.keys),
            "/offices/{": ("code", self.offices),
            "/hotlines/{": ("number", self.hotlines),
        }
        name, values = next(found for part, found in known.items() if part in path)
        ids = [{name: value} for value in values]
        if "/changes/{" in path:
            return [{**each, "code": code} for each in ids for code in self.changes]
        return (
            [{**each, "mission": mission} for each in ids for mission in self.missions] if "{mission}" in path else ids
        )

    def own_parameters(self, path: str, role: Role | None) -> list[dict[str, str]]:
        """Return what of this person's own may stand in a path; empty where nothing is."""
        if "/feedback/{" in path and role in self.own:
            return [{"code": self.own[role]}]
        return [{"file_id": self.own_files[role]}] if "/files/{" in path and role in self.own_files else []


def plant(people: People) -> Seeds:
    """Let the demo's people do one of everything."""
    everybody = {role: people.demo(role) for role in Role}
    seeds = Seeds(bearers={None: {}, **{role: person.bearer for role, person in everybody.items()}})
    citizen, dispatcher, officer = (everybody[role] for role in (Role.CITIZEN, Role.DISPATCHER, Role.OFFICER))
    unit = officer.get("/me").json()["unit"]["code"]
    new, accepted, assigned, resolved = (report(citizen) for _ in range(4))
    move(dispatcher, accepted, {"move": "accept"})
    for code in (assigned, resolved):
        move(dispatcher, code, {"move": "assign", "unit": unit})
    proof = officer.upload(jpeg(320, 240))
    move(officer, resolved, {"move": "resolve", "text": "Đã xong.", "proof_file_ids": [proof]})
    seeds.cases = [new, accepted, assigned, resolved]
    # Everybody may report, so everybody has a case of her own to move.
    seeds.own = {role: report(person) for role, person in everybody.items()}
    category = expect(200, citizen.get("/feedback/categories"))[0]["code"]
    place = {"lat": 20.9373, "lon": 106.3146}
    seeds.queries = {
        f"{API}/feedback/expectation": {"category": category, **place},
        f"{API}/feedback/nearby": place,
        f"{API}/places/at": place,
        f"{API}/feedback/map": {"bbox": "106.2,20.8,106.5,21.1", "zoom": 12},
    }
    seeds.own_files = {role: person.upload(jpeg(64, 48)) for role, person in everybody.items()}
    seeds.files = [proof, citizen.upload(jpeg(320, 240))]
    expect(200, dispatcher.post(f"/desk/feedback/{report(people.sign_up())}/lock", {"days": 1, "reason": "Thử."}))
    seeds.locks = [row["id"] for row in expect(200, dispatcher.get("/desk/locks"))["items"]]
    administrator = everybody[Role.ADMINISTRATOR]
    expect(201, administrator.post("/desk/words", {"words": "lời thử nghiệm"}))
    seeds.words = [row["id"] for row in expect(200, administrator.get("/desk/words"))]
    administer(seeds, administrator, unit)
    follow(seeds, everybody.values())
    look_up(seeds, people, everybody[Role.EDITOR])
    seeds.sessions, seeds.missions = [session(everybody[Role.FACILITATOR])], [Mission.READ_NEWS, Mission.SIGN_UP]
    return seeds


def follow(seeds: Seeds, everybody: Iterable[Person]) -> None:
    """Let everybody follow some dossiers of the demo."""
    seeds.dossiers = DOSSIERS
    for person in everybody:
        for code in DOSSIERS:
            expect(200, person.post(f"/dossiers/{code}/follow", {"phone_last4": "0001"}))


def look_up(seeds: Seeds, people: People, editor: Person) -> None:
    """Name what anybody may look up, and a proposal of the catalogue's."""
    seeds.keys = ["5e" * 16]
    assert people.client.put(f"{API}/dossiers/read-code/{seeds.keys[0]}", content=jpeg(64, 48)).status_code == 204
    seeds.queries[f"{API}/search"] = {"q": "đăng ký khai sinh"}
    seeds.articles = [row["slug"] for row in items(people, "/news")[:2]]
    seeds.procedures = [row["code"] for row in items(people, "/procedures")[:2]]
    seeds.documents = [row["id"] for row in items(people, "/documents")[:2]]
    seeds.places = [row["code"] for row in items(people, "/places")[:2]]
    seeds.syncs, seeds.changes = [proposal(people, editor)], ["9.000001"]
    seeds.queries[f"{API}/desk/procedures/syncs/{{sync_id}}/changes"] = {"kind": "new"}


def administer(seeds: Seeds, administrator: Person, unit: str) -> None:
    """Make one of each rule."""
    rule = {"category": None, "place": "10525", "unit": unit}
    seeds.routes = [expect(201, administrator.post("/desk/routing", rule))["id"]]
    hours = {"level": "normal", "category": None, "unit": unit, "accept_hours": 4, "due_hours": 16}
    seeds.deadlines = [expect(201, administrator.post("/desk/deadlines", hours))["id"]]
    day = {"day": "2027-03-26", "kind": "off", "note": "Ngày Chuyển đổi số của tỉnh"}
    seeds.days = [expect(201, administrator.post("/desk/calendar", day))["day"]]
    seeds.units = [unit]
    seeds.offices = [row["code"] for row in expect(200, administrator.get("/desk/offices"))["items"][:2]]
    seeds.hotlines = [row["number"] for row in expect(200, administrator.get("/desk/hotlines"))[-2:]]


def proposal(people: People, editor: Person) -> str:
    """Propose a catalogue of one new procedure, as the command does; return the proposal's id."""
    database = people.client.app.state.database  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tthc.jsonl"
        path.write_text('{"ma": "9.000001", "ten": "Đăng ký nuôi rùa vàng"}\n', encoding="utf-8")
        PROPOSALS["procedures"](database, [path])
    found: str = expect(200, editor.get("/desk/procedures/syncs"))["items"][0]["id"]
    return found


def report(citizen: Person, **changes: Any) -> str:
    """Send a report; return its code."""
    category = expect(200, citizen.get("/feedback/categories"))[0]["code"]
    draft = {
        "category": category,
        "description": "Ổ gà lớn trước cổng chợ, xe máy dễ ngã.",
        "lat": 20.9373,
        "lon": 106.3146,
        **changes,
    }
    code: str = expect(201, citizen.post("/feedback", draft))["code"]
    return code


def move(staff: Person, code: str, wish: dict[str, Any]) -> None:
    """Make a move on the case as it stands."""
    tag = staff.get(f"/desk/feedback/{code}").headers["etag"]
    expect(200, staff.post(f"/desk/feedback/{code}/moves", wish, headers={"If-Match": tag}))


def items(people: People, path: str) -> list[dict[str, Any]]:
    """Return the first page of a public list."""
    found: list[dict[str, Any]] = expect(200, people.client.get(f"{API}{path}"))["items"]
    return found


def session(facilitator: Person) -> str:
    """Open an onboarding session that runs now; return its join code."""
    moment = datetime.now(UTC)
    draft = {
        "title": "Ngày hội chuyển đổi số",
        "place": "Nhà văn hóa Thanh Hà",
        "team": "Tổ công nghệ số",
        "starts_at": (moment - timedelta(hours=1)).isoformat(),
        "ends_at": (moment + timedelta(hours=3)).isoformat(),
        "target": 50,
    }
    code: str = expect(201, facilitator.post("/onboarding/sessions", draft))["code"]
    return code
