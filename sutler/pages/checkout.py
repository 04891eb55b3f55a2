"""The checkout page: what is bought, who pays, and the buttons that pay. It needs neither scripts nor cookies."""

from contextlib import suppress
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sutler.billing.gateways import scripts
from sutler.billing.gateways.interface import Unanswered
from sutler.billing.gateways.manual import MANUAL
from sutler.billing.orders.service import Payer
from sutler.billing.payments.models import NoGateway, PaymentInProgress, TotalChanged
from sutler.billing.payments.service import pay
from sutler.billing.settlements.service import ask
from sutler.catalog.stock.models import OutOfStock, PurchaseLimitReached
from sutler.checkout.checkouts.models import CheckoutCompleted, CheckoutExpired, ProductUnavailable, StepOwned
from sutler.checkout.checkouts.queries import by_token
from sutler.checkout.trial_claims.models import TrialNotEligible
from sutler.customers.bans.models import Banned
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop
from sutler.pages.checkout_access import back, came_from, refuse_other_sites, shop_of, submitted
from sutler.pages.checkout_answer import framed, rendered
from sutler.pages.checkout_view import ELSEWHERE, view
from sutler.pages.payer_form import PayerForm
from sutler.pages.payer_place import with_place
from sutler.promotions.gift_card_uses.models import GiftCardNotUsable, GiftCardTooLow
from sutler.promotions.redemptions.models import PromoCodeUsedUp

TAKEN_BY_OTHERS = (
    OutOfStock, PurchaseLimitReached, PromoCodeUsedUp, GiftCardTooLow, GiftCardNotUsable, StepOwned, TrialNotEligible,
    ProductUnavailable,
)  # fmt: skip
"""What a buyer hears whom others were faster than, who was faster elsewhere, or who has waited too long."""


class CheckoutPages:
    """`GET /checkout/?t=TOKEN` and the form on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def show(self, request: Request) -> Response:
        """The page of the checkout that the token opens, in whatever state it is.

        Whoever comes back from a gateway's page has decided there, so the gateway is asked at once.
        """
        token = request.query_params.get("t", "")
        shop, moment = await shop_of(self._database, token)
        with clock.standing_at(moment):
            if "returned" in request.query_params:
                await _asked(shop, token)
                return back(token)
            found = await view(shop, token, came_from(request)[1])
        return rendered(request, found, PayerForm.of(found))

    async def pay(self, request: Request) -> Response:
        """Pay with what the visitor entered, then lead back to the page, which says what came of it.

        Sent twice, it pays once: the second time it only leads back.
        """
        refuse_other_sites(request)
        fields = await submitted(request)
        token, instrument = fields.get("token", ""), fields.get("instrument", "")
        gateway = instrument if instrument in (MANUAL.name, *ELSEWHERE) else None
        if gateway is None:
            instrument = fields.get("script") or instrument
            scripts.read(instrument)
        shop, moment = await shop_of(self._database, token)
        form = PayerForm.read(fields)
        with clock.standing_at(moment):
            form = await with_place(shop, token, form)
            if form.problems:
                return rendered(request, await view(shop, token, came_from(request)[1]), form, 400)
            try:
                paid = await pay(shop, token, instrument, _payer(form, request), gateway=gateway)
            except (CheckoutCompleted, CheckoutExpired, PaymentInProgress, NoGateway):
                return back(token)  # the page says so better
            except TotalChanged as error:
                found = await view(shop, token, came_from(request)[1])
                text = f"The total is now {found.amounts.total}. Please look at it again before you pay."
                return rendered(request, replace(found, refused=text), form, error.status)
            except (Banned, *TAKEN_BY_OTHERS) as error:
                return rendered(
                    request, replace(await view(shop, token, came_from(request)[1]), refused=str(error)), form, error.status
                )
        if paid.continue_url and not (gateway in ELSEWHERE and framed(request)):
            return RedirectResponse(paid.continue_url, 303)
        return back(token)

    async def give_up(self, request: Request) -> Response:
        """Close a payment that goes on elsewhere, so that the visitor can pay another way; what was paid stays paid."""
        refuse_other_sites(request)
        token = (await submitted(request)).get("token", "")
        shop, moment = await shop_of(self._database, token)
        with clock.standing_at(moment):
            await _asked(shop, token, giving_up=True)
        return back(token)


def _payer(form: PayerForm, request: Request) -> Payer:
    return form.payer(*came_from(request))


async def _asked(shop: Shop, token: str, *, giving_up: bool = False) -> None:
    """Ask what became of the payment in progress, if there is one. When nobody can tell yet, a job asks again."""
    async with shop.reading() as store:
        payment_id = (await by_token(store, token)).held_by
    if payment_id is not None:
        with suppress(Unanswered):
            await ask(shop, payment_id, giving_up=giving_up)
