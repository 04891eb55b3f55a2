"""Offers on the checkout page: a buyer takes one or takes it off, or goes on without; then the page is there again."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from sutler.billing.upsold_lines.service import OfferGone, take, take_off
from sutler.checkout.checkouts.queries import by_token
from sutler.checkout.offers.service import CheckoutBusy
from sutler.checkout.steps.service import go_on
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.edge.signatures import looks_like_id
from sutler.pages.checkout_access import back, came_from, refuse_other_sites, shop_of, submitted
from sutler.pages.checkout_answer import rendered
from sutler.pages.checkout_view import view
from sutler.pages.payer_form import PayerForm
from sutler.pages.payer_place import with_place


class UpsellPages:
    """`POST /checkout/offer`, `/checkout/offer/remove`, `/checkout/details` and `/checkout/offers/done`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, request: Request) -> Response:
        """Add what is offered, or say on the page that it is gone. What the page's script sends of the payer is kept."""
        refuse_other_sites(request)
        fields = await submitted(request)
        token, form = fields.get("token", ""), PayerForm.read(fields)
        shop, moment = await shop_of(self._database, token)
        with clock.standing_at(moment):
            try:
                async with shop.writing() as store:
                    await take(store, (await by_token(store, token)).id, fields.get("offer", ""))
                    known = {} if form.problems else {"name": form.name, "email": form.email}
                    await go_on(store, token, "payment" if "last" in fields else None, **known)
            except CheckoutBusy:
                return back(token)
            except OfferGone as error:
                found = replace(await view(shop, token, came_from(request)[1]), refused=str(error))
                return rendered(request, found, PayerForm.of(found), error.status)
        return back(token)

    async def take_off(self, request: Request) -> Response:
        """Take a line off that was an offer."""
        refuse_other_sites(request)
        fields = await submitted(request)
        token, line_id = fields.get("token", ""), fields.get("line", "")
        shop, moment = await shop_of(self._database, token)
        if looks_like_id(line_id):
            with clock.standing_at(moment):
                try:
                    async with shop.writing() as store:
                        await take_off(store, (await by_token(store, token)).id, line_id)
                except CheckoutBusy:
                    return back(token)
        return back(token)

    async def give_details(self, request: Request) -> Response:
        """Keep who pays, and go on to the offers; or say what is wrong with it."""
        refuse_other_sites(request)
        fields = await submitted(request)
        token, form = fields.get("token", ""), PayerForm.read(fields)
        shop, moment = await shop_of(self._database, token)
        with clock.standing_at(moment):
            form = await with_place(shop, token, form, always=True)
            if form.problems:
                return rendered(request, await view(shop, token, came_from(request)[1]), form, 400)
            async with shop.writing() as store:
                await go_on(store, token, "offers", name=form.name, email=form.email)
        return back(token)

    async def pass_on(self, request: Request) -> Response:
        """Leave the offers and go on to the payment."""
        refuse_other_sites(request)
        token = (await submitted(request)).get("token", "")
        shop, moment = await shop_of(self._database, token)
        with clock.standing_at(moment):
            async with shop.writing() as store:
                await go_on(store, token, "payment")
        return back(token)
