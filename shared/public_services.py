"""Public services: procedures (TTHC), places (đơn vị hành chính) and hotlines."""

from datetime import date
from enum import StrEnum

from shared.base import Contract, Id, Moment


class AdminLevel(StrEnum):
    """Cấp thực hiện: who carries a procedure out."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


class Method(StrEnum):
    """Hình thức: how a dossier is handed in."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"


class FeeState(StrEnum):
    """How far the source lets a fee be trusted. A number is given for FREE and FEE alone."""

    FREE = "free"
    FEE = "fee"
    FREE_WITH_NOTE = "free_with_note"
    SEE_NOTE = "see_note"
    DOUBTFUL = "doubtful"
    NOT_STATED = "not_stated"


class Channel(Contract):
    """Cách thức thực hiện: one way to file, with its time and fee, in the source's own words.

    `fee_amount` is đồng; it is null unless `fee_state` is FREE or FEE.
    """

    method: Method
    time_text: str
    time_amount: float | None
    time_unit: str
    fee_state: FeeState
    fee_text: str
    fee_amount: float | None
    fee_currency: str
    fee_status: str
    fee_note: str
    description: str


class RequiredDocument(Contract):
    """One paper of a dossier (thành phần hồ sơ); `case` groups papers by situation, counts are null where unknown."""

    case: str
    name: str
    form: str
    originals: int | None
    copies: int | None


class ProcedureResult(Contract):
    """What a person gets in the end."""

    name: str
    code: str


class ProcedureSummary(Contract):
    """A procedure in a list."""

    code: str
    name: str
    field: str
    levels: list[AdminLevel]
    audiences: list[str]
    online: bool


class ProcedureDetail(ProcedureSummary):
    """A procedure as the national portal records it. `flags` names known defects of the source's record.

    With `withdrawn_at` it is no longer valid: lists and search leave it out, its page says since when.
    """

    ministry: str
    kind: str
    decision: str
    agencies: list[str]
    authority: str
    coordinating: str
    reception_address: str
    steps: str
    channels: list[Channel]
    documents: list[RequiredDocument]
    legal_numbers: list[str]
    legal_basis: str
    conditions: str
    results: list[ProcedureResult]
    related: str
    source_url: str
    source: str
    flags: list[str]
    imported_at: Moment
    withdrawn_at: Moment | None


class OpenPoint(StrEnum):
    """What of a preparation is not certain, and why.

    FEE_UNCERTAIN: the source stands by no number. FEE_SEVERAL: there are several fees, by case. FEE_CONDITIONS: a note
    conditions the number. FEE_NOT_STATED and TIME_NOT_STATED: the source says nothing. TIME_SEVERAL: several times, by
    case. CASE_OPEN: some papers are needed in some cases only, and no case was chosen.
    """

    FEE_UNCERTAIN = "fee_uncertain"
    FEE_SEVERAL = "fee_several"
    FEE_CONDITIONS = "fee_conditions"
    FEE_NOT_STATED = "fee_not_stated"
    TIME_NOT_STATED = "time_not_stated"
    TIME_SEVERAL = "time_several"
    CASE_OPEN = "case_open"


class CaseChoice(Contract):
    """One situation of a procedure, and how many papers it asks for by itself."""

    key: str
    name: str
    count: int


class Preparation(Contract):
    """How long a procedure takes, what it costs in all and what to bring, for one way of filing and one case.

    `total` is in `currency`, and given only when every part of it is a number that nothing conditions; else `open`
    says what is not certain. `method` is null for all ways together. Without a case, `documents` holds what everybody
    needs, or everything where the source knows no such papers. `reminders` are remarks among the papers.
    """

    code: str
    name: str
    method: Method | None
    methods: list[Method]
    case: str
    cases: list[CaseChoice]
    channels: list[Channel]
    total: float | None
    currency: str
    open: list[OpenPoint]
    documents: list[RequiredDocument]
    reminders: list[str]
    source_url: str
    source: str
    imported_at: Moment


class ProcedureField(Contract):
    """Lĩnh vực, and how many procedures it holds."""

    name: str
    count: int


class Who(StrEnum):
    """Whose door: procedures of people, or of businesses and cooperatives. Many a procedure stands behind both."""

    CITIZEN = "citizen"
    BUSINESS = "business"


class LifeEvent(Contract):
    """What happens to people or businesses, and how many procedures belong to it.

    `icon` is a word that the client has a sign for; `text` says in a line what is found there.
    """

    key: str
    name: str
    name_en: str
    text: str
    text_en: str
    icon: str
    who: Who
    count: int


class FacetCount(Contract):
    """One value of a filter, and how many procedures it would leave."""

    value: str
    count: int


class ProcedureFacets(Contract):
    """What the catalogue may be narrowed by. Each list follows the other filters, not its own; zeros are left out.

    `total` follows all of them. `fields` begins with the fullest.
    """

    total: int
    online: int
    who: list[FacetCount]
    life_events: list[FacetCount]
    fields: list[ProcedureField]
    levels: list[FacetCount]
    audiences: list[FacetCount]


class PlaceRef(Contract):
    """A place as another names it; codes were used again in 2025, so the id is what is unique."""

    id: Id
    code: str
    name: str
    kind: str
    parent: str
    current: bool


class PlaceSummary(PlaceRef):
    """A ward or commune of today or of before 1/7/2025, with what became of it."""

    valid_from: date | None
    valid_to: date | None
    became: list[PlaceRef]


class PlaceDetail(PlaceSummary):
    """A place with what it was formed from. `formed_from_text` is the source's wording."""

    formed_from: list[PlaceRef]
    formed_from_text: str
    lat: float | None
    lon: float | None
    area_km2: float | None


class PlaceNear(PlaceRef):
    """A place of today that is not far, and the kilometres to its nearest point."""

    km: float


class PlaceAt(Contract):
    """Today's place of a point; outside all boundaries it is null and `nearest` names what is near, nearest first."""

    place: PlaceDetail | None
    nearest: list[PlaceNear]


class PlaceOutline(Contract):
    """The border of a place of today: closed rings of (latitude, longitude), none where it is not known.

    `sample` marks a border that is only an illustration.
    """

    rings: list[list[tuple[float, float]]]
    sample: bool


class Hotline(Contract):
    """A number to call."""

    number: str
    name: str
    description: str
    emergency: bool
