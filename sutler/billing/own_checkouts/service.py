"""The rows of a checkout that the store opens for a subscription, whether that is renewed or changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sutler.billing.cycle_prices.service import address_of
from sutler.billing.subscription_changes.models import SubscriptionChangeLine
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.checkouts.service import ids_in_a_row, seal_token
from sutler.checkout.pricing.offers import LineToPrice
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.kernel.tokens import checkout_token, digest


class Charged(Struct, frozen=True, kw_only=True):
    """One line that is charged: which line of the subscription, at what, and what else its row says."""

    line_id: FlakeId
    of: SubscriptionLine | SubscriptionChangeLine
    wanted: LineToPrice
    own: dict[str, Any]


async def open_for(
    store: StoreContext, one: Subscription, lines: Sequence[Charged], *, expires_at: datetime, **own: Any
) -> tuple[Checkout, list[CheckoutLine]]:
    """Open a checkout with these lines on the bill of a subscription; `own` are the columns of this checkout alone."""
    ids = ids_in_a_row(1 + len(lines))
    checkout = replace(_checkout(ids[0], one, expires_at), **own)
    new = [replace(_line(ids[0], id, one, line), **line.own) for id, line in zip(ids[1:], lines, strict=True)]
    await store.add(checkout)
    await store.add_all(new)
    return checkout, new


def _checkout(id: FlakeId, one: Subscription, expires_at: datetime) -> Checkout:
    token = checkout_token()
    return Checkout(
        id=id,
        customer_id=one.customer_id,
        token_digest=digest(token),
        token_sealed=seal_token(id, token),
        state="open",
        expires_at=expires_at,
        currency=one.currency,
        return_url=None,
        cancel_url=None,
        auto_redirect=False,
        metadata={},
        customer_ip=one.customer_ip,
        billing_name=one.billing_name or None,
        billing_email=one.billing_email or None,
        billing_address=address_of(one),
        billing_tax_id=one.billing_tax_id,
        tax_id_check=one.tax_id_check,
        conversion=one.conversion,
        subscription_id=one.id,
    )


def _line(checkout_id: FlakeId, id: FlakeId, one: Subscription, line: Charged) -> CheckoutLine:
    product = line.of
    return CheckoutLine(
        id=id,
        checkout_id=checkout_id,
        product_id=product.product_id,
        product_version_id=product.product_version_id,
        product_name=product.product_name,
        product_image_url=product.product_image_url,
        price=line.wanted.price,
        quantity=1,
        gift_to_customer_id=None,
        selected_gameserver_id=product.selected_gameserver_id,
        metadata={},
        custom_variables=product.custom_variables,
        wanted=replace(line.wanted, key=id),
        subscription_interval_value=one.interval_value,
        subscription_interval_scale=one.interval_scale,
        subscription_line_id=line.line_id,
    )
