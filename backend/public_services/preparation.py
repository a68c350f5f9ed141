"""Getting ready for a procedure, for the API and for what is printed: the rules stand in `shared/preparation.py`."""

from sqlmodel import Session

from backend.core.errors import Invalid
from backend.public_services import service
from shared.errors import ErrorCode
from shared.preparation import prepare
from shared.public_services import Method, Preparation, ProcedureDetail


def preparation(session: Session, code: str, case: str, method: Method | None) -> Preparation:
    """Return what to get ready; raises NotFound, and Invalid for a case or a way that the procedure does not have."""
    return prepared(service.get_procedure(session, code), case, method)


def prepared(procedure: ProcedureDetail, case: str, method: Method | None) -> Preparation:
    """Return what to get ready for a procedure; raises Invalid."""
    found = prepare(procedure, case, method)
    if found.case != case:
        raise Invalid.field("case", ErrorCode.INVALID, "no case of this procedure")
    if found.method is not method:
        raise Invalid.field("method", ErrorCode.INVALID, "no way to file this procedure")
    return found
