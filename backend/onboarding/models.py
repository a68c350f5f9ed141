"""The tables of onboarding."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from backend.core.tables import enum_field, id_field, moment_field
from shared.onboarding import Mission


class OnboardingSession(SQLModel, table=True):
    """A session (buổi hướng dẫn) of one team at one place."""

    __tablename__ = "onboarding_session"
    __table_args__ = (Index("ix_onboarding_session_owner", "facilitator_id", "id"),)

    id: UUID = id_field()
    code: str = Field(max_length=6, unique=True)
    facilitator_id: UUID = Field(foreign_key="account.id")
    title: str = Field(max_length=120)
    place: str = Field(max_length=120)
    team: str = Field(max_length=120)
    starts_at: datetime = moment_field()
    ends_at: datetime = moment_field()
    target: int
    created_at: datetime = moment_field()


class Participant(SQLModel, table=True):
    """One person in one session, once."""

    __tablename__ = "onboarding_participant"
    __table_args__ = (Index("ux_onboarding_participant", "session_id", "account_id", unique=True),)

    id: UUID = id_field()
    session_id: UUID = Field(foreign_key="onboarding_session.id")
    account_id: UUID = Field(foreign_key="account.id", index=True)
    joined_at: datetime = moment_field()


class MissionDone(SQLModel, table=True):
    """A mission that a participant did, once."""

    __tablename__ = "onboarding_mission_done"

    participant_id: UUID = Field(primary_key=True, foreign_key="onboarding_participant.id")
    mission: Mission = enum_field(Mission, 30, primary_key=True)
    session_id: UUID = Field(foreign_key="onboarding_session.id", index=True)
    done_at: datetime = moment_field()
