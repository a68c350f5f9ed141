"""The private cluster: databases come from a template and go, and at the end nothing is left."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.support.postgres import Cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A cluster of these tests' own."""
    mine = Cluster.start()
    yield mine
    mine.stop()


def connect(cluster: Cluster, name: str) -> psycopg.Connection:
    """Connect as the program does."""
    return psycopg.connect(cluster.url(name).replace("+psycopg", ""), autocommit=True)


def test_a_database_is_a_copy_of_its_template(cluster: Cluster) -> None:
    template = cluster.create()
    with connect(cluster, template) as connection:
        connection.execute("CREATE TABLE kept (x int)")
    copy = cluster.create(template)
    with connect(cluster, copy) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_database_is_dropped_under_its_users(cluster: Cluster) -> None:
    name = cluster.create()
    busy = connect(cluster, name)
    cluster.drop(name)
    with pytest.raises(psycopg.OperationalError):
        connect(cluster, name)
    busy.close()


def test_what_is_acknowledged_is_on_the_disk(cluster: Cluster) -> None:
    with connect(cluster, cluster.create()) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)


def test_nothing_is_left_behind() -> None:
    cluster = Cluster.start()
    server = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    cluster.stop()
    assert not cluster.folder.exists()
    # A container may have nobody who buries the dead: a process without a command line is one that has ended.
    command = Path(f"/proc/{server}/cmdline")
    assert not command.exists() or not command.read_bytes()
