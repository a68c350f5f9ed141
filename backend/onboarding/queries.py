"""Every select over onboarding."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func
from sqlmodel import Session, col, select

from backend.core.pages import PageRequest, keyset
from backend.onboarding.models import MissionDone, OnboardingSession, Participant
from shared.onboarding import Mission


def by_code(session: Session, code: str) -> OnboardingSession | None:
    """Return the session with this code."""
    return session.exec(select(OnboardingSession).where(OnboardingSession.code == code)).first()


def of_facilitator(account_id: UUID, page: PageRequest) -> Select[Any]:
    """Return a facilitator's sessions, the newest first."""
    statement = select(OnboardingSession).where(OnboardingSession.facilitator_id == account_id)
    return keyset(statement, page, [col(OnboardingSession.id)], [UUID], descending=True)


def joined(session: Session, session_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many people joined each of these sessions, in one query."""
    statement = (
        select(Participant.session_id, func.count())
        .where(col(Participant.session_id).in_(session_ids))
        .group_by(col(Participant.session_id))
    )
    return {session_id: int(count) for session_id, count in session.exec(statement)}


def participant(session: Session, session_id: UUID, account_id: UUID) -> Participant | None:
    """Return this person's part in the session."""
    statement = select(Participant).where(Participant.session_id == session_id, Participant.account_id == account_id)
    return session.exec(statement).first()


def done(session: Session, participant_id: UUID) -> dict[Mission, datetime]:
    """Return which missions a participant did, and when."""
    statement = select(MissionDone).where(MissionDone.participant_id == participant_id)
    return {Mission(row.mission): row.done_at for row in session.exec(statement)}


def mission_counts(session: Session, session_id: UUID) -> dict[Mission, int]:
    """Return how many people did each mission of a session."""
    statement = (
        select(MissionDone.mission, func.count())
        .where(MissionDone.session_id == session_id)
        .group_by(col(MissionDone.mission))
    )
    return {Mission(mission): int(count) for mission, count in session.exec(statement)}


def running(session: Session, account_id: UUID, moment: datetime) -> Sequence[Participant]:
    """Return this person's parts in sessions that are not over."""
    statement = (
        select(Participant)
        .join(OnboardingSession, col(OnboardingSession.id) == col(Participant.session_id))
        .where(Participant.account_id == account_id, OnboardingSession.ends_at > moment)
    )
    return session.exec(statement).all()
