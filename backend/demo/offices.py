"""Where to go in the demo: a one-stop office in each place, and a few others. All of it is made up.
Nobody's telephone stands here: the number of all of them is the province's own.
"""

from typing import Any

from sqlmodel import Session, select

from backend.core.importing import ImportReport
from backend.demo.files import content, rows
from backend.demo.ground import POINTS
from backend.offices import importing
from backend.offices.models import Hotline, Office
from shared import opening_hours
from shared.offices import OfficeDraft, OfficeKind

HOURS = "T2-T6 07:30-11:30,13:30-17:00"
MARK = "Dữ liệu minh họa"
_ASIDE = 0.0012


def seed(session: Session) -> None:
    """Put offices in where there are none, and the numbers to call that are not there yet."""
    if session.exec(select(Office.id).limit(1)).first() is None:
        drafts = [*map(_one_stop, content("places.json")["today"]), *map(_other, rows("offices.json"))]
        importing.lay(session, drafts, ImportReport("offices"), source=MARK, sample=True)
    known = set(session.exec(select(Hotline.number)))
    for position, row in enumerate(rows("hotlines.json")):
        if row["number"] not in known:
            session.add(Hotline(**row, position=position))


def _one_stop(place: list[Any]) -> OfficeDraft:
    code, name = place[:2]
    lat, lon = POINTS.get(code, tuple(place[2:4]))
    number = int(code)
    return OfficeDraft(
        code=f"hcc-{code}",
        name=f"Trung tâm Phục vụ hành chính công {name[0].lower()}{name[1:]}",
        kind=OfficeKind.ONE_STOP,
        address=f"Trụ sở UBND {name[0].lower()}{name[1:]} ({MARK.lower()})",
        phone="1022",
        # A little beside the centre, each elsewhere.
        lat=round(lat + _ASIDE * (number % 5 - 2), 5),
        lon=round(lon + _ASIDE * (number % 7 - 3), 5),
        hours=opening_hours.parse(HOURS),
        note="Lấy số trước 16:30 để được giải quyết trong ngày.",
        serves=[code],
    )


def _other(row: dict[str, Any]) -> OfficeDraft:
    return OfficeDraft.model_validate({**row, "hours": opening_hours.parse(row["hours"])})
