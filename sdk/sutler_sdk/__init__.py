"""Clients for stores that speak PayNow's API: PayNow's own platform, and Sutler wherever it is hosted.

Everything is loaded when it is used first, so that importing this costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msgspec import UNSET, UnsetType

    from sutler_sdk import webhooks
    from sutler_sdk._generated.gameserver.models.delivery import QueuedCommandDto
    from sutler_sdk._version import __version__
    from sutler_sdk._work import Players
    from sutler_sdk.clients import (
        AsyncManagementClient,
        AsyncStorefrontClient,
        ManagementClient,
        StorefrontClient,
    )
    from sutler_sdk.errors import (
        ApiError,
        ConnectionFailed,
        FieldError,
        SutlerError,
        TimedOut,
        UnreadableAnswer,
        is_api_error,
    )
    from sutler_sdk.game_servers import AsyncGameServerClient, GameServerClient
    from sutler_sdk.journal import Journal, JournalDamaged, JournalInUse
    from sutler_sdk.retries import Retries

__all__ = [
    "UNSET",
    "ApiError",
    "AsyncGameServerClient",
    "AsyncManagementClient",
    "AsyncStorefrontClient",
    "ConnectionFailed",
    "FieldError",
    "GameServerClient",
    "Journal",
    "JournalDamaged",
    "JournalInUse",
    "ManagementClient",
    "Players",
    "QueuedCommandDto",
    "Retries",
    "StorefrontClient",
    "SutlerError",
    "TimedOut",
    "UnreadableAnswer",
    "UnsetType",
    "__version__",
    "is_api_error",
    "webhooks",
]

_HOMES = {
    "msgspec": ("UNSET", "UnsetType"),
    "sutler_sdk._generated.gameserver.models.delivery": ("QueuedCommandDto",),
    "sutler_sdk._version": ("__version__",),
    "sutler_sdk._work": ("Players",),
    "sutler_sdk.clients": ("AsyncManagementClient", "AsyncStorefrontClient", "ManagementClient", "StorefrontClient"),
    "sutler_sdk.errors": (
        "ApiError", "ConnectionFailed", "FieldError", "SutlerError", "TimedOut", "UnreadableAnswer", "is_api_error"
    ),
    "sutler_sdk.game_servers": ("AsyncGameServerClient", "GameServerClient"),
    "sutler_sdk.journal": ("Journal", "JournalDamaged", "JournalInUse"),
    "sutler_sdk.retries": ("Retries",),
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load what is asked for."""
    if name == "webhooks":
        return import_module("sutler_sdk.webhooks")
    for home, given in _HOMES.items():
        if name in given:
            value = globals()[name] = getattr(import_module(home), name)
            return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    """What is here, loaded or not."""
    return sorted({*globals(), *__all__})
