"""The only list of features: their routes, who listens to what, and what time does."""

from collections.abc import Callable, Mapping
from pathlib import Path

from fastapi import APIRouter
from sqlalchemy import MetaData
from sqlmodel import Session, SQLModel

from backend.accounts import chores as account_chores
from backend.accounts.events import SubmissionsLocked, SubmissionsUnlocked
from backend.accounts.lock_routes import routes as locks
from backend.accounts.routes import routes as accounts
from backend.core import idempotency
from backend.core.database import Database
from backend.core.events import BUS, HANDLERS
from backend.core.importing import ImportReport
from backend.core.jobs import Chore
from backend.core.settings import Settings
from backend.core.storage import Storage
from backend.documents import document_import
from backend.documents.routes import routes as documents
from backend.dossiers import chores as dossier_chores
from backend.dossiers import importing as dossier_importing
from backend.dossiers.events import DossierMoved
from backend.dossiers.routes import routes as dossiers
from backend.feedback import chores as feedback_chores
from backend.feedback import pace, tally
from backend.feedback import service as feedback_service
from backend.feedback.desk_routes import routes as desk
from backend.feedback.events import (
    FeedbackAnswered,
    FeedbackMoved,
    FeedbackReminded,
    FeedbackSubmitted,
    PracticeSubmitted,
    ReporterRevealed,
)
from backend.feedback.public_routes import routes as public_feedback
from backend.feedback.routes import routes as feedback
from backend.feedback.rule_routes import routes as rules
from backend.files import chores as file_chores
from backend.files.routes import routes as files
from backend.news.routes import routes as news
from backend.notifications import listeners as notifications
from backend.notifications.routes import routes as notification_routes
from backend.offices import importing as office_imports
from backend.offices.routes import routes as offices
from backend.onboarding import listeners as onboarding
from backend.onboarding.routes import routes as onboarding_routes
from backend.province.routes import routes as province
from backend.public_services import importing as public_services_imports
from backend.public_services import sync_apply, sync_checks
from backend.public_services.routes import routes as public_services
from backend.public_services.sync_routes import routes as procedure_syncs
from backend.search.routes import routes as search
from backend.status import service as status

ROUTERS: list[APIRouter] = [
    province,
    accounts,
    locks,
    files,
    news,
    documents,
    public_services,
    offices,
    dossiers,
    procedure_syncs,
    search,
    rules,
    desk,
    public_feedback,
    feedback,
    notification_routes,
    onboarding_routes,
]

BUS.subscribe(FeedbackSubmitted, notifications.tell_dispatchers)
BUS.subscribe(PracticeSubmitted, onboarding.tick_practice)
BUS.subscribe(FeedbackMoved, notifications.tell_the_citizen)
BUS.subscribe(FeedbackMoved, notifications.tell_staff)
BUS.subscribe(FeedbackMoved, notifications.tell_followers)
BUS.subscribe(FeedbackMoved, feedback_service.part_joined)
BUS.subscribe(FeedbackAnswered, notifications.tell_the_citizen)
BUS.subscribe(FeedbackReminded, notifications.tell_the_citizen)
BUS.subscribe(ReporterRevealed, notifications.tell_the_citizen)
BUS.subscribe(SubmissionsLocked, notifications.tell_of_lock)
BUS.subscribe(SubmissionsUnlocked, notifications.tell_of_lock)
HANDLERS.register(notifications.MORE_FOLLOWERS, notifications.tell_more_followers)
BUS.subscribe(DossierMoved, notifications.tell_of_dossier)
HANDLERS.register(notifications.MORE_OF_DOSSIER, notifications.tell_more_of_dossier)
HANDLERS.register(sync_apply.WRITE, sync_apply.write_accepted)
BUS.subscribe_batch([FeedbackSubmitted, FeedbackMoved], tally.count)


IMPORTS: Mapping[str, Callable[[Session, list[Path]], ImportReport]] = {
    **public_services_imports.COMMANDS,
    **office_imports.COMMANDS,
    "documents": document_import.import_documents,
}
"""What `smarthd import` can read. Each reads its files, writes in the caller's transaction and returns a report."""

STREAMS: Mapping[str, Callable[[Database, list[Path]], ImportReport]] = {"dossiers": dossier_importing.import_dossiers}
"""What `smarthd import` reads as a stream, since it may be larger than memory: part by part, each a transaction."""

PROPOSALS: Mapping[str, Callable[[Database, list[Path]], ImportReport]] = {"procedures": sync_checks.propose_file}
"""What `smarthd import --propose` can compare with what is there, for an editor to decide."""


def chores(storage: Storage, settings: Settings) -> list[Chore]:
    """Return what is done again and again."""
    return [
        Chore("feedback: time passes", 60, feedback_chores.pass_time),
        Chore("feedback: measure how long it takes", 600, pace.measure),
        Chore("feedback: count what never was", 60, tally.catch_up),
        *dossier_chores.chores(settings),
        Chore("status: the worker is alive", status.BEAT_SECONDS, status.beat),
        Chore("files: sweep orphans", 3600, lambda database: file_chores.sweep(database, storage)),
        Chore("accounts: forget expired sign-ins", 3600, account_chores.forget),
        Chore("procedures: check the source", 2, lambda database: sync_checks.begin_if_due(database, settings)),
        Chore("idempotency: forget old keys", 3600, idempotency.forget),
    ]


def metadata() -> MetaData:
    """Return the tables of every feature; importing this module has made them known."""
    return SQLModel.metadata


__all__ = ["HANDLERS", "IMPORTS", "PROPOSALS", "ROUTERS", "STREAMS", "chores", "metadata"]
