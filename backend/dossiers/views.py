"""What people see of a dossier."""

from sqlmodel import Session

from backend.core import clock
from backend.core.access import Actor
from backend.dossiers import queries
from backend.dossiers.models import LGSP, Dossier, DossierFollower
from backend.public_services import service as public_services
from shared import dossiers as contract
from shared.dossiers import ENDED, PAUSED, DossierContact, DossierStep, FollowedDossier, Lateness, MissingPaper


def detail(session: Session, row: Dossier, actor: Actor | None, *, away: bool) -> contract.Dossier:
    """Return a dossier as its owner may see it; `away` says that its source could not be asked now."""
    known = row.procedure_code is not None and public_services.has_procedure(session, row.procedure_code)
    return contract.Dossier(
        code=row.code,
        procedure_code=row.procedure_code if known else None,
        procedure_name=row.procedure_name,
        agency=row.agency,
        applicant=row.applicant,
        state=row.state,
        received_at=row.received_at,
        due_at=row.new_due_at or row.due_at,
        finished_at=row.finished_at,
        paused=row.state in PAUSED,
        paused_at=row.paused_at,
        late=_lateness(row) if is_late(row) else None,
        missing=[MissingPaper.model_validate(each) for each in row.missing],
        contact=DossierContact(name=row.contact_name, phone=row.contact_phone),
        history=[DossierStep(at=s.at, state=s.state, note=s.note) for s in queries.steps(session, row.id)],
        source=row.source,
        fetched_at=row.fetched_at,
        stale=away and row.origin == LGSP,
        following=None if actor is None else queries.follower(session, row.id, actor.id) is not None,
    )


def is_late(row: Dossier) -> bool:
    """Whether a dossier was not ready in time: its agency says so, or its date has passed while the clock ran."""
    if row.apology or row.new_due_at is not None:
        return True
    if row.due_at is None or row.state in PAUSED:
        return False
    ended = row.finished_at if row.state in ENDED else clock.now()
    return ended is not None and ended > row.due_at


def _lateness(row: Dossier) -> Lateness:
    return Lateness(apology=row.apology, first_due_at=row.due_at, new_due_at=row.new_due_at)


def followed(binding: DossierFollower, row: Dossier) -> FollowedDossier:
    """Return a dossier in the list of who follows it."""
    return FollowedDossier(
        code=row.code,
        procedure_name=row.procedure_name,
        agency=row.agency,
        state=row.state,
        due_at=row.new_due_at or row.due_at,
        late=is_late(row),
        fetched_at=row.fetched_at,
        followed_at=binding.at,
    )
