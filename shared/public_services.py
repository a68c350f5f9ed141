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


class Hotline(Contract):
    """A number to call."""

    number: str
    name: str
    description: str
    emergency: bool
