"""Before and after a shop goes through crashes: what it begins with, and what must be true at the end."""

from pathlib import Path

from sutler.kernel import secrets
from sutler.kernel.data.connect import database as database_at
from tests.acceptance.books import Books, after_a_while
from tests.acceptance.buyers import Crowd
from tests.make.demo import DemoStore
from tests.processes import ServerProcess, started

PRICE = 999


def seeded(folder: Path, **settings: str) -> DemoStore:
    """The demo store, in a data folder that no process uses any more."""
    server = ServerProcess(folder, "demo", "--json", "--no-history", "--data", "data", **settings)
    with started(server):
        shop = DemoStore.of(server)
        assert server.stop() == 0
    return shop


async def books_of(url: str, folder: Path) -> Books:
    """What became of everything, with the installation's own key."""
    secrets.install(secrets.Sealer.from_settings(None, folder))
    return await after_a_while(database_at(url))


def bought(books: Books) -> list[str]:
    """The checkouts that buyers have opened: all but the first, which the demo store opens and nobody pays."""
    first, *others = sorted(books.checkouts, key=int)
    assert books.is_absent(first)
    return others


def assert_that_all_adds_up(crowd: Crowd, books: Books, crashes: int, least: int) -> None:
    """So many purchases at least were paid; each is whole, or nothing was said and nothing is there."""
    paid = [purchase.checkout_id for purchase in crowd.purchases if purchase.acknowledged]
    open_ = [purchase.checkout_id for purchase in crowd.purchases if not purchase.acknowledged]

    assert len(paid) >= least
    assert crowd.interrupted >= crashes  # the crashes were felt
    assert sorted(bought(books)) == sorted(purchase.checkout_id for purchase in crowd.purchases)
    assert [id for id in paid if not books.is_whole(id, PRICE)] == []
    assert [id for id in open_ if not (books.is_whole(id, PRICE) or books.is_absent(id))] == []
    assert sum(sum(amounts) for amounts in books.ledger.values()) == 0
    assert set(books.jobs) <= {"expire_checkout"}
