"""The tables of checkout sessions and their lines."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from sutler.catalog.custom_variables.models import Chosen
from sutler.catalog.products.models import Interval, UpsellType
from sutler.checkout.pricing.offers import NO_OFFERS, LineToPrice, Offers
from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict, InvalidInput
from sutler.kernel.exchange import Conversion
from sutler.kernel.ids import FlakeId

SESSION_LIVES = timedelta(hours=24)
TaxIdCheck = Literal["valid", "invalid", "not_checked"]
"""What is known of a VAT id: the tax office's answer, or that it did not answer."""
CheckoutState = Literal["open", "completed", "expired"]
CheckoutStep = Literal["offers", "payment"]
"""Where a buyer has come to whose details, offers and payment are a step each; at first they give their details."""
TRANSITIONS: Final[Mapping[CheckoutState, tuple[CheckoutState, ...]]] = {
    "open": ("completed", "expired"),
    "completed": (),
    "expired": (),
}


class Address(msgspec.Struct, kw_only=True):
    """A postal address; every part may be missing."""

    country: str | None = None
    state: str | None = None
    city: str | None = None
    postal_code: str | None = None
    line_1: str | None = None
    line_2: str | None = None


class Checkout(StoreRecord, table="checkouts"):
    """What a customer is about to buy. The token is the key to its page.

    `held_by` is the payment in progress: while there is one, nobody else can pay and the checkout does not expire.
    `offers` are the sales of the moment when it was opened, and the codes that were entered since.
    """

    customer_id: FlakeId
    token_digest: bytes
    token_sealed: bytes
    state: CheckoutState
    expires_at: datetime
    currency: str
    return_url: str | None
    cancel_url: str | None
    auto_redirect: bool
    metadata: dict[str, str]
    customer_ip: str
    billing_name: str | None
    billing_email: str | None
    billing_address: Address | None
    billing_tax_id: str | None
    held_by: FlakeId | None = None
    completed_at: datetime | None = None
    from_cart: bool = False
    offers: Offers = NO_OFFERS
    tax_id_check: TaxIdCheck | None = None
    visitor_country: str | None = None  # where the buyer's browser is, as evidence
    conversion: Conversion | None = None  # to what the buyer pays in, frozen; none where that is the store's currency
    subscription_id: FlakeId | None = None  # what it renews or changes
    billing_cycle_sequence: int | None = None  # the cycle of the subscription that it renews
    subscription_change_id: FlakeId | None = None  # the change that it pays for
    step: CheckoutStep | None = None


class CheckoutLine(StoreRecord, table="checkout_lines"):
    """One product in a checkout, bound to the version that was for sale.

    `price` is one unit in minor units, without what was chosen for it. `cart_line_id` is the line of the cart that it was,
    `wanted` what pricing knows of it (nothing, where it is older than that). `upsell_of` is the product that it was offered
    with on the page, if it was. A line that another one stands in for is not bought.
    """

    checkout_id: FlakeId
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    price: int
    quantity: int
    gift_to_customer_id: FlakeId | None
    selected_gameserver_id: FlakeId | None
    metadata: dict[str, str]
    custom_variables: list[Chosen] = msgspec.field(default_factory=list)
    cart_line_id: FlakeId | None = None
    wanted: LineToPrice | None = None
    subscription_interval_value: int | None = None  # how often it renews; None for what is bought once
    subscription_interval_scale: Interval | None = None
    trial: bool = False
    subscription_line_id: FlakeId | None = None  # the line of a subscription that it renews or changes
    upsell_of: FlakeId | None = None
    upsell_type: UpsellType | None = None
    replaced_by_line_id: FlakeId | None = None  # the offer that stands in for it


class ProductUnavailable(InvalidInput):
    """This product is not for sale."""


class RequirementNotMet(InvalidInput):
    """This product is only for those who have another one."""


class StepOwned(InvalidInput):
    """This step of a ladder, or a higher one, is owned already."""


class InvalidPromoCode(InvalidInput):
    """There is no such promo code."""


class CheckoutCompleted(Conflict):
    """This checkout is already paid. Its order is complete, and nothing is left to do."""


class CheckoutExpired(Conflict):
    """This checkout is no longer open: it was not paid within 24 hours. Create a new one."""


class CheckoutTokenTaken(Conflict):
    """This checkout token already exists."""


class CycleHasCheckout(Conflict):
    """This cycle of the subscription is already being renewed."""


unique(CheckoutTokenTaken, Checkout.c.token_digest, name="checkouts_digest")
unique(
    CycleHasCheckout, Checkout.c.store_id, Checkout.c.subscription_id, Checkout.c.billing_cycle_sequence,
    name="checkouts_cycle", where=Checkout.c.billing_cycle_sequence.is_not(None),
)  # fmt: skip
index("checkouts_held", Checkout.c.store_id, Checkout.c.held_by, where=Checkout.c.held_by.is_not(None))
index("checkout_lines_checkout", CheckoutLine.c.store_id, CheckoutLine.c.checkout_id)
