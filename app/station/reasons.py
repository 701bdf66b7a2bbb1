"""Why a package waits, kept so that it can be said in any language later."""

from __future__ import annotations

import json

from app.store.records import Outgoing
from transfer import errors
from transfer.errors import TransferError

_BY_KEY = {
    kind.key: kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, TransferError)
}


def reason_of(error: TransferError) -> str:
    """What the outbox keeps of an error: its key and what fills its text."""
    params = {name: value if isinstance(value, int) else str(value) for name, value in error.params.items()}
    return json.dumps({"error": error.key, "params": params}, ensure_ascii=False)


def fault_of(item: Outgoing) -> TransferError | None:
    """The error a package waits for, None when it waits for none; a rejected package's reasons are the platform's."""
    if item.reason is None or not item.reason.startswith("{"):
        return None
    kept = json.loads(item.reason)
    kind = _BY_KEY.get(kept["error"])
    return kind(**kept["params"]) if kind else TransferError(detail=kept["error"])  # kept by an older station
