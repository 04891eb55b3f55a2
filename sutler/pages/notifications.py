"""Where gateways tell what has happened. Nobody signs in here: a notification's signature is over its very bytes."""

from typing import Final

from sutler.billing.gateways.paypal import PAYPAL
from sutler.billing.notifications.service import hear
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import stands_at
from sutler.kernel.edge.limits import Limits, Visit, household
from sutler.kernel.edge.requests import Answer, Request
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId

ASKED: Final = {PAYPAL.name}
"""Gateways that have to be asked whether a notification is their own: each makes a call to the outside."""


class Notifications:
    """`POST /v1/gateways/GATEWAY/{storeId}/notifications`."""

    method, cors = "POST", False

    def __init__(self, database: Database, limits: Limits, gateway: str) -> None:
        self._database, self._limits, self._gateway = database, limits, gateway
        self.path = f"/v1/gateways/{gateway}/{{storeId}}/notifications"

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """200 once it is heard, whether it matters or not, so that it is not sent again; 429 makes it come later."""
        (store_id,) = path_values
        if not looks_like_id(store_id):
            raise NotFound("There is no such store.")
        self._limits.visit(self._visits(store_id, household(request.client_ip)))
        body = await request.body()
        async with self._database.reading() as connection:
            moment = await stands_at(connection, store_id)
        with clock.standing_at(moment):
            shop = Shop(self._database, store_id, Actor("anonymous"))
            await hear(shop, self._gateway, body, lambda name: request.header(name.encode()))
        return Answer(200, b"{}")

    def _visits(self, store_id: FlakeId, address: str) -> dict[Visit, str]:
        """Against whom it counts. The gateway's own come from a few addresses, and one that forges them is stopped first."""
        found: dict[Visit, str] = {"notification": address}
        if self._gateway in ASKED:
            found |= {"asking": f"{store_id} {address}", "asking_store": store_id}
        return found
