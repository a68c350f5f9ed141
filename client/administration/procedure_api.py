"""What the screens of the catalogue's upkeep ask of the backend. Every call raises ApiError alone."""

from collections.abc import Callable, Sequence

from client.core.api import Api, path_part
from shared.pages import Page
from shared.procedure_sync import (
    MAX_CODES,
    ChangeKind,
    Decision,
    SyncChange,
    SyncChangeDetail,
    SyncCheck,
    SyncDecision,
    SyncDetail,
    SyncPage,
)

_SYNCS = "/desk/procedures/syncs"


async def syncs(api: Api, cursor: str | None) -> SyncPage:
    """Return a page of proposals, and how the check of the source goes."""
    return await api.get(_SYNCS, SyncPage, params={"cursor": cursor})


async def check_now(api: Api, key: str) -> SyncCheck:
    """Have the source read now."""
    return await api.post(_SYNCS, SyncCheck, key=key)


async def sync(api: Api, sync_id: str) -> SyncDetail:
    """Return a proposal."""
    return await api.get(_path(sync_id), SyncDetail)


async def changes(api: Api, sync_id: str, kind: ChangeKind, question: str, cursor: str | None) -> Page[SyncChange]:
    """Return a page of changes of a kind."""
    params = {"kind": kind.value, "q": question or None, "cursor": cursor}
    return await api.get(f"{_path(sync_id)}/changes", Page[SyncChange], params=params)


async def change(api: Api, sync_id: str, code: str) -> SyncChangeDetail:
    """Return one change, part by part."""
    return await api.get(f"{_path(sync_id)}/changes/{path_part(code)}", SyncChangeDetail)


def wishes(decision: Decision, kind: ChangeKind, codes: Sequence[str] | None, reason: str) -> list[SyncDecision]:
    """Return the decisions that say this: one, or several when more is named than one may hold."""
    starts = range(0, len(codes), MAX_CODES) if codes is not None else ()
    parts = [list(codes[start : start + MAX_CODES]) for start in starts] if codes is not None else [None]
    return [SyncDecision(decision=decision, kind=kind, codes=part, reason=reason) for part in parts]


async def decide(
    api: Api, seen: SyncDetail, said: Sequence[SyncDecision], key: Callable[[SyncDecision], str]
) -> SyncDetail:
    """Send decisions one after the other, each about the proposal as the last one left it; return what it became."""
    for wish in said:
        path, tag = f"{_path(str(seen.id))}/decisions", f'"{seen.version}"'
        seen = await api.post(path, SyncDetail, wish, key=key(wish), if_match=tag)
    return seen


def _path(sync_id: str) -> str:
    return f"{_SYNCS}/{path_part(sync_id)}"
