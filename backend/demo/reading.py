"""What people read in the demo: news with covers, documents, procedures, places, offices and numbers to call.

Nothing here overwrites what an import has brought.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from backend.core import clock
from backend.core.importing import ImportReport, raw_lines
from backend.core.storage import Storage
from backend.demo import offices
from backend.demo.files import FOLDER, content, rows
from backend.documents import service as documents
from backend.files import images
from backend.files import service as files
from backend.news import service as news
from backend.public_services import place_import, procedure_import, procedure_write


def seed(session: Session, storage: Storage) -> None:
    """Put all of it in."""
    _news(session, storage)
    for kind, laid in content("documents.json").items():
        documents.lay(session, laid, sample=kind == "sample")
    _procedures(session)
    place_import.lay_list(session, content("places.json"))
    session.flush()
    offices.seed(session)


def _news(session: Session, storage: Storage) -> None:
    for position, row in enumerate(rows("news_categories.json")):
        news.add_category(session, row["slug"], row["name"], position)
    session.flush()
    for position, path in enumerate(sorted((FOLDER / "articles").glob("*.md"))):
        head, body = article(path)
        cover = images.remake(FOLDER / "covers" / f"{head['cover']}.webp")
        news.publish(
            session,
            news.NewArticle(
                slug=path.stem,
                title=head["title"],
                summary=head["summary"],
                body=body,
                category=head["category"],
                published_at=clock.now() - timedelta(days=int(head["days_ago"]), minutes=95 + 47 * position),
                tags=head["tags"].split(", "),
                cover_id=files.add(session, storage, cover, public=True),
                source_name="Ban biên tập Smart Hải Dương",
                pinned="pinned" in head,
                sample="sample" in head,
            ),
        )


def article(path: Path) -> tuple[dict[str, str], str]:
    """Return the head (one `name: value` a line, between two rules) and the Markdown body of an article's file."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    pairs = (line.split(": ", 1) for line in head.strip().splitlines())
    return {name: value for name, value in pairs}, body.strip()


def _procedures(session: Session) -> None:
    lines: list[dict[str, Any]] = [procedure_import.parse(line) for _, line in raw_lines(FOLDER / "procedures.jsonl")]
    procedure_write.write(session, lines, ImportReport("procedures"), replace=False)
