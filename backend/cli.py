"""`smarthd`: serve, migrate, seed, import, make accounts, look at jobs. Also `python -m backend.cli`."""

import argparse
import getpass
import os
import sys
import time
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from backend.core.database import Database
from backend.core.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code: 0 done, 1 failed, 2 not understood or nothing imported."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        return code
    except ValidationError as error:
        # Not the error itself: it would print all settings, the secret among them.
        print("\n".join(f"the settings do not fit: {fault['msg']}" for fault in error.errors()), file=sys.stderr)
        return 1
    except OperationalError as error:
        # Away, locked by another, or the disk is full; each command is one transaction.
        print(f"the database does not take it now, and nothing was changed: {error.orig}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="smarthd", description="Smart Hải Dương")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, help="folder of the database and files (SMARTHD_DATA, default: data)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", parents=[common], help="run API, web client and worker")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--only", default="api,web,worker", help="parts to run, of: api,web,worker")
    serve.add_argument("--api-url", help="where the web client finds the API, when it runs elsewhere")
    serve.add_argument("--no-demo", action="store_true", help="leave an empty installation empty")
    serve.set_defaults(run=_serve)

    worker = commands.add_parser("worker", parents=[common], help="run the worker alone")
    worker.set_defaults(run=_worker)
    migrate = commands.add_parser("migrate", parents=[common], help="bring the database to the newest form")
    migrate.set_defaults(run=_migrate)
    seed = commands.add_parser("seed", parents=[common], help="put demo content into an empty installation")
    seed.set_defaults(run=_seed)

    bring = commands.add_parser("import", parents=[common], help="import data, beside a running server too")
    kinds = ["procedures", "places", "boundaries", "offices", "hotlines", "documents", "dossiers"]
    bring.add_argument("what", choices=kinds)
    bring.add_argument("files", type=Path, nargs="+", metavar="FILE")
    bring.add_argument("--propose", action="store_true", help="change nothing; let an editor decide what differs")
    bring.set_defaults(run=_import)

    user = commands.add_parser("user", help="accounts").add_subparsers(required=True, metavar="COMMAND")
    create = user.add_parser("create", parents=[common], help="make an account; asks for the password")
    create.add_argument("phone")
    create.add_argument("full_name")
    create.add_argument("--role", default="citizen")
    create.add_argument("--unit", help="code of the unit, for officers and leaders")
    create.set_defaults(run=_user_create)

    jobs = commands.add_parser("jobs", parents=[common], help="show jobs that wait and jobs that were given up")
    jobs.add_argument("--retry", action="store_true", help="try the given-up ones again")
    jobs.set_defaults(run=_jobs)
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(data=options.data) if options.data else Settings()


def _ready(options: argparse.Namespace) -> tuple[Settings, Database]:
    from backend.migrations.runner import migrate  # noqa: PLC0415 - as all here: each command pays for its own imports

    settings = _settings(options)
    database = Database(settings.database_url, office=settings.office)
    migrate(database)
    return settings, database


def _serve(options: argparse.Namespace) -> int:
    from backend.app import Parts  # noqa: PLC0415
    from backend.serve import serve  # noqa: PLC0415

    names = set(options.only.split(","))
    if not names <= {"api", "web", "worker"}:
        print("--only takes some of: api,web,worker", file=sys.stderr)
        return 2
    settings = _settings(options)
    if options.api_url:
        settings.api_url = options.api_url.rstrip("/")
    parts = Parts(api="api" in names, web="web" in names, worker="worker" in names)
    return serve(settings, host=options.host, port=options.port, parts=parts, demo=not options.no_demo)


def _worker(options: argparse.Namespace) -> int:
    from backend import features  # noqa: PLC0415
    from backend.core import logs  # noqa: PLC0415
    from backend.core.jobs import Worker  # noqa: PLC0415
    from backend.core.signals import Listener  # noqa: PLC0415
    from backend.core.storage import Storage  # noqa: PLC0415

    settings, database = _ready(options)
    logs.configure(settings.log_level)
    if not database.sqlite:
        Listener(database.url, database.signals).start()
    worker = Worker(database, features.HANDLERS, features.chores(Storage(settings.storage_url), settings))
    worker.start()
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        worker.stop()
    return 0


def _migrate(options: argparse.Namespace) -> int:
    _ready(options)
    return 0


def _seed(options: argparse.Namespace) -> int:
    from backend.core.storage import Storage  # noqa: PLC0415
    from backend.demo import seed_if_empty  # noqa: PLC0415

    settings, database = _ready(options)
    if not settings.development:
        print("demo accounts are for development only", file=sys.stderr)
        return 1
    done = seed_if_empty(database, Storage(settings.storage_url), settings)
    print("seeded" if done else "left as it is: there are accounts already")
    return 0


def _import(options: argparse.Namespace) -> int:
    from backend.features import IMPORTS, PROPOSALS, STREAMS  # noqa: PLC0415

    if options.propose and options.what not in PROPOSALS:
        print(f"--propose takes some of: {', '.join(PROPOSALS)}", file=sys.stderr)
        return 2
    _, database = _ready(options)
    if options.propose:
        report = PROPOSALS[options.what](database, options.files)
        print("\n".join(report.lines()))
        return report.exit_code
    if options.what in STREAMS:
        report = STREAMS[options.what](database, options.files)
    else:
        with database.transaction() as session:
            report = IMPORTS[options.what](session, options.files)
    print("\n".join(report.lines()))
    return report.exit_code


def _user_create(options: argparse.Namespace) -> int:
    from backend.accounts import service  # noqa: PLC0415
    from backend.core.errors import ProblemError  # noqa: PLC0415
    from backend.core.security import hash_password  # noqa: PLC0415
    from shared.access import Role  # noqa: PLC0415
    from shared.accounts import AccountDraft, Purpose  # noqa: PLC0415

    # From the environment for scripts; never from the arguments, which everybody on the machine can read.
    password = os.environ.get("SMARTHD_NEW_PASSWORD") or getpass.getpass("Password: ")
    if not 8 <= len(password) <= 128:
        print("the password must have 8 to 128 characters", file=sys.stderr)
        return 1
    try:
        role = Role(options.role)
        if role in {Role.OFFICER, Role.LEADER} and not options.unit:
            raise ValueError("officers and leaders need a unit: --unit CODE")
        draft = AccountDraft(
            phone=options.phone, full_name=options.full_name, password=password, consents=[Purpose.ACCOUNT]
        )
        _, database = _ready(options)
        hashed = hash_password(password)
        with database.transaction() as session:
            account = service.add(
                session,
                phone=draft.phone,
                full_name=draft.full_name,
                password_hash=hashed,
                role=role,
                unit=options.unit,
                consents=["account"],
            )
        print(f"made {account.id} ({role})")
        return 0
    except (ValueError, ProblemError) as error:
        print(f"not made: {error}", file=sys.stderr)
        return 1


def _jobs(options: argparse.Namespace) -> int:
    from backend.core import jobs  # noqa: PLC0415

    _, database = _ready(options)
    with database.transaction() as session:
        waiting, given_up = jobs.counts(session)
        print(f"{waiting} waiting, {given_up} given up")
        for job in jobs.dead(session):
            print(f"{job.dead_at:%Y-%m-%d %H:%M} {job.kind} {job.id} after {job.attempts} tries: {job.last_error}")
        if options.retry:
            print(f"{jobs.revive(session)} will be tried again")
    return 0


if __name__ == "__main__":
    sys.exit(main())
