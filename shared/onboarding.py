"""Onboarding: sessions (buổi hướng dẫn) that people join by code, and missions that they do."""

from enum import StrEnum

from pydantic import Field

from shared.base import Contract, Id, Moment, Name, Text


class Mission(StrEnum):
    """A small first success; each is ticked by doing it, not by saying so."""

    SIGN_UP = "sign_up"
    READ_NEWS = "read_news"
    LOOK_UP_PROCEDURE = "look_up_procedure"
    PRACTICE_REPORT = "practice_report"
    TURN_ON_NOTICES = "turn_on_notices"


class SessionDraft(Contract):
    """A new session by a facilitator."""

    title: Name
    place: Name
    team: Text = Field(max_length=120)
    starts_at: Moment
    ends_at: Moment
    target: int = Field(ge=1, le=100_000)


class SessionSummary(Contract):
    """A session as its join page shows it. `code` has six signs and is what people type or scan."""

    id: Id
    code: str
    title: str
    place: str
    team: str
    starts_at: Moment
    ends_at: Moment
    target: int
    joined: int
    over: bool


class MissionState(Contract):
    """One mission and when this person did it."""

    mission: Mission
    done_at: Moment | None


class Participation(Contract):
    """This person's way through a session."""

    session: SessionSummary
    joined_at: Moment
    missions: list[MissionState]


class SessionBoard(Contract):
    """What the hall's big screen shows: counts of people, never names."""

    session: SessionSummary
    people: int
    missions: dict[Mission, int]
