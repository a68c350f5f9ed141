"""Signals: short words that say, after a commit, that something changed.

They are heard in this process and, on PostgreSQL, in all. A signal carries no
data and may be lost: whoever hears one reads the database again.
"""

import threading
from collections.abc import Callable
from contextlib import suppress

import psycopg
import structlog
from sqlalchemy import event, text
from sqlmodel import Session

log = structlog.get_logger(__name__)

CHANNEL = "smarthd"
_NOTIFY = text("SELECT pg_notify(:channel, word) FROM unnest(CAST(:words AS text[])) AS word")
Hearer = Callable[[str], None]


class Signals:
    """Who listens in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hearers: list[Hearer] = []

    def listen(self, hearer: Hearer) -> Callable[[], None]:
        """Call `hearer(word)`, from any thread, for every signal; return how to stop."""
        with self._lock:
            self._hearers = [*self._hearers, hearer]

        def stop() -> None:
            with self._lock:
                self._hearers = [known for known in self._hearers if known is not hearer]

        return stop

    def deliver(self, word: str) -> None:
        """Tell every hearer of this process."""
        for hearer in self._hearers:
            try:
                hearer(word)
            except Exception as error:
                log.error("signal_hearer_failed", word=word.partition(":")[0], kind=type(error).__name__)


def signal(session: Session, word: str) -> None:
    """Say `word` once this session commits."""
    session.info.setdefault("signals", set()).add(word)


def install(session_class: type[Session], signals: Signals, *, shared: bool) -> None:
    """Deliver what sessions of this class say; `shared` also tells the other processes, by NOTIFY."""

    @event.listens_for(session_class, "before_commit")
    def _tell_others(session: Session) -> None:
        words = session.info.get("signals")
        if shared and words:
            session.connection().execute(_NOTIFY, {"channel": CHANNEL, "words": list(words)})

    @event.listens_for(session_class, "after_commit")
    def _tell_here(session: Session) -> None:
        for word in session.info.pop("signals", ()):
            signals.deliver(word)

    @event.listens_for(session_class, "after_rollback")
    def _forget(session: Session) -> None:
        session.info.pop("signals", None)


class Listener:
    """A thread that hears the signals of other processes over PostgreSQL's LISTEN and passes them on."""

    def __init__(self, url: str, signals: Signals) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://")
        self._signals = signals
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="signals", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop at once; within about a second when the database is away."""
        self._stop.set()
        # The thread sleeps on its connection, which must not be touched from here: a word wakes it.
        with suppress(psycopg.Error), psycopg.connect(self._url, autocommit=True, connect_timeout=2) as connection:
            connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, "awake"))
        self._thread.join(timeout=3)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                log.warning("signals_lost", kind=type(error).__name__)
                # What was said meanwhile is unknown, so everything may have changed.
                self._signals.deliver("everything")
                self._stop.wait(1)

    def _listen(self) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not self._stop.is_set():
                for notice in connection.notifies(timeout=1):
                    self._signals.deliver(notice.payload)
                    if self._stop.is_set():
                        break
            with suppress(psycopg.Error):
                connection.execute("UNLISTEN *")
