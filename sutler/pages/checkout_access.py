"""What the pages around a checkout share: whose checkout a token opens, and forms that only our own pages may send."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sutler.checkout.checkouts.queries import store_of
from sutler.kernel.countries import COUNTRIES
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import stands_at
from sutler.kernel.edge.requests import Request as Upload
from sutler.kernel.errors import Forbidden, InvalidInput, NotFound, PayloadTooLarge, UnsupportedMediaType
from sutler.kernel.tokens import shape
from sutler.settings import settings
from sutler.stores.visitors.service import country_of

FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 16_384  # bytes


async def shop_of(database: Database, token: str) -> tuple[Shop, datetime | None]:
    """The store of the token's checkout, and where its test clock stands if it has one; NotFound when there is none.

    The visitor stays anonymous: whoever has the link may pay.
    """
    if "checkout" in shape(token):
        async with database.reading() as connection:
            store_id = await store_of(connection, token)
            if store_id is not None:
                return Shop(database, store_id, Actor("anonymous")), await stands_at(connection, store_id)
    raise NotFound("There is no such checkout. Check that the address is complete, or start again in the shop.")


def came_from(request: Request) -> tuple[str, str | None]:
    """The address of whoever asks, and the country of it if that is known."""
    ip = request.client.host if request.client else ""
    country = country_of(ip, request.headers)
    return ip, country if country in COUNTRIES else None


def back(token: str) -> Response:
    """To the checkout page, which says what came of it."""
    return RedirectResponse(f"{path()}/?{urlencode({'t': token})}", 303)


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
