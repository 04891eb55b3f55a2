"""The checkout page: what is bought, who pays, and the buttons that pay. It needs neither scripts nor cookies."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sutler.billing.gateways import scripts
from sutler.billing.gateways.manual import MANUAL
from sutler.billing.gateways.stripe import STRIPE
from sutler.billing.payments.models import NoGateway, PaymentInProgress
from sutler.billing.payments.service import pay
from sutler.billing.settlements.service import ask
from sutler.catalog.stock.models import OutOfStock, PurchaseLimitReached
from sutler.checkout.checkouts.models import CheckoutCompleted, CheckoutExpired
from sutler.checkout.checkouts.queries import by_token
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.pages.answers import page
from sutler.pages.checkout_access import back, path, refuse_other_sites, shop_of, submitted
from sutler.pages.checkout_view import View, view
from sutler.pages.payer_form import PayerForm

SCRIPTS = (
    ("decline:insufficient_funds", "Decline: too little money"),
    ("decline:expired_card", "Decline: the card has expired"),
    ("authenticate", "Ask the buyer to confirm"),
    ("succeed_later::10", "Say yes after ten seconds"),
    ("decline_later::10", "Say no after ten seconds"),
    ("succeed_unanswered", "Take the money, but give no answer"),
)


class CheckoutPages:
    """`GET /checkout/?t=TOKEN` and the form on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def show(self, request: Request) -> Response:
        """The page of the checkout that the token opens, in whatever state it is."""
        token = request.query_params.get("t", "")
        shop, moment = await shop_of(self._database, token)
        with clock.standing_at(moment):
            found = await view(shop, token)
        return self._page(request, found, PayerForm.of(found))

    async def pay(self, request: Request) -> Response:
        """Pay with what the visitor entered, then lead back to the page, which says what came of it.

        Sent twice, it pays once: the second time it only leads back.
        """
        refuse_other_sites(request)
        fields = await submitted(request)
        token, instrument = fields.get("token", ""), fields.get("instrument", "")
        gateway = instrument if instrument in (MANUAL.name, STRIPE.name) else None
        if gateway is None:
            instrument = fields.get("script") or instrument
            scripts.read(instrument)
        shop, moment = await shop_of(self._database, token)
        form = PayerForm.read(fields)
        with clock.standing_at(moment):
            if form.problems:
                return self._page(request, await view(shop, token), form, 400)
            try:
                payer = form.payer(request.client.host if request.client else "")
                paid = await pay(shop, token, instrument, payer, gateway=gateway)
            except (CheckoutCompleted, CheckoutExpired, PaymentInProgress, NoGateway):
                return back(token)  # the page says so better
            except (OutOfStock, PurchaseLimitReached) as error:
                return self._page(request, replace(await view(shop, token), refused=str(error)), form, error.status)
        if paid.continue_url and not (gateway == STRIPE.name and framed(request)):
            return RedirectResponse(paid.continue_url, 303)
        return back(token)

    async def give_up(self, request: Request) -> Response:
        """Close a payment that goes on elsewhere, so that the visitor can pay another way; what was paid stays paid."""
        refuse_other_sites(request)
        token = (await submitted(request)).get("token", "")
        shop, moment = await shop_of(self._database, token)
        with clock.standing_at(moment):
            async with shop.reading() as store:
                payment_id = (await by_token(store, token)).held_by
            if payment_id is not None:
                await ask(shop, payment_id, giving_up=True)
        return back(token)

    @staticmethod
    def _page(request: Request, found: View, form: PayerForm, status: int = 200) -> Response:
        known = {"view": found, "form": form, "framed": framed(request), "scripts": SCRIPTS, "action": path()}
        return page("checkout.html", status, **known)


def framed(request: Request) -> bool:
    """Whether the page stands in a frame of a shop's, where pages of others may not be shown."""
    return request.headers.get("sec-fetch-dest") == "iframe"
