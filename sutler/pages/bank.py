"""The page of the simulated bank: it stands in for the one on which buyers confirm a payment."""

from starlette.requests import Request
from starlette.responses import Response

from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.settlements.service import ask
from sutler.checkout.checkouts.queries import by_token
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.pages.answers import page
from sutler.pages.checkout_access import back, path, refuse_other_sites, shop_of, submitted
from sutler.pages.checkout_view import view


class BankPages:
    """`GET /checkout/bank?t=TOKEN` and the form on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, request: Request) -> Response:
        """The page of the simulated bank, on which the payer confirms a payment; nothing to confirm leads back."""
        token = request.query_params.get("t", "")
        shop, moment = await shop_of(self._database, token)
        with clock.standing_at(moment):
            found = await view(shop, token)
        return page("bank.html", view=found, action=f"{path()}/bank") if found.continue_url else back(token)

    async def answer(self, request: Request) -> Response:
        """Let the simulated bank take the payer's answer, hear what it has decided, and lead back."""
        refuse_other_sites(request)
        fields = await submitted(request)
        token = fields.get("token", "")
        shop, moment = await shop_of(self._database, token)
        with clock.standing_at(moment):
            async with shop.reading() as store:
                payment_id = (await by_token(store, token)).held_by
            if payment_id is not None:
                await SIMULATOR.confirm(shop, payment_id, approved=fields.get("answer") == "approve")
                await ask(shop, payment_id)
        return back(token)
