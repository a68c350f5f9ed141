"""Official documents (văn bản): what was issued, by whom, when, and where its text stands."""

from datetime import date

from shared.base import Contract, Id


class DocumentSummary(Contract):
    """A document in a list: số hiệu, trích yếu, loại, cơ quan ban hành, lĩnh vực, ngày ban hành.

    `sample` marks made-up demo content (dữ liệu minh họa).
    """

    id: Id
    number: str
    title: str
    kind: str
    agency: str
    field: str
    issued_on: date
    sample: bool


class DocumentDetail(DocumentSummary):
    """A document whole; `link` leads to its text or its file, null where nobody gave one."""

    link: str | None


class DocumentFacet(Contract):
    """What a list may be narrowed to, and how many documents that leaves."""

    name: str
    count: int


class DocumentFacets(Contract):
    """What documents there are, the fullest first; years the newest first."""

    kinds: list[DocumentFacet]
    agencies: list[DocumentFacet]
    years: list[DocumentFacet]
