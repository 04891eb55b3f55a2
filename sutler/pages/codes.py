"""Codes on the checkout page: a buyer enters one or takes one off, and is back on the page with the new total."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from sutler.checkout.checkouts.models import InvalidPromoCode
from sutler.checkout.checkouts.queries import by_token
from sutler.checkout.offers.service import CheckoutBusy, enter_code, take_off_code
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import TooManyRequests
from sutler.pages.checkout_access import back, came_from, refuse_other_sites, shop_of, submitted
from sutler.pages.checkout_answer import rendered
from sutler.pages.checkout_view import view
from sutler.pages.payer_form import PayerForm

LONGEST_CODE = 100


class CodePages:
    """`POST /checkout/code` and `POST /checkout/code/remove`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, request: Request) -> Response:
        """Add the code, or say on the page why it cannot be used."""
        refuse_other_sites(request)
        fields = await submitted(request)
        token, code = fields.get("token", ""), fields.get("code", "").strip()[:LONGEST_CODE]
        address = request.client.host if request.client else ""
        shop, moment = await shop_of(self._database, token)
        if not code:
            return back(token)
        with clock.standing_at(moment):
            try:
                async with shop.writing() as store:
                    await enter_code(store, (await by_token(store, token)).id, code, address)
            except CheckoutBusy:
                return back(token)
            except (InvalidPromoCode, TooManyRequests) as error:
                found = replace(await view(shop, token, came_from(request)[1]), code=code, code_problem=str(error))
                return rendered(request, found, PayerForm.of(found), error.status)
        return back(token)

    async def remove(self, request: Request) -> Response:
        """Take a code off."""
        refuse_other_sites(request)
        fields = await submitted(request)
        token, offer_id = fields.get("token", ""), fields.get("code", "")
        shop, moment = await shop_of(self._database, token)
        if looks_like_id(offer_id):
            with clock.standing_at(moment):
                try:
                    async with shop.writing() as store:
                        await take_off_code(store, (await by_token(store, token)).id, offer_id)
                except CheckoutBusy:
                    return back(token)
        return back(token)
