"""The verbs of staff: the queue, the moves of the state table, replies and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from backend.accounts import service as accounts
from backend.core import clock
from backend.core.access import Actor
from backend.core.cache import changed
from backend.core.errors import Forbidden, Invalid, NotFound, Stale
from backend.core.events import emit
from backend.core.pages import PageRequest, as_page
from backend.feedback import merging, queries, search, story, views
from backend.feedback.events import FeedbackAnswered, ReporterRevealed
from backend.feedback.models import Feedback, Template
from backend.feedback.parties import parties
from backend.files import service as files
from backend.files.service import Pictures
from shared import case_moves
from shared import feedback as contract
from shared.access import Permission
from shared.administration import LockDraft
from shared.base import VIETNAM
from shared.case_states import MoveKind, Party
from shared.errors import ErrorCode
from shared.feedback import Audience
from shared.pages import Page

DISPATCHER_QUEUES = ("new", "held", "accepted", "overdue", "waiting", "planned", "escalated", "resolved")
HANDLER_QUEUES = ("mine", "unit", "due_soon", "overdue", "waiting", "planned", "escalated", "resolved")


def queues(actor: Actor) -> Sequence[str]:
    """Return the entries of this person's desk menu."""
    return DISPATCHER_QUEUES if actor.may(Permission.DISPATCH) else HANDLER_QUEUES


def queue(
    session: Session,
    actor: Actor,
    name: str,
    filters: queries.Filters,
    page: PageRequest,
    *,
    newest: bool,
    pictures: Pictures,
) -> Page[contract.FeedbackSummary]:
    """Return the cases of one queue that this person may handle, those due first at the top (or the newest)."""
    behind = queries.queue(name, actor)
    if behind is None:
        raise Invalid.field("queue", ErrorCode.INVALID, "no such queue")
    unit = None if actor.may(Permission.SEE_ALL_CASES) else actor.unit
    words = search.for_staff(session, filters, unit=unit, only_open=name != "all")
    where = [queries.handled_by(actor), behind, *filters.where(), *words]
    known = views.lists(session)
    statement = queries.newest(where, page) if newest else queries.most_pressing(where, page)
    return as_page(
        session.scalars(statement).all(),
        page,
        lambda case: views.summary(case, known, pictures, party=True),
        lambda case: (case.id,) if newest else (case.due_at, case.id),
    )


def counts(session: Session, actor: Actor) -> list[contract.QueueCount]:
    """Return how many cases stand in each queue of this person's menu."""
    names = queues(actor)
    found = queries.queue_counts(session, actor, names)
    return [contract.QueueCount(queue=name, count=count) for name, count in zip(names, found, strict=True)]


def read(session: Session, actor: Actor, code: str, pictures: Pictures) -> contract.DeskDetail:
    """Return a whole case to staff; raises NotFound for another unit's."""
    return views.desk_detail(session, _handled(session, actor, code), actor, pictures)


def _handled(session: Session, actor: Actor, code: str, *, lock: bool = False) -> Feedback:
    case = queries.by_code(session, code, queries.handled_by(actor), lock=lock)
    if case is None:
        raise NotFound("no such case")
    return case


@dataclass(frozen=True)
class Moving:
    """What a staff move works with."""

    session: Session
    actor: Actor
    case: Feedback
    party: Party

    def make(self, kind: MoveKind, **entry: Any) -> None:
        """Make the move."""
        story.move(self.session, self.case, kind, party=self.party, actor_id=self.actor.id, **entry)


def move(
    session: Session, actor: Actor, code: str, wish: case_moves.Move, version: int | None, pictures: Pictures
) -> contract.DeskDetail:
    """Move a case by the state table.

    Raises Stale when it changed since `version` (None: any), IllegalMove, or Invalid with the field. Whoever hands a
    case to another unit still gets it back in the answer, as it left.
    """
    if isinstance(wish, case_moves.Merge):
        queries.pair(session, [code, wish.into])
    case = _handled(session, actor, code, lock=True)
    if version is not None and version != case.version:
        raise Stale("the case has changed; read it again")
    party = story.party_for(actor, case, wish.move)
    _MAKERS[type(wish)](Moving(session, actor, case, party), wish)
    return views.desk_detail(session, case, actor, pictures)


def _plain(on: Moving, wish: case_moves.Accept | case_moves.Release | case_moves.Start) -> None:
    if wish.move is MoveKind.START and on.case.officer_id is None:
        on.case.officer_id = on.actor.id
    on.make(wish.move)


def _split(on: Moving, _: case_moves.Split) -> None:
    merging.split(on.session, on.case, on.party, on.actor.id)


def _worded(on: Moving, wish: case_moves.Return | case_moves.Escalate | case_moves.Close | case_moves.Hold) -> None:
    audience = Audience.CITIZEN if wish.move is MoveKind.CLOSE else Audience.STAFF
    on.make(wish.move, text=wish.text, audience=audience)


def _ask(on: Moving, wish: case_moves.Ask) -> None:
    on.make(MoveKind.ASK, text=wish.text, audience=Audience.CITIZEN)


def _assign(on: Moving, wish: case_moves.Assign) -> None:
    _to_unit(on, wish.unit)
    if wish.officer is not None:
        if wish.officer not in accounts.handlers(on.session, wish.unit):
            raise Invalid.field("officer", ErrorCode.INVALID, "not an officer of this unit")
        on.case.officer_id = wish.officer
    on.make(MoveKind.ASSIGN)


def _transfer(on: Moving, wish: case_moves.Transfer) -> None:
    if wish.unit == on.case.unit_code:
        raise Invalid.field("unit", ErrorCode.INVALID, "this unit has the case already")
    _to_unit(on, wish.unit)
    on.make(MoveKind.TRANSFER, text=wish.text, audience=Audience.CITIZEN)


def _to_unit(on: Moving, code: str) -> None:
    try:
        accounts.unit(on.session, code)
    except NotFound as error:
        raise Invalid.field("unit", ErrorCode.UNKNOWN_UNIT, "no such unit") from error
    on.case.unit_code, on.case.officer_id = code, None


def _refuse(on: Moving, wish: case_moves.Refuse) -> None:
    if on.session.get(Template, wish.reason_code) is None:
        raise Invalid.field("reason_code", ErrorCode.INVALID, "no such reason")
    on.make(MoveKind.REFUSE, text=wish.text, facts={"reason_code": wish.reason_code})


def _plan(on: Moving, wish: case_moves.Plan) -> None:
    if wish.date <= clock.now().astimezone(VIETNAM).date():
        raise Invalid.field("date", ErrorCode.INVALID, "the date must lie ahead")
    on.case.planned_on = wish.date
    on.make(MoveKind.PLAN, text=wish.text, planned_on=wish.date)


def _resolve(on: Moving, wish: case_moves.Resolve) -> None:
    files.claim(on.session, on.actor.id, wish.proof_file_ids, public=on.case.public, field="proof_file_ids")
    on.case.officer_id = on.case.officer_id or on.actor.id
    on.make(MoveKind.RESOLVE, text=wish.text, files=wish.proof_file_ids)


def _merge(on: Moving, wish: case_moves.Merge) -> None:
    target = merging.main_case(on.session, on.actor, on.case, wish.into)
    merging.merge(on.session, on.actor, on.case, target, wish.text, on.party)


_MAKERS: dict[type[Any], Any] = {
    case_moves.Accept: _plain,
    case_moves.Split: _split,
    case_moves.Release: _plain,
    case_moves.Start: _plain,
    case_moves.Return: _worded,
    case_moves.Escalate: _worded,
    case_moves.Close: _worded,
    case_moves.Hold: _worded,
    case_moves.Ask: _ask,
    case_moves.Assign: _assign,
    case_moves.Transfer: _transfer,
    case_moves.Refuse: _refuse,
    case_moves.Plan: _plan,
    case_moves.Resolve: _resolve,
    case_moves.Merge: _merge,
}


def reply(session: Session, actor: Actor, code: str, wish: case_moves.Reply, pictures: Pictures) -> contract.DeskDetail:
    """Write to the citizen without moving the case."""
    case, party = _writing(session, actor, code)
    files.claim(session, actor.id, wish.file_ids, public=False, field="file_ids")
    line = story.append(
        session,
        case,
        "reply",
        party=party,
        actor_id=actor.id,
        text=wish.text,
        audience=Audience.CITIZEN,
        files=wish.file_ids,
    )
    emit(session, FeedbackAnswered(str(case.id), str(line.id)), actor_id=actor.id)
    changed(session, story.TOPIC)
    return views.desk_detail(session, case, actor, pictures)


def note(session: Session, actor: Actor, code: str, wish: case_moves.Note, pictures: Pictures) -> contract.DeskDetail:
    """Write to colleagues."""
    case, party = _writing(session, actor, code)
    story.append(session, case, "note", party=party, actor_id=actor.id, text=wish.text, audience=Audience.STAFF)
    return views.desk_detail(session, case, actor, pictures)


def _writing(session: Session, actor: Actor, code: str) -> tuple[Feedback, Party]:
    """Words change no state, so they ask for no version; two people may write at once and lose nothing."""
    case = _handled(session, actor, code, lock=True)
    staff = parties(actor, case) - {Party.CITIZEN}
    if not staff:
        raise Forbidden("you have no part in this case")
    case.version += 1
    session.add(case)
    return case, sorted(staff, key=list(Party).index)[0]


def reveal(
    session: Session, actor: Actor, code: str, wish: case_moves.Reveal, pictures: Pictures
) -> contract.DeskDetail:
    """Have the sender's name and phone shown to those who handle the case; she reads who, when and why."""
    case = _handled(session, actor, code, lock=True)
    if not case.show_name:
        case.revealed_at = case.revealed_at or clock.now()
        case.version += 1
        session.add(case)
        line = story.append(
            session,
            case,
            "reveal",
            party=Party.DISPATCHER,
            actor_id=actor.id,
            text=wish.reason,
            audience=Audience.CITIZEN,
            unit=actor.unit,
        )
        accounts.note_activity(session, case.reporter_id, "reveal", actor, code=case.code, text=wish.reason)
        emit(session, ReporterRevealed(str(case.id), str(line.id)), actor_id=actor.id)
    return views.desk_detail(session, case, actor, pictures)


def lock(session: Session, actor: Actor, code: str, wish: LockDraft, pictures: Pictures) -> contract.DeskDetail:
    """Keep the sender of a case from sending more for some days, with a reason that she reads."""
    case = _handled(session, actor, code, lock=True)
    accounts.lock(session, actor, case.reporter_id, case.code, wish)
    story.append(
        session,
        case,
        "lock",
        party=Party.DISPATCHER,
        actor_id=actor.id,
        text=wish.reason,
        audience=Audience.STAFF,
        unit=actor.unit,
    )
    return views.desk_detail(session, case, actor, pictures)


def templates(session: Session) -> list[contract.Template]:
    """Return the ready reasons for a refusal."""
    return [contract.Template(code=row.code, text=row.text) for row in queries.templates(session)]
