"""The one shape of an error (RFC 9457) and the stable codes that the client turns into words."""

from enum import StrEnum

from shared.base import Contract


class ErrorCode(StrEnum):
    """What went wrong. Stable: clients depend on the values."""

    MALFORMED = "malformed"
    UNAUTHENTICATED = "unauthenticated"
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 - the name of an error, not a secret
    WRONG_CREDENTIALS = "wrong_credentials"
    ACCOUNT_LOCKED = "account_locked"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    NOT_ACCEPTABLE = "not_acceptable"
    CONFLICT = "conflict"
    PHONE_TAKEN = "phone_taken"
    ILLEGAL_MOVE = "illegal_move"
    ALREADY_RATED = "already_rated"
    FILE_IN_USE = "file_in_use"
    KEY_REUSED = "key_reused"
    IN_FLIGHT = "in_flight"
    STALE = "stale"
    TOO_LARGE = "too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    IMAGE_UNREADABLE = "image_unreadable"
    IMAGE_TOO_BIG = "image_too_big"
    TICKET_INVALID = "ticket_invalid"
    INVALID = "invalid"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_FILE = "unknown_file"
    OUTSIDE_AREA = "outside_area"
    PROOF_REQUIRED = "proof_required"
    SESSION_OVER = "session_over"
    VIDEO_TOO_LONG = "video_too_long"
    VIDEO_UNREADABLE = "video_unreadable"
    DOCUMENT_UNREADABLE = "document_unreadable"
    SUBMISSIONS_LOCKED = "submissions_locked"
    CASE_MERGED = "case_merged"
    PRECONDITION_REQUIRED = "precondition_required"
    RATE_LIMITED = "rate_limited"
    INTERNAL = "internal"
    UNAVAILABLE = "unavailable"
    STORAGE_FULL = "storage_full"


class FieldError(Contract):
    """One field that was not understood; `field` is a dotted path into the body (or the parameter's name)."""

    field: str
    code: str
    message: str


class Problem(Contract):
    """An error as `application/problem+json`; `code` is what clients act on, `detail` is for developers."""

    type: str
    title: str
    status: int
    code: ErrorCode
    detail: str
    errors: list[FieldError]
