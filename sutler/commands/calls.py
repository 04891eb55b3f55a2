"""Calls to a running server through the Python SDK, for commands that work from another machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sutler_sdk  # loads each of its parts when it is used first, so that commands that call nobody start quickly
from sutler import __version__
from sutler.commands.refusal import Refusal

PATIENCE: Final = 10.0  # seconds without a byte
HEADERS: Final = {"User-Agent": f"Sutler/{__version__}"}


class Away(Exception):
    """The server does not answer now, or not well; trying again later may help."""


@contextmanager
def reaching(url: str) -> Iterator[None]:
    """What happens inside calls this server; Refusal with the server's own words, Away if none came."""
    try:
        yield
    except sutler_sdk.ApiError as error:
        if error.status >= 500 or error.status == 429:
            raise Away(f"{url} cannot answer now: {error.message}") from error
        raise Refusal(f"{url} refuses: {error.message}") from error
    except sutler_sdk.ConnectionFailed as error:
        raise Away(f"{url} does not answer: {error.__cause__ or error}") from error
    except sutler_sdk.UnreadableAnswer as error:
        raise Refusal(strange(url)) from error
    except ValueError as error:  # no address, a line break in a token
        raise Refusal(f"{url} cannot be called: {error}") from error


def manager(url: str, key: str) -> sutler_sdk.ManagementClient:
    """A client for the store of an API key."""
    from sutler_sdk.types.management import StoreDto

    with reaching(url):
        client = _manager(url, key, "0")  # of no store yet
        match client.store.get_stores():
            case [StoreDto(id=str(store_id))]:
                return _manager(url, key, store_id)
    raise Refusal(strange(url))


def _manager(url: str, key: str, store_id: str) -> sutler_sdk.ManagementClient:
    retries = sutler_sdk.Retries(attempts=3, first_pause=0.2, longest_pause=PATIENCE)
    return sutler_sdk.ManagementClient(store_id, key, base_url=url, timeout=PATIENCE, retries=retries, headers=HEADERS)


def plugin(url: str, token: str) -> sutler_sdk.GameServerClient:
    """A client for a game server, which tries nothing again: whoever plays one does."""
    once = sutler_sdk.Retries(attempts=1)
    with reaching(url):
        return sutler_sdk.GameServerClient(token, base_url=url, timeout=PATIENCE, retries=once, headers=HEADERS)


def strange(url: str) -> str:
    """What to say of an address where something else answers."""
    return f"{url} does not answer like Sutler. Check the address."
