"""How `sutler serve` and `sutler demo` begin: the tables, a demo store where one is wanted, and what is said about it."""

import math
import sys
from collections.abc import Callable

import msgspec
from msgspec import structs

from sutler import demo
from sutler.commands import ground, serving, showing
from sutler.commands.stores import all_stores
from sutler.demo import Demo
from sutler.kernel.data.database import Database
from sutler.kernel.data.sqlite import Sqlite
from sutler.settings import Settings

LABELS = {
    "store_id": "Store", "api_key": "API key", "customer_id": "Customer", "customer_token": "Customer token",
    "gameserver_id": "Game server", "gameserver_token": "Game-server token", "product_id": "Product",
    "checkout_url": "Checkout",
}  # fmt: skip
KEEP = "Keep the key and the tokens: they are not shown again. `sutler key create` makes new keys."


def serve(settings: Settings, *, with_demo: bool) -> None:
    """Serve; with a demo store if that is wanted and there is no store yet."""
    with serving.bound(settings) as listening:
        made = ground.run(_demo_if_empty(settings) if with_demo else _upgraded())
        serving.serve(settings, listening, lambda: _tell(settings, made))


def serve_demo(settings: Settings, *, as_json: bool, history: bool) -> None:
    """Serve a demo store with fresh credentials, which are told as one line of JSON or to a person."""
    with serving.bound(settings) as listening:
        made = ground.run(_demo(settings, history=history))
        serving.serve(settings, listening, _printing(made) if as_json else lambda: _tell(settings, made))


async def _upgraded() -> None:
    await ground.upgraded(ground.database())


async def _demo_if_empty(settings: Settings) -> Demo | None:
    async with ground.at_hand(upgrades=True) as database:
        async with database.reading() as connection:
            if await all_stores(connection):
                return None
        return await _stand(database, settings, history=True)


async def _demo(settings: Settings, *, history: bool) -> Demo:
    async with ground.at_hand(upgrades=True) as database:
        return await _stand(database, settings, history=history)


async def _stand(database: Database, settings: Settings, *, history: bool) -> Demo:
    if isinstance(database, Sqlite):
        database.watchdog.limit = math.inf  # one long transaction, but nobody is served here yet who could wait for it
    return await demo.stand(database, settings.base_url, history=history, tell=_progress)


def _progress(done: int, total: int) -> None:
    """How far the month of orders is, on a line that writes over itself; only where somebody watches."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        sys.stderr.write(f"\rMaking a demo store that has traded for a month: {done} of {total} visits{end}")
        sys.stderr.flush()


def _printing(made: Demo) -> Callable[[], None]:
    def announce() -> None:
        sys.stdout.write(msgspec.json.encode(made).decode() + "\n")
        sys.stdout.flush()

    return announce


def _tell(settings: Settings, made: Demo | None) -> None:
    places = {"API": f"{settings.base_url}/v1", "Documentation": f"{settings.base_url}/docs"}
    title = f"Sutler {'serves a demo store' if made else 'serves'} at {settings.base_url}"
    if made is None:
        showing.facts(title, places | {"A new API key": "sutler key create"})
        return
    values = structs.asdict(made)
    showing.facts(title, places | {label: values[name] for name, label in LABELS.items()})
    showing.out().print(KEEP, style="dim", soft_wrap=True)
