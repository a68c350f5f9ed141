"""The verbs of onboarding: open a session, join it, do missions, show the hall how it goes."""

import secrets
from contextlib import suppress
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from backend.core import clock
from backend.core.access import Actor
from backend.core.errors import Conflict, Invalid, NotFound, Unavailable
from backend.core.pages import PageRequest, as_page
from backend.onboarding import queries
from backend.onboarding.models import MissionDone, OnboardingSession, Participant
from shared import onboarding as contract
from shared.errors import ErrorCode
from shared.onboarding import Mission
from shared.pages import Page

_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without signs that are mistaken for each other when read aloud in a hall."""

SAID_BY_THE_PERSON = frozenset({Mission.READ_NEWS, Mission.LOOK_UP_PROCEDURE, Mission.TURN_ON_NOTICES})
"""Missions that only the client can see being done; the others are ticked by what the server sees happen."""


class SessionOver(Conflict):
    """The session has ended."""

    code = ErrorCode.SESSION_OVER


def create(session: Session, actor: Actor, draft: contract.SessionDraft) -> contract.SessionSummary:
    """Open a session; raises Invalid when it ends before it starts."""
    if draft.ends_at <= draft.starts_at:
        raise Invalid.field("ends_at", ErrorCode.INVALID, "ends before it starts")
    row = OnboardingSession(
        code=_new_code(session),
        facilitator_id=actor.id,
        title=draft.title,
        place=draft.place,
        team=draft.team,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        target=draft.target,
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return _show(row, 0)


def _new_code(session: Session) -> str:
    for _ in range(20):
        code = "".join(secrets.choice(_SIGNS) for _ in range(6))
        if queries.by_code(session, code) is None:
            return code
    raise Unavailable("no free code was found")


def _show(row: OnboardingSession, joined: int) -> contract.SessionSummary:
    return contract.SessionSummary(
        id=row.id,
        code=row.code,
        title=row.title,
        place=row.place,
        team=row.team,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        target=row.target,
        joined=joined,
        over=row.ends_at <= clock.now(),
    )


def own(session: Session, actor: Actor, page: PageRequest) -> Page[contract.SessionSummary]:
    """Return the facilitator's sessions, the newest first."""
    rows = session.scalars(queries.of_facilitator(actor.id, page)).all()
    counts = queries.joined(session, [row.id for row in rows])
    return as_page(rows, page, lambda row: _show(row, counts.get(row.id, 0)), lambda row: (row.id,))


def _found(session: Session, code: str) -> OnboardingSession:
    row = queries.by_code(session, code.upper())
    if row is None:
        raise NotFound("no such session")
    return row


def read(session: Session, code: str) -> contract.SessionSummary:
    """Return a session by its code, in any case of letters."""
    row = _found(session, code)
    return _show(row, queries.joined(session, [row.id]).get(row.id, 0))


def join(session: Session, actor: Actor, code: str) -> contract.Participation:
    """Join, once however often it is asked. Having signed up is the first mission. Raises SessionOver."""
    row = _found(session, code)
    part = queries.participant(session, row.id, actor.id)
    if part is None:
        if row.ends_at <= clock.now():
            raise SessionOver("this session has ended")
        part = _joined(session, row, actor)
        _tick(session, part, Mission.SIGN_UP)
    return _participation(session, row, part)


def _joined(session: Session, row: OnboardingSession, actor: Actor) -> Participant:
    """Join; a twin of this request (a button that was tapped twice) may be faster, and then it did it."""
    part = Participant(session_id=row.id, account_id=actor.id, joined_at=clock.now())
    try:
        with session.begin_nested():
            session.add(part)
    except IntegrityError:
        twin = queries.participant(session, row.id, actor.id)
        if twin is None:
            raise
        return twin
    return part


def participation(session: Session, actor: Actor, code: str) -> contract.Participation:
    """Return this person's way through the session; raises NotFound when she has not joined."""
    row = _found(session, code)
    part = queries.participant(session, row.id, actor.id)
    if part is None:
        raise NotFound("not joined")
    return _participation(session, row, part)


def do(session: Session, actor: Actor, code: str, mission: Mission) -> contract.Participation:
    """Tick a mission that the client saw being done; raises Invalid for one that only the server can tick."""
    if mission not in SAID_BY_THE_PERSON:
        raise Invalid.field("mission", ErrorCode.INVALID, "this mission is ticked by doing it")
    row = _found(session, code)
    part = queries.participant(session, row.id, actor.id)
    if part is None:
        raise NotFound("not joined")
    if row.ends_at <= clock.now():
        raise SessionOver("this session has ended")
    _tick(session, part, mission)
    return _participation(session, row, part)


def practised(session: Session, account_id: UUID) -> None:
    """Tick the practice report in every running session of this person."""
    for part in queries.running(session, account_id, clock.now()):
        _tick(session, part, Mission.PRACTICE_REPORT)


def _tick(session: Session, part: Participant, mission: Mission) -> None:
    if session.get(MissionDone, (part.id, mission)) is None:
        row = MissionDone(participant_id=part.id, mission=mission, session_id=part.session_id, done_at=clock.now())
        # A twin of this request may have ticked it meanwhile.
        with suppress(IntegrityError), session.begin_nested():
            session.add(row)


def _participation(session: Session, row: OnboardingSession, part: Participant) -> contract.Participation:
    done = queries.done(session, part.id)
    joined = queries.joined(session, [row.id]).get(row.id, 0)
    return contract.Participation(
        session=_show(row, joined),
        joined_at=part.joined_at,
        missions=[contract.MissionState(mission=mission, done_at=done.get(mission)) for mission in Mission],
    )


def board(session: Session, code: str) -> contract.SessionBoard:
    """Return what the hall's screen shows: counts, no names."""
    row = _found(session, code)
    people = queries.joined(session, [row.id]).get(row.id, 0)
    counts = queries.mission_counts(session, row.id)
    return contract.SessionBoard(
        session=_show(row, people), people=people, missions={mission: counts.get(mission, 0) for mission in Mission}
    )
