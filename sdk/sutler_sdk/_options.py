"""The options that clients are made with, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from sutler_sdk._calls import REFERENCE, Profile, root
from sutler_sdk.retries import Retries

if TYPE_CHECKING:
    import httpx2


class Habits(TypedDict, total=False):
    """How a client makes its calls.

    `timeout`: seconds that each phase of an attempt may take (connecting, sending, waiting for the next bytes).
    `retries`: when calls are made again. `headers`: sent with every call.
    """

    timeout: float
    retries: Retries
    headers: Mapping[str, str]


class Options(Habits, total=False):
    """How a client reaches its server.

    `base_url`: where it is, by default the reference platform. `proxy`: the address of a proxy; the environment
    (`HTTPS_PROXY` and its like) is looked at otherwise. `max_connections`: how many are open at once, 100 unless given.
    """

    base_url: str
    proxy: str | None
    max_connections: int


class SyncOptions(Options, total=False):
    """`http_client`: use this one, with its pool, proxies and certificates, and leave it open on `close`."""

    http_client: httpx2.Client


class AsyncOptions(Options, total=False):
    """`http_client`: use this one, with its pool, proxies and certificates, and leave it open on `aclose`."""

    http_client: httpx2.AsyncClient


def described(client: object, profile: Profile) -> str:
    """A client for those who debug."""
    store = "".join(f", store {id}" for id in profile.path.values())
    return f"<{type(client).__name__} of {profile.base_url}{store}>"


def known(given: Mapping[str, Any], kind: Any) -> None:
    """TypeError for an option that there is not: after a misspelt `base_url` a key would go to somebody else."""
    for name in given.keys() - kind.__optional_keys__:
        message = f"There is no option {name!r}; there are {', '.join(sorted(kind.__optional_keys__))}."
        raise TypeError(message)


def credentials(scheme: str, token: str) -> dict[str, str]:
    """The header that says who calls; ValueError for a token that is missing, or was read with the end of its line."""
    if not token:
        message = f"The token after {scheme!r} is missing."
        raise ValueError(message)
    if not (token.isascii() and token.isprintable()) or token != token.strip():
        message = f"The token after {scheme!r} has spaces around it, or characters that no token has."
        raise ValueError(message)
    return {"Authorization": f"{scheme} {token}"}


def profile(identity: Mapping[str, str], path: Mapping[str, str], options: Options) -> Profile:
    """What a client's calls have in common; ValueError without a store where one is needed."""
    if not all(path.values()):
        message = "The id of the store is missing."
        raise ValueError(message)
    return Profile(
        base_url=root(options.get("base_url", REFERENCE)),
        headers={**options.get("headers", {}), **identity},
        path=path,
        timeout=options.get("timeout", 30.0),
        retries=options.get("retries", Retries()),
    )


def changed(was: Profile, habits: Habits) -> dict[str, Any]:
    """What of a profile is to change. Who the client is stays."""
    known(habits, Habits)
    changes: dict[str, Any] = {**habits}
    if "headers" in changes:
        changes["headers"] = {**changes["headers"], **was.headers}
    return changes
