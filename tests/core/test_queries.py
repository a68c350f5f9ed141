"""Lists stay fast as they grow: every one reads by an index, and many rows ask the database no more than few."""

import random
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from backend.accounts.models import Account
from backend.core import clock
from backend.core.database import Database
from backend.core.jobs import Job, _due
from backend.core.tables import new_id
from backend.feedback.models import Category, Feedback
from backend.notifications.models import Notice
from shared.access import Role
from shared.case_states import Status
from shared.feedback import Level
from shared.notifications import NoticeKind
from tests.feedback.test_state_table import REPORT
from tests.support.people import People, Person, expect
from tests.support.pictures import jpeg
from tests.support.plans import LARGE, recorded, scans

PUBLIC = ["", "?category=dien", "?status=closed", "?unit=so-y-te", "?category=dien&status=closed", "?q=den+tat"]
DISPATCHER = ["", "?sort=newest", "/counts", *(f"?queue={name}" for name in ("new", "overdue", "waiting", "resolved"))]
OFFICER = ["", "/counts", *(f"?queue={name}" for name in ("mine", "unit", "due_soon", "overdue", "resolved"))]
# Most cases of a real installation are closed.
LIKELY = {Status.CLOSED: 800, Status.NEW: 5, Status.ASSIGNED: 5, Status.IN_PROGRESS: 5, Status.RESOLVED: 5}


def notice_of(account_id: UUID, *, read: bool = False) -> Notice:
    """Return a notice of somebody."""
    moment = clock.now()
    return Notice(
        id=new_id(), account_id=account_id, cause=new_id(), kind=NoticeKind.CASE_MOVED, event="accept",
        code="PA-260101-0000", subject="Đèn tắt", path="/", created_at=moment, read_at=moment if read else None,
    )  # fmt: skip


def fill(session: Session, cases: int) -> None:
    """Put in what a few months bring."""
    dice, moment = random.Random(20261123), clock.now()
    people = session.exec(select(Account.id)).all()
    categories = session.exec(select(Category)).all()

    def case(number: int) -> Feedback:
        category, due = dice.choice(categories), moment + timedelta(hours=dice.randrange(-3_000, 300))
        status = dice.choices(list(Status), [LIKELY.get(status, 2) for status in Status])[0]
        return Feedback(
            id=new_id(), code=f"PA-260101-{number:04d}", reporter_id=dice.choice(people), category_code=category.code,
            title="Đèn tắt", description="Đèn đường tắt ba đêm nay.", folded="den duong tat ba dem nay", lat=20.9,
            lon=106.3, public=dice.random() < 0.8, show_name=False, blur_place=False, practice=False, status=status,
            level=Level.NORMAL, unit_code=category.unit_code, officer_id=dice.choice(people), created_at=moment,
            accept_by=due, first_due_at=due, due_at=due, moved_at=due,
        )  # fmt: skip

    def job(dead: bool) -> Job:
        wait = timedelta(seconds=dice.randrange(9_000))
        return Job(
            id=new_id(), kind="x", payload={}, run_at=moment + wait, created_at=moment, dead_at=moment if dead else None
        )

    session.add_all(case(number) for number in range(cases))
    session.add_all(notice_of(dice.choice(people), read=number % 10 > 0) for number in range(cases))
    session.add_all(job(number % 10 > 0) for number in range(cases))


def lists(people: People) -> list[tuple[Person, str]]:
    """Return every list of the main job, with who asks for it."""
    citizen, dispatcher, officer = (people.demo(role) for role in (Role.CITIZEN, Role.DISPATCHER, Role.OFFICER))
    return [
        *((citizen, f"/feedback{query}") for query in PUBLIC),
        *((citizen, path) for path in ("/me/feedback", "/me/notifications", "/me/notifications/unread-count")),
        *((dispatcher, f"/desk/feedback{query}") for query in DISPATCHER),
        *((officer, f"/desk/feedback{query}") for query in OFFICER),
    ]


def test_every_list_and_the_worker_read_by_an_index(people: People, database: Database) -> None:
    asked = lists(people)
    with database.transaction() as session:
        fill(session, 3_000)
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    wrong = []
    with recorded(database) as seen:
        for person, path in asked:
            seen.clear()
            page = expect(200, person.get(path))
            if isinstance(page, dict) and page.get("next_cursor"):
                more = f"{path}{'&' if '?' in path else '?'}cursor={page['next_cursor']}"
                assert expect(200, person.get(more))["items"], more
            reads = [each for each in seen if re.search(rf"FROM ({'|'.join(LARGE)})\b", each[0])]
            assert reads, path
            wrong += [
                (path, line, statement) for statement, values in reads for line in scans(database, statement, values)
            ]
    with recorded(database) as seen, database.reading() as session:
        session.exec(_due()).all()
    ((claim, values),) = seen
    wrong += [("a worker's claim", line, claim) for line in scans(database, claim, values)]
    assert not wrong, "\n".join(map(str, wrong))


def test_many_rows_ask_no_more_than_few(people: People, database: Database, drain: Callable[[], int]) -> None:
    """Five rows and fifty, each with a photo: the same number of questions to the database."""
    asked = lists(people)
    citizen, photo = asked[0][0], jpeg(64, 48)
    me = UUID(citizen.get("/me").json()["id"])

    def report(count: int) -> None:
        for _ in range(count):
            expect(201, citizen.post("/feedback", {**REPORT, "file_ids": [citizen.upload(photo)]}))

    def counts() -> dict[str, int]:
        found = {}
        drain()
        with recorded(database) as seen:
            for person, path in asked:
                expect(200, person.get(path))
                seen.clear()
                expect(200, person.get(f"{path}{'&' if '?' in path else '?'}limit=100"))
                found[f"{person.phone} {path}"] = len(seen)
        return found

    def tell(count: int) -> None:
        with database.transaction() as session:
            session.add_all(notice_of(me) for _ in range(count))

    report(5)
    tell(5)
    few = counts()
    report(15)
    tell(45)
    with database.transaction() as session:
        for case in session.exec(select(Feedback).where(col(Feedback.reporter_id) == me).limit(10)):
            case.public = False
            session.add(case)
    many = counts()
    # A search looks among the newest, then in the index, then at what that found: three steps, however many rows.
    assert {path: n for path, n in many.items() if "?q=" not in path} == {
        p: n for p, n in few.items() if "?q=" not in p
    }
    assert max(*few.values(), *many.values()) <= 3, (few, many)


def test_a_long_story_asks_no_more_than_a_short_one(people: People, database: Database) -> None:
    citizen, dispatcher = people.sign_up(), people.demo(Role.DISPATCHER)
    code = expect(201, citizen.post("/feedback", {**REPORT, "file_ids": [citizen.upload(jpeg(64, 48))]}))["code"]

    def asked() -> int:
        with recorded(database) as seen:
            expect(200, dispatcher.get(f"/desk/feedback/{code}"))
            expect(200, citizen.get(f"/feedback/{code}"))
        return len(seen)

    asked()
    expect(201, dispatcher.post(f"/desk/feedback/{code}/notes", {"text": "Đã gọi."}))
    few = asked()
    for number in range(5):
        files = [dispatcher.upload(jpeg(64, 48))]
        expect(201, dispatcher.post(f"/desk/feedback/{code}/replies", {"text": f"Lời {number}.", "file_ids": files}))
    assert asked() == few <= 8
