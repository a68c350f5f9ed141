"""A made-up province: so many plausible cases over two years, counted and indexed as the app would, loaded in bulk."""

import io
import random
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import uuid_utils
from sqlalchemy import Table, delete, text
from sqlmodel import select

from backend.accounts.models import Account
from backend.core import clock
from backend.core.database import Database
from backend.core.events import HANDLERS
from backend.core.jobs import run_pending
from backend.feedback import figures, places, search, tally, tiles
from backend.feedback.models import Category, Feedback
from backend.feedback.public_models import Counted, Figure, Tile
from shared.case_states import Status
from shared.feedback import Level

DAYS = 730
CHUNK = 20_000
CENTRES = ((20.9373, 106.3146), (21.108, 106.394), (20.859, 106.289), (20.975, 106.531), (20.758, 106.369))
CROWDED, EMPTY = (20.9401, 106.3302), (20.7203, 106.1702)
SEASON = "cây đổ sau bão"
RARE = ("đom đóm", "chuồn chuồn", "tắc kè", "hải âu")
_THINGS = (
    "Đèn đường tắt", "Rác chất đống", "Nắp cống mất", "Vỉa hè bị lấn chiếm", "Mặt đường có ổ gà", "Nước máy yếu",
    "Loa phường quá to", "Chó thả rông", "Cột điện nghiêng", "Ngập sau mưa", "Biển báo bị che", "Cây khô sắp đổ",
)  # fmt: skip
_WHERE = ("trước cổng trường", "ở ngã tư", "đầu ngõ", "cạnh chợ", "bên bờ kênh", "gần bến xe", "sau nhà văn hóa")
_SINCE = ("ba đêm nay", "từ đầu tuần", "hơn một tháng rồi", "sau trận mưa hôm qua", "đã báo mà chưa ai xử lý")
_STREETS = ("Bạch Đằng", "Trần Hưng Đạo", "Nguyễn Lương Bằng", "Lê Thanh Nghị", "Điện Biên Phủ", "Thanh Niên")
_OLD = {Status.CLOSED: 82, Status.REFUSED: 6, Status.MERGED: 4, Status.WITHDRAWN: 3, Status.HELD: 1, Status.PLANNED: 1}
_YOUNG = {status: 10 for status in Status}


def fill(database: Database, cases: int) -> None:
    """Put the cases in, with all that is counted of them, and let the database take stock."""
    with database.reading() as session:
        categories = session.exec(select(Category)).all()
        reporter = session.exec(select(Account.id)).first()
    run_pending(database, HANDLERS)
    dice = random.Random(20261124)
    loader = _Loader(database)
    chunk: list[Any] = []
    for case in _cases(dice, cases, categories, reporter):
        chunk.append(case)
        if len(chunk) == CHUNK:
            loader.load(chunk)
            chunk = []
    loader.load(chunk)
    loader.finish()


def _cases(dice: random.Random, cases: int, categories: Sequence[Category], reporter: Any) -> Iterator[Any]:
    now = clock.now()
    for number in range(cases):
        age = timedelta(days=DAYS) * (1 - number / cases) + timedelta(hours=1)
        yield _case(dice, number, now - age, age, dice.choice(categories), reporter)


def _case(dice: random.Random, number: int, sent: datetime, age: timedelta, category: Category, reporter: Any) -> Any:
    status = _one_of(dice, _YOUNG if age < timedelta(days=10) else _OLD)
    words = f"{dice.choice(_THINGS)} {dice.choice(_WHERE)} {dice.choice(_SINCE)}, số nhà {dice.randrange(400)}."
    if 400 < age.days < 430:
        words = f"{SEASON.capitalize()}. {words}"
    if number % 5_000 == 77:
        words = f"{words} Có {RARE[number // 5_000 % len(RARE)]}."
    blurred, address = dice.random() < 0.1, f"{dice.choice(_STREETS)} {dice.randrange(300)}"
    lat, lon = _spot(dice, number)
    due = sent + timedelta(days=5)
    done = status in {Status.CLOSED, Status.RESOLVED}
    made: Any = SimpleNamespace(
        id=_id(sent), code=_code(sent, number), reporter_id=reporter, category_code=category.code,
        title=words.split(",")[0][:80], description=words,
        folded=search.folded_words(words, address, blur_place=blurred), address=address, system="", masked=False,
        lat=lat, lon=lon, place_code=f"{10_500 + dice.randrange(60)}",
        cell=places.cell_of(lat, lon, blurred=blurred), public=dice.random() < 0.9, show_name=False,
        blur_place=blurred, practice=False, status=status, level=Level.NORMAL, unit_code=category.unit_code,
        officer_id=None, thumb_id=None, created_at=sent, accept_by=due, first_due_at=due, due_at=due, moved_at=sent,
        paused_at=None, resolved_at=sent + timedelta(days=dice.randrange(1, 8)) if done else None, handled_at=None,
        reminded_at=None, revealed_at=None, planned_on=None, merged_into=None, supporters=0, reopened=0,
        appealed=False, score=dice.randrange(1, 6) if done and dice.random() < 0.3 else None, score_text="", version=3,
    )  # fmt: skip
    return made


def _one_of(dice: random.Random, weights: dict[Status, int]) -> Status:
    return dice.choices(list(weights), list(weights.values()))[0]


def _spot(dice: random.Random, number: int) -> tuple[float, float]:
    if number % 100 == 0:
        (lat, lon), spread = CROWDED, 0.0006
    elif dice.random() < 0.7:
        (lat, lon), spread = dice.choice(CENTRES), 0.02
    else:
        return round(dice.uniform(20.74, 21.2), 6), round(dice.uniform(106.19, 106.6), 6)
    return round(dice.gauss(lat, spread), 6), round(dice.gauss(lon, spread), 6)


def _id(sent: datetime) -> uuid.UUID:
    milliseconds = int(sent.timestamp() * 1000)
    return uuid.UUID(int=milliseconds << 80 | int.from_bytes(uuid_utils.uuid7().bytes) & (1 << 80) - 1)


def _code(sent: datetime, number: int) -> str:
    return f"PA-{sent.astimezone(UTC):%y%m%d}-{tiles.code_of(number % 2**20)[-4:]}"


class _Loader:
    """Writes chunks; what is summed is written at the end."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tiles: dict[tiles.TileKey, list[int]] = defaultdict(lambda: [0] * 5)
        self._figures: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0] * len(figures.MEASURES))
        self._later: list[str] = []
        self._begin_with_what_is_there()
        if not database.sqlite:
            self._put_indexes_off()

    def _begin_with_what_is_there(self) -> None:
        table: Table = Counted.__table__  # type: ignore[attr-defined]
        with self._database.engine.execution_options(writing=True).begin() as connection:
            for row in connection.execute(table.select()).mappings().all():
                self._sum(dict(row))
            for kind in (Tile, Figure):
                connection.execute(delete(kind))

    def _put_indexes_off(self) -> None:
        with self._database.engine.begin() as connection:
            found = connection.execute(
                text(
                    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('feedback', 'feedback_counted')"
                    " AND indexname LIKE 'ix_%'"
                )
            ).all()
            for name, definition in found:
                self._later.append(definition)
                connection.exec_driver_sql(f'DROP INDEX "{name}"')

    def load(self, chunk: Sequence[Any]) -> None:
        """Write some cases and what is counted of them."""
        if not chunk:
            return
        counted = [tally.counted(case) or {} for case in chunk]
        for row in counted:
            self._sum(row)
        self._write((Feedback, [vars(case) for case in chunk]), (Counted, counted))

    def _write(self, *what: tuple[Any, Sequence[dict[str, Any]]]) -> None:
        with self._database.engine.execution_options(writing=True).begin() as connection:
            for kind, rows in what:
                names = [column.name for column in kind.__table__.columns]
                if self._database.sqlite:
                    _insert(connection, kind.__table__, names, rows)
                else:
                    _copy(connection, kind.__table__, names, rows)

    def _sum(self, row: dict[str, Any]) -> None:
        _, still_open, lat, lon, code = tiles.values(row).values()
        for key in tiles.keys(row):
            total = self._tiles[key]
            total[0] += 1
            total[1] += still_open
            total[2] += lat
            total[3] += lon
            total[4] += code
        for figure in figures.keys(row["category_code"], row["month"], row["unit_code"]):
            for bit in range(len(figures.MEASURES)):
                self._figures[figure][bit] += row["measures"] >> bit & 1

    def finish(self) -> None:
        """Write the sums, make the indexes, take stock."""
        self._write(
            (Tile, _rows(tiles.KEY, tiles.VALUES, self._tiles)),
            (
                Figure,
                [{**row, "counted_at": clock.now()} for row in _rows(figures.KEY, figures.MEASURES, self._figures)],
            ),
        )
        with self._database.engine.connect() as connection:
            plain = connection.execution_options(isolation_level="AUTOCOMMIT")
            if not self._database.sqlite:
                plain.exec_driver_sql("SET statement_timeout = 0")
                plain.exec_driver_sql("SET maintenance_work_mem = '512MB'")
            for definition in self._later:
                plain.exec_driver_sql(definition)
            plain.exec_driver_sql("ANALYZE" if self._database.sqlite else "VACUUM ANALYZE")


def _rows(keys: Sequence[str], names: Sequence[str], sums: Any) -> list[dict[str, Any]]:
    return [dict(zip((*keys, *names), (*key, *total), strict=True)) for key, total in sorted(sums.items())]


def _insert(connection: Any, table: Table, names: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    marks = ", ".join("?" * len(names))
    columns = ", ".join(f'"{name}"' for name in names)
    driver = connection.connection.driver_connection
    driver.executemany(
        f"INSERT INTO {table.name} ({columns}) VALUES ({marks})",
        ([_as_kept(row[name]) for name in names] for row in rows),
    )


def _as_kept(value: Any) -> Any:
    """Return a value as SQLAlchemy keeps it in SQLite."""
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value


def _copy(connection: Any, table: Table, names: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    out = io.StringIO()
    for row in rows:
        out.write("\t".join(_plain(row[name]) for name in names) + "\n")
    cursor = connection.connection.driver_connection.cursor()
    with cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
        copy.write(out.getvalue())


def _plain(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
