"""Who may do what: roles, named permissions, and which role grants which."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the app. Everyone with an account is at least a citizen."""

    CITIZEN = "citizen"
    DISPATCHER = "dispatcher"
    OFFICER = "officer"
    LEADER = "leader"
    EDITOR = "editor"
    FACILITATOR = "facilitator"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """A named right; routes ask for one, never for a role."""

    OWN_ACCOUNT = "own_account"
    SUBMIT_FEEDBACK = "submit_feedback"
    UPLOAD_FILES = "upload_files"
    READ_NOTICES = "read_notices"
    JOIN_SESSIONS = "join_sessions"
    SEE_DESK = "see_desk"
    DISPATCH = "dispatch"
    HANDLE = "handle"
    LEAD = "lead"
    SEE_ALL_CASES = "see_all_cases"
    RUN_SESSIONS = "run_sessions"
    EDIT_NEWS = "edit_news"
    ADMINISTER = "administer"


_CITIZEN = frozenset(
    {
        Permission.OWN_ACCOUNT,
        Permission.SUBMIT_FEEDBACK,
        Permission.UPLOAD_FILES,
        Permission.READ_NOTICES,
        Permission.JOIN_SESSIONS,
    }
)
_OFFICER = _CITIZEN | {Permission.SEE_DESK, Permission.HANDLE}

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.CITIZEN: _CITIZEN,
    Role.DISPATCHER: _CITIZEN | {Permission.SEE_DESK, Permission.DISPATCH, Permission.SEE_ALL_CASES},
    Role.OFFICER: _OFFICER,
    Role.LEADER: _OFFICER | {Permission.LEAD},
    Role.EDITOR: _CITIZEN | {Permission.EDIT_NEWS},
    Role.FACILITATOR: _CITIZEN | {Permission.RUN_SESSIONS},
    Role.ADMINISTRATOR: frozenset(Permission),
}


def grants(role: Role, permission: Permission) -> bool:
    """Whether the role carries the permission."""
    return permission in GRANTS[role]
