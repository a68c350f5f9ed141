"""Errors: services raise a `ProblemError` with a code; one set of handlers makes it a `Problem` (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from shared.errors import ErrorCode, FieldError, Problem

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"


class ProblemError(Exception):
    """An error that a caller can be told. `keep` commits what the request wrote before it (a failure count)."""

    status = 400
    code = ErrorCode.MALFORMED
    keep = False

    def __init__(
        self,
        detail: str = "",
        *,
        code: ErrorCode | None = None,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        keep: bool = False,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code
        self.errors = list(errors)
        self.headers = dict(headers or {})
        self.keep = keep

    def response(self) -> Response:
        """Return the error as `application/problem+json`."""
        return problem_response(self.status, self.code, self.detail, self.errors, self.headers)


class Malformed(ProblemError):
    """400: not understood at all."""


class Unauthenticated(ProblemError):
    """401: nobody known asks."""

    status = 401
    code = ErrorCode.UNAUTHENTICATED

    def __init__(self, detail: str = "", *, code: ErrorCode | None = None, keep: bool = False) -> None:
        super().__init__(detail, code=code, keep=keep, headers={"WWW-Authenticate": "Bearer"})


class Forbidden(ProblemError):
    """403: known, but may not."""

    status = 403
    code = ErrorCode.FORBIDDEN


class NotFound(ProblemError):
    """404: not there, or not yours to know."""

    status = 404
    code = ErrorCode.NOT_FOUND


class Conflict(ProblemError):
    """409: does not fit how things stand."""

    status = 409
    code = ErrorCode.CONFLICT


class Stale(ProblemError):
    """412: somebody changed it first."""

    status = 412
    code = ErrorCode.STALE


class TooLarge(ProblemError):
    """413: more than is taken."""

    status = 413
    code = ErrorCode.TOO_LARGE


class UnsupportedType(ProblemError):
    """415: not a kind of file that is taken."""

    status = 415
    code = ErrorCode.UNSUPPORTED_TYPE


class Invalid(ProblemError):
    """422: understood, but some field is wrong."""

    status = 422
    code = ErrorCode.INVALID

    @classmethod
    def field(cls, field: str, code: ErrorCode, message: str) -> "Invalid":
        """Return the error for one field."""
        return cls(message, code=code, errors=[FieldError(field=field, code=code.value, message=message)])


class PreconditionRequired(ProblemError):
    """428: say which version you saw (`If-Match`)."""

    status = 428
    code = ErrorCode.PRECONDITION_REQUIRED


class RateLimited(ProblemError):
    """429: too many; `retry_after` in seconds."""

    status = 429
    code = ErrorCode.RATE_LIMITED

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many requests", headers={"Retry-After": str(max(1, retry_after))})


class Unavailable(ProblemError):
    """503: not now; try again after `retry_after` seconds."""

    status = 503
    code = ErrorCode.UNAVAILABLE

    def __init__(self, detail: str, *, code: ErrorCode | None = None, retry_after: int = 2) -> None:
        super().__init__(detail, code=code, headers={"Retry-After": str(retry_after)})


def problem_response(
    status: int,
    code: ErrorCode,
    detail: str,
    errors: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a `Problem` as an HTTP answer that no cache keeps."""
    problem = Problem(
        type=f"urn:smarthd:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=detail,
        errors=list(errors),
    )
    return Response(
        problem.model_dump_json(),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


_BY_STATUS = {
    400: ErrorCode.MALFORMED,
    401: ErrorCode.UNAUTHENTICATED,
    403: ErrorCode.FORBIDDEN,
    404: ErrorCode.NOT_FOUND,
    405: ErrorCode.METHOD_NOT_ALLOWED,
    406: ErrorCode.NOT_ACCEPTABLE,
    413: ErrorCode.TOO_LARGE,
    415: ErrorCode.UNSUPPORTED_TYPE,
}


def _on_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return error.response()


def _on_http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _BY_STATUS.get(error.status_code, ErrorCode.MALFORMED)
    return problem_response(error.status_code, code, str(error.detail), headers=error.headers)


def _on_validation(_: Request, error: Exception) -> Response:
    """What was sent is never echoed: it may hold personal data."""
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(row["type"] == "json_invalid" for row in found):
        return problem_response(400, ErrorCode.MALFORMED, "the body is not JSON")
    fields = [
        FieldError(field=".".join(str(part) for part in row["loc"][1:]), code=row["type"], message=row["msg"])
        for row in found[:50]
    ]
    return problem_response(422, ErrorCode.INVALID, "some fields were not understood", fields)


def _on_database(_: Request, error: Exception) -> Response:
    if storage_full(error):
        log.error("storage_full")
        return Unavailable("no room is left", code=ErrorCode.STORAGE_FULL, retry_after=60).response()
    if isinstance(error, IntegrityError):
        # Two requests raced for the same unique value, and this one lost.
        return problem_response(409, ErrorCode.CONFLICT, "somebody else was faster")
    if isinstance(error, DBAPIError) and not (isinstance(error, OperationalError) or error.connection_invalidated):
        return _on_anything(_, error)
    log.error("database_unavailable", kind=type(error).__name__)
    return Unavailable("the database is away").response()


def storage_full(error: BaseException) -> bool:
    """Whether an error means that the disk (or the database's share of it) is full."""
    if isinstance(error, OSError):
        return error.errno in {28, 122}
    text = str(getattr(error, "orig", error))
    return "database or disk is full" in text or "No space left on device" in text


def _on_os(_: Request, error: Exception) -> Response:
    return _on_database(_, error) if storage_full(error) else _on_anything(_, error)


def _on_anything(_: Request, error: Exception) -> Response:
    log.error("unhandled", kind=type(error).__name__, exc_info=error)
    return problem_response(500, ErrorCode.INTERNAL, "something went wrong on our side")


def install(app: FastAPI) -> None:
    """Make every error of this app a `Problem`."""
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(DBAPIError, _on_database)
    app.add_exception_handler(PoolTimeout, _on_database)
    app.add_exception_handler(OSError, _on_os)
    app.add_exception_handler(Exception, _on_anything)
