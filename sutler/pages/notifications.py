"""Where gateways tell what has happened. Nobody signs in here: a notification's signature is over its very bytes."""

from sutler.billing.notifications.service import hear
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import stands_at
from sutler.kernel.edge.requests import Answer, Request
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import NotFound


class StripeNotifications:
    """`POST /v1/gateways/stripe/{storeId}/notifications`."""

    method, path, cors = "POST", "/v1/gateways/stripe/{storeId}/notifications", False

    def __init__(self, database: Database) -> None:
        self._database = database

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """200 once it is heard, whether it matters or not, so that it is not sent again."""
        (store_id,) = path_values
        if not looks_like_id(store_id):
            raise NotFound("There is no such store.")
        body = await request.body()
        async with self._database.reading() as connection:
            moment = await stands_at(connection, store_id)
        with clock.standing_at(moment):
            await hear(Shop(self._database, store_id, Actor("anonymous")), body, request.header(b"stripe-signature"))
        return Answer(200, b"{}")
