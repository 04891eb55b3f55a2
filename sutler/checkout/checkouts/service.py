"""Creating checkouts, and holding one while somebody pays."""

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from sutler.checkout.carts.queries import take_out
from sutler.checkout.checkouts.jobs import expire_checkout
from sutler.checkout.checkouts.models import SESSION_LIVES, Address, Checkout, CheckoutLine, TaxIdCheck
from sutler.checkout.checkouts.schemas import (
    AddressDto,
    CheckoutCustomerDetailsDto,
    CreateCheckoutSessionManagementDto,
    CreateCheckoutSessionResponseDto,
)
from sutler.checkout.choices.service import to_price
from sutler.checkout.inline_products.service import with_products
from sutler.checkout.ladders.service import refuse_owned
from sutler.checkout.limits.service import check, give_back
from sutler.checkout.lines.service import Resolved, problems_of, refuse, resolve
from sutler.checkout.offers import service as offers
from sutler.checkout.pricing.results import PricedCart
from sutler.checkout.promo_codes.service import Entered, code_of
from sutler.checkout.recipients.service import buyer_of
from sutler.checkout.regions.service import keep_prices
from sutler.checkout.totals.service import after_trials, priced
from sutler.checkout.totals.service import wanted as priced_line
from sutler.customers.bans.service import refuse_banned, refuse_banned_receivers
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import param, rows
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.money import formatted
from sutler.kernel.secrets import sealer
from sutler.kernel.tokens import checkout_token, digest
from sutler.settings import settings
from sutler.stores.exchange_rates.service import adaptive
from sutler.stores.stores.service import current
from sutler.stores.visitors.service import UNKNOWN, Visitor

LARGEST_TOTAL: Final = 99_999_999  # minor units; what gateways take at most, and well within the wire's 32 bits

OPEN: Final = rows(Checkout).where(Checkout.c.id == param("checkout_id"), Checkout.c.state == "open")
FREE: Final = rows(Checkout).where(
    Checkout.c.token_digest == param("digest", type_=Checkout.c.token_digest.type),
    Checkout.c.state == "open",
    Checkout.c.held_by.is_(None),
    Checkout.c.expires_at > param("now", type_=Checkout.c.expires_at.type),
)


async def create(
    store: StoreContext,
    request: CreateCheckoutSessionManagementDto,
    visitor: Visitor = UNKNOWN,
    cart_line_ids: Sequence[FlakeId] = (),
) -> CreateCheckoutSessionResponseDto:
    """Open a checkout for 24 hours of the store's time and say where to pay.

    Prices and versions are those of this moment. `InvalidInput` names every member that does not pass, `InvalidPromoCode`
    every code, `ProductUnavailable` every line whose product is not sold now; `OutOfStock`, `PurchaseLimitReached`,
    `RequirementNotMet` and `Banned` are what they say. `cart_line_ids` are the lines of the cart that these are, if any.
    """
    refuse([*request.refused(), *_address_problems(request), *problems_of(request.lines)])
    await _refuse_banned(store, await buyer_of(store, request.customer_id), request, visitor)
    wanted = await with_products(store, request.lines)
    resolved = await resolve(store, request.customer_id, wanted, subscription=request.subscription)
    await refuse_banned_receivers(store, [line.recipient_id for line in resolved])
    await check(store, request.customer_id, resolved)
    seller, entered = await current(store), await _entered(store, request)
    found = await offers.offers_for(store, seller, request.customer_id, entered, visitor.ip)
    ids = ids_in_a_row(1 + len(resolved))
    lines = [line_of(ids[0], id, line) for id, line in zip(ids[1:], resolved, strict=True)]
    receivers = [line.gift_to_customer_id or request.customer_id for line in lines]
    await refuse_owned(store, [priced_line(line) for line in lines], receivers)
    for line, cart_line_id in zip(lines, cart_line_ids, strict=False):
        line.cart_line_id = cart_line_id
    token = checkout_token()
    checkout = _checkout(ids[0], token, seller.currency, request, visitor)
    checkout.from_cart = bool(cart_line_ids)
    await keep_prices(store, seller, checkout, lines)
    checkout.conversion = await adaptive(store, seller, visitor.country or _country(checkout))
    checkout.offers = await offers.with_affiliate(store, found, request.customer_id, request.affiliate_code)
    cart = await priced(store, seller, checkout, after_trials(lines))
    offers.refuse_unused(cart, checkout.offers, {one.code.strip().lower(): one.path for one in entered})
    _check_total(cart)
    await store.add(checkout)
    await store.add_all(lines)
    await expire_checkout.enqueue_at(store, checkout.expires_at, checkout_id=checkout.id)
    return CreateCheckoutSessionResponseDto(id=checkout.id, token=token, url=page_url(token))


async def _entered(store: StoreContext, request: CreateCheckoutSessionManagementDto) -> list[Entered]:
    """The codes of a request, of which one may be named by its coupon's id."""
    codes = [
        Entered(code, f"promo_codes[{number}]") for number, code in enumerate(request.promo_codes or ()) if code.strip()
    ]
    if request.coupon_id is not None:
        codes.append(Entered(await code_of(store, request.coupon_id), "coupon_id"))
    return codes


async def hold(store: StoreContext, token: str, payment_id: FlakeId) -> Checkout | None:
    """Take an open checkout for one payment; None when it is not open, not in time, or already taken.

    Of several who try at once one gets it. It stays taken until that payment is completed or has failed.
    """
    won = await store.change_all(FREE, {"held_by": payment_id}, digest=digest(token), now=clock.now())
    return won[0] if won else None


async def note_place(store: StoreContext, token: str, place: Address, tax_id: str, check: TaxIdCheck | None) -> None:
    """Where the buyer of an open checkout says to be, and the VAT id of their company: what tax depends on.

    Of `place` the country counts, and the state unless that is None; the rest of an address in this country stays.
    """
    free = store.rows(Checkout).where(
        Checkout.c.token_digest == digest(token), Checkout.c.state == "open", Checkout.c.held_by.is_(None)
    )
    for checkout in await store.all(free):
        known = checkout.billing_address or Address()
        address = replace(known, state=known.state if place.state is None else place.state)
        address = address if known.country == place.country else place
        changes = {"billing_address": address, "billing_tax_id": tax_id or None, "tax_id_check": check}
        await store.change_all(free, changes)


async def release(store: StoreContext, checkout_id: FlakeId, payment_id: FlakeId) -> None:
    """Let others pay, and let others have the units and codes that were taken: this payment came to nothing."""
    held = store.rows(Checkout).where(Checkout.c.id == checkout_id, Checkout.c.held_by == payment_id)
    for checkout in await store.change_all(held, {"held_by": None}):
        await give_back(store, checkout_id)
        await offers.give_back(store, checkout)


async def complete(store: StoreContext, checkout_id: FlakeId) -> None:
    """Close a checkout that is paid, and take what was bought out of the cart that it came from."""
    closed = {"state": "completed", "completed_at": clock.now(), "held_by": None}
    for checkout in await store.change_all(OPEN, closed, checkout_id=checkout_id):
        if checkout.from_cart:
            await take_out(store, checkout_id)
        await offers.keep(store, checkout)


def page_url(token: str) -> str:
    """Where the checkout that this token opens is paid."""
    return f"{settings().checkout_url}/?t={token}"


def seal_token(checkout_id: FlakeId, token: str) -> bytes:
    """The token of a checkout as it is kept, for `token_of`."""
    return sealer().seal(token, _context(checkout_id))


def token_of(checkout_id: FlakeId, sealed: bytes) -> str:
    """The token of a checkout in the clear, to be shown on its order."""
    return sealer().open(sealed, _context(checkout_id))


def ids_in_a_row(count: int) -> list[FlakeId]:
    """Consecutive ids: those of a parent and its lines follow each other, as readers of the wire expect.

    Now and then the millisecond turns between two ids; then they are made anew. Nothing breaks if that happens five times.
    """
    made: list[FlakeId] = []
    for _ in range(5):
        made = [new_id() for _ in range(count)]
        if int(made[-1]) - int(made[0]) == count - 1:
            break
    return made


def _address_problems(request: CreateCheckoutSessionManagementDto) -> Iterator[FieldError]:
    for name, url in (("return_url", request.return_url), ("cancel_url", request.cancel_url)):
        if url is not None and not _is_web_address(url):
            yield FieldError("InvalidUrl", f"`{name}` must be an absolute http or https address.", name, "url")
    if request.auto_redirect and not request.return_url:
        yield FieldError("Required", "`auto_redirect` needs a `return_url` to go to.", "return_url", "required")


def _is_web_address(url: str) -> bool:
    """Whether a browser can be sent there, and nowhere worse: no `javascript:`, no white space, no control characters."""
    try:
        parts = urlsplit(url)
        readable = url.isprintable() and not any(char.isspace() or char in '\\<>"' for char in url)
        return readable and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


async def _refuse_banned(
    store: StoreContext, buyer: Customer, request: CreateCheckoutSessionManagementDto, visitor: Visitor
) -> None:
    details = request.customer_details or CheckoutCustomerDetailsDto()
    await refuse_banned(store, buyer, ip=visitor.ip, emails=[details.billing_email])


def _check_total(cart: PricedCart) -> None:
    if cart.total_amount > LARGEST_TOTAL:
        most = formatted(LARGEST_TOTAL, cart.currency)
        raise InvalidInput(
            f"One checkout may come to {most} at most; this one comes to {formatted(cart.total_amount, cart.currency)}."
        )


def _checkout(
    id: FlakeId, token: str, currency: str, request: CreateCheckoutSessionManagementDto, visitor: Visitor
) -> Checkout:
    details = request.customer_details or CheckoutCustomerDetailsDto()
    return Checkout(
        id=id,
        customer_id=request.customer_id,
        token_digest=digest(token),
        token_sealed=seal_token(id, token),
        state="open",
        expires_at=clock.now() + SESSION_LIVES,
        currency=currency,
        return_url=request.return_url,
        cancel_url=request.cancel_url,
        auto_redirect=request.auto_redirect or False,
        metadata=request.metadata or {},
        customer_ip=visitor.ip,
        visitor_country=visitor.country,
        billing_name=details.billing_name,
        billing_email=details.billing_email,
        billing_address=_address(details.billing_address, visitor),
        billing_tax_id=details.billing_tax_id,
    )


def _address(given: AddressDto | None, visitor: Visitor) -> Address | None:
    """The billing address as given; until a country is, the visitor's stands in."""
    country = (given and given.country) or visitor.country
    if given is None:
        return Address(country=country) if country else None
    return Address(
        country=country.upper() if country else None,
        state=given.state or None,  # an empty one is for buyers who said that theirs is none of the page's
        city=given.city,
        postal_code=given.postal_code,
        line_1=given.line_1,
        line_2=given.line_2,
    )


def _country(checkout: Checkout) -> str | None:
    return checkout.billing_address.country if checkout.billing_address else None


def line_of(checkout_id: FlakeId, id: FlakeId, line: Resolved) -> CheckoutLine:
    """A new line of a checkout."""
    return CheckoutLine(
        id=id,
        checkout_id=checkout_id,
        product_id=line.product.id,
        product_version_id=line.product.version_id,
        product_name=line.product.name,
        product_image_url=line.product.image_url,
        price=line.product.price,
        quantity=line.quantity,
        gift_to_customer_id=line.recipient_id,
        selected_gameserver_id=line.gameserver_id,
        metadata=line.metadata,
        custom_variables=line.chosen,
        wanted=to_price(id, line.product, line.quantity, line.chosen, subscription=line.renewal.renews),
        subscription_interval_value=line.renewal.value,
        subscription_interval_scale=line.renewal.scale,
        trial=line.renewal.trial is not None,
    )


def _context(checkout_id: FlakeId) -> str:
    return f"checkout:{checkout_id}"
