"""What a source says of one dossier, checked: a line of an import and an answer of the platform are the same thing."""

import hashlib
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from backend.dossiers.masks import mask_name, mask_note
from shared.base import Moment, Text
from shared.dossiers import ENDED, PAUSED, DossierCode, DossierState, PhoneEnd

MAX_STEPS = 500
MAX_MISSING = 50

Line = Annotated[Text, Field(max_length=500)]
Words = Annotated[Text, Field(max_length=1_000)]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Step(_Said):
    """One step of the history, as the source tells it."""

    at: Moment
    state: DossierState
    note: Words = ""


class Missing(_Said):
    """A paper that is missing or wrong."""

    paper: Line
    field: Line = ""
    reason: Words = ""


class Snapshot(_Said):
    """A dossier as a source tells it, with names masked: the whole name is forgotten here.

    `history` may be empty; then `state_at` and `note` are the one step that is known.
    """

    code: DossierCode
    phone_last4: PhoneEnd
    applicant: Annotated[Text, Field(min_length=1, max_length=200)]
    procedure_code: Annotated[Text, Field(max_length=40)] = ""
    procedure_name: Annotated[Text, Field(min_length=1, max_length=500)]
    agency: Annotated[Text, Field(max_length=300)] = ""
    state: DossierState
    state_at: Moment | None = None
    note: Words = ""
    received_at: Moment | None = None
    due_at: Moment | None = None
    finished_at: Moment | None = None
    paused_at: Moment | None = None
    apology: Words = ""
    new_due_at: Moment | None = None
    missing: Annotated[tuple[Missing, ...], Field(max_length=MAX_MISSING)] = ()
    contact_name: Annotated[Text, Field(max_length=200)] = ""
    contact_phone: Annotated[Text, Field(max_length=40)] = ""
    history: Annotated[tuple[Step, ...], Field(max_length=MAX_STEPS)] = ()
    source: Annotated[Text, Field(max_length=200)] = ""

    @model_validator(mode="before")
    @classmethod
    def _without_names(cls, value: Any) -> Any:
        """Mask before anything is kept or quoted in an error."""
        if not isinstance(value, dict) or not isinstance(value.get("applicant"), str):
            return value
        who = " ".join(value["applicant"].split())
        clean = {**value, "applicant": mask_name(who)}
        if isinstance(value.get("note"), str):
            clean["note"] = mask_note(value["note"], who)
        if isinstance(value.get("history"), list):
            clean["history"] = [_step(step, who) for step in value["history"]]
        return clean

    @field_validator("history")
    @classmethod
    def _in_order(cls, value: tuple[Step, ...]) -> tuple[Step, ...]:
        return tuple(sorted(value, key=lambda step: step.at))

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.new_due_at and self.due_at and self.new_due_at < self.due_at:
            raise ValueError("new_due_at lies before due_at")
        return self

    def steps(self) -> list[Step]:
        """Return every step that is told with its moment, the newest last."""
        told = list(self.history)
        if self.state_at is not None and not any((s.at, s.state) == (self.state_at, self.state) for s in told):
            told.append(Step(at=self.state_at, state=self.state, note=self.note))
        return sorted(told, key=lambda step: step.at)

    def since(self) -> datetime | None:
        """Return since when the dossier has been in its state, where that is told."""
        if self.state_at is not None:
            return self.state_at
        last = self.history[-1] if self.history else None
        return last.at if last is not None and last.state is self.state else None

    def columns(self) -> dict[str, Any]:
        """Return what the table keeps of it, but for what depends on who brought it and when."""
        paused = self.state in PAUSED
        return {
            **self.model_dump(exclude={"history", "state_at", "note", "source", "missing", "procedure_code"}),
            "procedure_code": self.procedure_code or None,
            "missing": [each.model_dump() for each in self.missing],
            "paused_at": (self.paused_at or self.since()) if paused else None,
            "finished_at": self.finished_at if self.state in ENDED else None,
            "digest": hashlib.sha256(self.model_dump_json().encode()).hexdigest(),
        }


def _step(value: Any, who: str) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("note"), str):
        return value
    return {**value, "note": mask_note(value["note"], who)}
