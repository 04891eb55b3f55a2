"""The checkout page: what is bought, who pays, and the buttons that pay. It needs neither scripts nor cookies."""

from contextlib import suppress
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sutler.billing.payments.models import NoGateway, PaymentInProgress
from sutler.billing.payments.service import pay
from sutler.checkout.checkouts.models import CheckoutCompleted, CheckoutExpired
from sutler.checkout.checkouts.queries import store_of
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import stands_at
from sutler.kernel.edge.requests import Request as Upload
from sutler.kernel.errors import Forbidden, InvalidInput, NotFound, PayloadTooLarge, UnsupportedMediaType
from sutler.kernel.tokens import shape
from sutler.pages.answers import page
from sutler.pages.checkout_view import View, view
from sutler.pages.payer_form import PayerForm
from sutler.settings import settings

FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 16_384  # bytes
INSTRUMENTS = ("succeed", "decline")


class CheckoutPages:
    """`GET /checkout/?t=TOKEN` and the form on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def show(self, request: Request) -> Response:
        """The page of the checkout that the token opens, in whatever state it is."""
        token = request.query_params.get("t", "")
        shop, moment = await self._shop(token)
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
        if instrument not in INSTRUMENTS:
            raise InvalidInput("Choose one of the buttons to pay.")
        shop, moment = await self._shop(token)
        form = PayerForm.read(fields)
        with clock.standing_at(moment):
            if form.problems:
                return self._page(request, await view(shop, token), form, 400)
            with suppress(CheckoutCompleted, CheckoutExpired, PaymentInProgress, NoGateway):  # the page says so better
                await pay(shop, token, instrument, form.payer(request.client.host if request.client else ""))
        return RedirectResponse(f"{path()}/?{urlencode({'t': token})}", 303)

    async def _shop(self, token: str) -> tuple[Shop, datetime | None]:
        """The store of the token's checkout, and where its test clock stands if it has one.

        The visitor stays anonymous: whoever has the link may pay.
        """
        if "checkout" in shape(token):
            async with self._database.reading() as connection:
                store_id = await store_of(connection, token)
                if store_id is not None:
                    return Shop(self._database, store_id, Actor("anonymous")), await stands_at(connection, store_id)
        raise NotFound("There is no such checkout. Check that the address is complete, or start again in the shop.")

    @staticmethod
    def _page(request: Request, found: View, form: PayerForm, status: int = 200) -> Response:
        framed = request.headers.get("sec-fetch-dest") == "iframe"
        return page("checkout.html", status, view=found, form=form, framed=framed, action=f"{path()}/pay")


def path() -> str:
    """Where the checkout lives, as browsers see it."""
    return urlsplit(settings().checkout_url).path


def refuse_other_sites(request: Request) -> None:
    """Only our own page may send the form. Browsers say where it comes from; other programs have no visitor to trick."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    from_here = site == "same-origin" if site else origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not from_here:
        raise Forbidden("The payment form was sent from another site. Open the checkout page itself and pay there.")


async def submitted(request: Request) -> dict[str, str]:
    """The fields of a form; of a field that came twice, the last."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise UnsupportedMediaType("Send the payment form the way a browser does, as a form.")
    body = await Upload(request.scope, request.receive, request.scope["trace_id"]).body()
    if len(body) > LARGEST_FORM:
        raise PayloadTooLarge
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        raise InvalidInput("The payment form could not be read. Open the checkout page again.") from None
