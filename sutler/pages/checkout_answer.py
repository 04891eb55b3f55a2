"""Rendering the checkout page, for whoever answers with it."""

from starlette.requests import Request
from starlette.responses import Response

from sutler.kernel.countries import COUNTRIES
from sutler.pages.answers import page
from sutler.pages.checkout_access import path
from sutler.pages.checkout_view import View
from sutler.pages.payer_form import PayerForm
from sutler.pages.payer_states import countries_in_words

SCRIPTS = (
    ("decline:insufficient_funds", "Decline: too little money"),
    ("decline:expired_card", "Decline: the card has expired"),
    ("authenticate", "Ask the buyer to confirm"),
    ("succeed_later::10", "Say yes after ten seconds"),
    ("decline_later::10", "Say no after ten seconds"),
    ("succeed_unanswered", "Take the money, but give no answer"),
)


def rendered(request: Request, found: View, form: PayerForm, status: int = 200) -> Response:
    """The page that shows this."""
    known = {"view": found, "form": form, "framed": framed(request), "scripts": SCRIPTS, "action": path()}
    return page("checkout.html", status, countries=COUNTRIES, where=countries_in_words(found.states), **known)


def framed(request: Request) -> bool:
    """Whether the page stands in a frame of a shop's, where pages of others may not be shown."""
    return request.headers.get("sec-fetch-dest") == "iframe"
