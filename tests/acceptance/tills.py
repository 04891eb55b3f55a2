"""A till: sells one thing again and again, and knows what must have come of it."""

import httpx2

from sutler.kernel.data.database import Database
from tests.acceptance.books import LATER, read
from tests.acceptance.scenes import rows
from tests.make.billing import attempt
from tests.make.checkout import checkout, line, open_checkout
from tests.make.delivery import Shop

PRICE = 999


class Till:
    """Sells one thing, again and again."""

    def __init__(self, shop: Shop, database: Database, customer: str, product: str) -> None:
        self.shop, self.database, self.sold = shop, database, list[tuple[str, str]]()
        self._customer, self._product = customer, product

    async def open(self) -> str:
        """The token of a new checkout."""
        wanted = checkout(self._customer, line(self._product))
        opened = await open_checkout(self.shop.api, self.shop.store_id, wanted)
        self.sold.append((opened["id"], opened["token"]))
        return str(opened["token"])

    async def pay(self, token: str) -> httpx2.Response:
        """An attempt to pay it."""
        return await attempt(self.shop.api, self.shop.store_id, token)

    async def settle(self) -> None:
        """Do all work that is due, or will be after a while."""
        await self.database.script(LATER)
        await self.shop.worker.drain()

    async def jobs(self) -> list[tuple[str]]:
        """What is still to be done, but for what only looks in much later."""
        query = "SELECT kind FROM jobs WHERE kind NOT IN ('expire_checkout', 'settle_in_doubt')"
        async with self.database.reading() as connection:
            return await rows(connection, query)

    async def unfinished(self) -> list[str]:
        """Checkouts of which not everything that follows from their payment is there exactly once."""
        async with self.database.reading() as connection:
            books = await read(connection)
        assert sum(sum(amounts) for amounts in books.ledger.values()) == 0
        return [id for id, _ in self.sold if not books.is_whole(id, PRICE)]
