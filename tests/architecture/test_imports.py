"""Nothing skips a floor, and nothing reaches sideways."""

import pytest

from tests.architecture.imports import violations
from tests.architecture.sources import python_files


def test_everybody_imports_only_what_they_may() -> None:
    found = [said for path, source in python_files("shared", "backend", "client") for said in violations(path, source)]
    assert not found, "\n".join(found)


PLANTED = [
    ("shared/news.py", "import sqlmodel", "only pydantic"),
    ("backend/news/service.py", "from client.core import api", "imports the client"),
    ("client/news/screens.py", "import backend.app", "imports the backend"),
    ("backend/core/jobs.py", "from backend.news import service", "know no feature"),
    ("backend/core/jobs.py", "import backend.features", "know no feature"),
    ("client/ui/lists.py", "from client.news.api import NewsApi", "know no feature"),
    ("backend/news/queries.py", "from backend.news import service", "downwards only"),
    ("backend/news/service.py", "from backend.news import desk_routes", "downwards only"),
    ("backend/news/models.py", "from .queries import latest", "downwards only"),
    ("client/news/api.py", "from client.news.screens import Article", "downwards only"),
    ("backend/feedback/service.py", "from backend.news.models import Article", "only through"),
    ("backend/feedback/service.py", "import backend.news", "only through"),
    ("backend/feedback/service.py", "from backend.news import queries", "only through"),
    ("client/feedback/screens.py", "from client.news.screens import Article", "only through"),
    ("backend/news/service.py", "from fastapi import Depends", "fastapi outside"),
    ("client/news/api.py", "import httpx2", "httpx2 outside"),
    ("backend/news/service.py", "def f(session):\n    session.commit()", "commit"),
    ("backend/news/service.py", "def f():\n    from client import main", "imports the client"),
]


@pytest.mark.parametrize(("path", "source", "said"), PLANTED)
def test_a_planted_violation_is_found(path: str, source: str, said: str) -> None:
    assert any(said in found for found in violations(path, source))


ALLOWED = [
    ("shared/news.py", "from pydantic import Field\nimport datetime\nfrom shared.base import Contract"),
    ("backend/app.py", "from client.main import main\nfrom fastapi import FastAPI"),
    ("backend/news/desk_routes.py", "from fastapi import APIRouter\nfrom backend.news import service"),
    (
        "backend/feedback/listeners.py",
        "from backend.news.events import ArticlePublished\nfrom backend.core import jobs",
    ),
    ("backend/core/database.py", "def f(session):\n    session.commit()"),
    ("client/home/screens.py", "from client.news.api import NewsApi\nfrom client.ui import lists"),
    ("client/core/api.py", "import httpx2"),
]


@pytest.mark.parametrize(("path", "source"), ALLOWED)
def test_what_is_meant_is_not_refused(path: str, source: str) -> None:
    assert violations(path, source) == []
