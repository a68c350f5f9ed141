"""The periodic check: read the source when it is due or asked for, compare, leave a proposal; say how it went."""

import hashlib
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from backend.core import clock
from backend.core.database import Database
from backend.core.importing import ImportReport, Unusable
from backend.core.settings import Settings
from backend.public_services import sync_queries as queries
from backend.public_services.sync_compare import Found, propose
from backend.public_services.sync_fetch import Fetched, FetchFailed, Limits, Mark, fetch
from backend.public_services.sync_models import ProcedureSource
from shared.procedure_sync import ChangeKind, CheckOutcome, CheckTrouble, SyncOrigin

log = structlog.get_logger(__name__)

HOLD = timedelta(minutes=3)
"""Who checks says so again and again; when it falls silent for so long, another may begin."""
AFTER_FAILURE = timedelta(hours=1)
_BEAT_SECONDS = 30


def name_of(source: str) -> str:
    """Return what may be told of a source: a file's name, an address without what may be secret in it."""
    if "://" not in source:
        return Path(source).name
    scheme, _, rest = source.partition("://")
    where = rest.partition("?")[0].partition("#")[0]
    host, slash, path = where.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def next_at(row: ProcedureSource | None, settings: Settings) -> datetime | None:
    """Return when the source is due by the clock, or None when it is read only when asked."""
    if not settings.procedures_url or not settings.procedures_every:
        return None
    if row is None or row.tried_at is None:
        return clock.now()
    wait = timedelta(hours=settings.procedures_every)
    return row.tried_at + (min(wait, AFTER_FAILURE) if row.outcome == CheckOutcome.FAILED else wait)


def busy(row: ProcedureSource | None) -> bool:
    """Whether somebody checks now."""
    return row is not None and row.busy_until is not None and row.busy_until > clock.now()


def begin_if_due(database: Database, settings: Settings) -> None:
    """Check in a thread of its own when it is time: the worker has other things to do meanwhile."""
    if not settings.procedures_url:
        return
    with database.reading() as session:
        row = queries.source(session)
        due = next_at(row, settings)
        if busy(row) or not ((row and row.asked_at) or (due and due <= clock.now())):
            return
    threading.Thread(target=check, args=(database, settings), name="procedures", daemon=True).start()


def check(database: Database, settings: Settings) -> None:
    """Read the source and compare, unless another does already; what came of it stands in the source's row."""
    source = settings.procedures_url
    address = hashlib.sha256(source.encode()).hexdigest()
    try:
        claimed = _claim(database, address)
    except IntegrityError:
        # Two workers met at the very first check.
        return
    if claimed is None:
        return
    mark, known, asked = claimed
    outcome, trouble, detail, fetched = CheckOutcome.FAILED, "", "", None
    try:
        with tempfile.TemporaryDirectory(prefix="smarthd-") as folder:
            path = Path(folder) / "procedures.jsonl"
            limits = Limits(settings.procedures_max_bytes, settings.procedures_private)
            beat = _beating(database)
            # Whoever asks for a check wants a comparison, also of a file that was seen: the catalogue may have moved.
            fetched = fetch(source, path, Mark() if asked else mark, limits, beat)
            if fetched is None or (fetched.digest == known and not asked):
                outcome = CheckOutcome.SAME
            else:
                found = propose(database, path, SyncOrigin.CHECK, name_of(source), beat)
                outcome = CheckOutcome.PROPOSED if found.sync_id else CheckOutcome.NOTHING_NEW
    except FetchFailed as error:
        trouble, detail = error.trouble, error.detail
    except Unusable:
        trouble = CheckTrouble.UNUSABLE
    except Exception as error:
        # Whatever it was, it must be seen: nobody waits for this thread.
        trouble, detail = CheckTrouble.INTERNAL, type(error).__name__
    if outcome is CheckOutcome.FAILED:
        log.error("procedure_check_failed", trouble=str(trouble), detail=detail)
    _conclude(database, outcome, str(trouble), detail, fetched)


def _claim(database: Database, address: str) -> tuple[Mark, str, bool] | None:
    """Take the check for this process; return what is known of the last file, and whether somebody asked."""
    with database.transaction() as session:
        row = _row(session)
        if busy(row):
            return None
        if row.address != address:
            row.address, row.etag, row.modified, row.digest = address, "", "", ""
        asked, row.asked_at, row.busy_until = row.asked_at is not None, None, clock.now() + HOLD
        session.add(row)
        return Mark(row.etag, row.modified), row.digest, asked


def _row(session: Session) -> ProcedureSource:
    row = session.get(ProcedureSource, queries.CHECK, with_for_update=True)
    return row or ProcedureSource(key=queries.CHECK)


def ask(session: Session) -> ProcedureSource:
    """Note that somebody wants the source to be read now."""
    row = _row(session)
    row.asked_at = row.asked_at or clock.now()
    session.add(row)
    return row


def _beating(database: Database) -> Callable[[], None]:
    last = time.monotonic()

    def beat() -> None:
        nonlocal last
        if time.monotonic() - last < _BEAT_SECONDS:
            return
        last = time.monotonic()
        with database.transaction() as session:
            row = _row(session)
            row.busy_until = clock.now() + HOLD
            session.add(row)

    return beat


def _conclude(database: Database, outcome: CheckOutcome, trouble: str, detail: str, fetched: Fetched | None) -> None:
    with database.transaction() as session:
        row = _row(session)
        row.busy_until, row.tried_at = None, clock.now()
        row.outcome, row.trouble, row.detail = outcome, trouble, detail[:200]
        if fetched is not None and outcome is not CheckOutcome.FAILED:
            row.etag, row.modified, row.digest = fetched.mark.etag, fetched.mark.modified, fetched.digest
        session.add(row)


def propose_file(database: Database, paths: list[Path]) -> ImportReport:
    """Make a proposal of one file instead of writing it (`smarthd import procedures --propose`)."""
    report = ImportReport("procedures, proposed")
    if len(paths) != 1:
        report.unusable.append("a proposal takes one file at a time")
        return report
    try:
        found = propose(database, paths[0], SyncOrigin.COMMAND, paths[0].name)
    except Unusable as error:
        report.unusable.append(str(error))
        return report
    _tell(found, paths[0], report)
    return report


def _tell(found: Found, path: Path, report: ImportReport) -> None:
    report.added, report.changed = found.counts[ChangeKind.NEW], found.counts[ChangeKind.CHANGED]
    report.unchanged = found.unchanged
    for line in found.lines:
        report.skip(path, line["line"], line["detail"])
    if found.unusable > len(found.lines):
        report.notes.append(f"{found.unusable} lines cannot be used in all")
    report.notes.append(f"{found.counts[ChangeKind.WITHDRAWN]} in the catalogue are not in the file")
    report.notes += [f"this file looks wrong: {flag.value.replace('_', ' ')}" for flag in found.flags]
    waits = "waits for an editor" if found.sync_id else "holds nothing to decide"
    report.notes.append(f"nothing was written; the proposal {waits}")
