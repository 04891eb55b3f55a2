"""Which rows tell of a person, and what is left of each once the person is forgotten."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, cast, func, or_, select

from sutler.billing.disputes.models import PaymentDispute
from sutler.billing.invoices.models import Invoice
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.billing.payments.models import Payment
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.billing.trials.models import Trial
from sutler.checkout.carts.models import CartLine
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.trial_claims.models import TrialClaim
from sutler.customers.bans.models import BanIdentity
from sutler.customers.customers.models import Customer, CustomerToken
from sutler.customers.profiles.models import CustomerName, PlayerProfile
from sutler.customers.trial_overrides.models import TrialOverride
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.player_joins.models import PlayerJoin
from sutler.kernel.data.queries import param
from sutler.kernel.data.records import Flake, StoreRecord
from sutler.promotions.coupons.models import Coupon
from sutler.promotions.gift_card_uses.models import GiftCardUse
from sutler.promotions.gift_cards.models import GiftCard
from sutler.promotions.redemptions.models import CouponRedemption
from sutler.promotions.referrals.models import Referral
from sutler.stores.mails.models import Mail

PERSON: Final = param("person", type_=Flake())
STORE: Final = param("store_id", type_=Flake())


def of_person(kind: type[StoreRecord], *conditions: ColumnElement[bool]) -> Select[Any]:
    """The ids of a store's rows of a kind that meet these conditions."""
    return select(kind.c.id).where(kind.c.store_id == STORE, *conditions)


class Part(NamedTuple):
    """Rows of one table. `left` is what stands in columns afterwards; None when the rows go altogether.

    Rows of which nothing is changed are only shown: they say what was paid, and name nobody, but for invoices.
    """

    kind: type[StoreRecord]
    condition: ColumnElement[bool]
    left: Mapping[str, Any] | None


def identities(*names: str) -> Select[Any]:
    """Values of some columns of the customer, one to a row."""
    first, *others = (select(Customer.c[n]).where(Customer.c.store_id == STORE, Customer.c.id == PERSON) for n in names)
    return first.union_all(*others)  # type: ignore[return-value]  # a compound of selects serves as one


CHECKOUTS: Final = of_person(Checkout, Checkout.c.customer_id == PERSON)
ORDERS: Final = of_person(Order, Order.c.customer_id == PERSON)
ITEMS: Final = of_person(DeliveryItem, DeliveryItem.c.customer_id == PERSON)
SUBSCRIPTIONS: Final = of_person(Subscription, Subscription.c.customer_id == PERSON)
PAYMENTS: Final = of_person(Payment, Payment.c.customer_id == PERSON)
PLAYER_IDS: Final = identities("steam_id", "minecraft_uuid", "xbox_xuid")
PLAYER_NAMES: Final = identities("steam_name", "minecraft_name", "name")
BANNED: Final = ("steam_id", "email", "name", "minecraft_name", "steam_name")
NOBODY: Final = {name: None for name in Customer.__struct_fields__ if name.startswith(("steam_", "minecraft_", "xbox_"))}

PARTS: Final = (
    Part(CustomerToken, CustomerToken.c.customer_id == PERSON, None),
    Part(Mail, Mail.c.customer_id == PERSON, None),
    Part(CustomerName, CustomerName.c.customer_id == PERSON, None),
    Part(
        PlayerProfile,
        or_(PlayerProfile.c.player_id.in_(PLAYER_IDS), PlayerProfile.c.name.in_(PLAYER_NAMES)),
        None,
    ),
    Part(
        PlayerJoin,
        or_(
            PlayerJoin.c.customer_id == PERSON,
            PlayerJoin.c.player.in_(PLAYER_IDS),
            PlayerJoin.c.player.in_(select(func.lower(PLAYER_NAMES.subquery().c[0]))),
        ),
        None,
    ),
    Part(
        BanIdentity,
        or_(
            func.lower(BanIdentity.c.value).in_(select(func.lower(identities(*BANNED).subquery().c[0]))),
            BanIdentity.c.value.in_(select(Order.c.customer_ip).where(Order.c.id.in_(ORDERS))),
            BanIdentity.c.value.in_(select(Checkout.c.customer_ip).where(Checkout.c.id.in_(CHECKOUTS))),
            func.lower(BanIdentity.c.value).in_(select(func.lower(Order.c.billing_email)).where(Order.c.id.in_(ORDERS))),
        ),
        None,
    ),
    Part(
        CommandAttempt,
        or_(CommandAttempt.c.customer_id == PERSON, CommandAttempt.c.item_id.in_(ITEMS)),
        {"steam_id": None, "minecraft_uuid": None, "customer_name": None, "command": ""},
    ),
    Part(
        DeliveryItem,
        DeliveryItem.c.customer_id == PERSON,
        {"revoke_reason": None, "revoke_note": None, "custom_variables": []},
    ),
    Part(Payment, Payment.c.customer_id == PERSON, {"method_details": PaymentMethodDetailsDto()}),
    Part(
        PaymentMethod,
        PaymentMethod.c.customer_id == PERSON,
        {
            "method_details": PaymentMethodDetailsDto(), "gateway_customer_id": "",
            "gateway_reference": cast(PaymentMethod.c.id, Text),  # unique, and the name of nothing
        },
    ),
    Part(PaymentDispute, PaymentDispute.c.payment_id.in_(PAYMENTS), {"reason": ""}),
    Part(OrderLine, OrderLine.c.order_id.in_(ORDERS), {"metadata": {}, "custom_variables": []}),
    Part(CheckoutLine, CheckoutLine.c.checkout_id.in_(CHECKOUTS), {"metadata": {}, "custom_variables": []}),
    Part(GiftCardUse, GiftCardUse.c.checkout_id.in_(CHECKOUTS), {}),
    Part(GiftCard, GiftCard.c.customer_id == PERSON, {"note": None}),
    Part(CouponRedemption, CouponRedemption.c.customer_id == PERSON, {}),
    Part(Coupon, Coupon.c.usable_by_customer_id == PERSON, {"note": None}),
    Part(Invoice, Invoice.c.customer_id == PERSON, {}),  # the law has sellers keep them as they are
    Part(TrialClaim, TrialClaim.c.customer_id == PERSON, {}),
    Part(TrialOverride, TrialOverride.c.customer_id == PERSON, {"note": None}),
    Part(Trial, Trial.c.customer_id == PERSON, {}),
    Part(SubscriptionLine, SubscriptionLine.c.subscription_id.in_(SUBSCRIPTIONS), {"custom_variables": []}),
    Part(
        Subscription,
        Subscription.c.customer_id == PERSON,
        {"billing_name": "", "billing_email": "", "billing_tax_id": None, "billing_address": None, "customer_ip": ""},
    ),
    Part(Referral, Referral.c.customer_id == PERSON, None),
    Part(CartLine, CartLine.c.customer_id == PERSON, None),
    Part(
        Order,
        Order.c.customer_id == PERSON,
        {"billing_name": "", "billing_email": "", "billing_tax_id": None, "customer_ip": ""},
    ),
    Part(
        Checkout,
        Checkout.c.customer_id == PERSON,
        {
            "return_url": None, "cancel_url": None, "metadata": {}, "customer_ip": "", "billing_name": None,
            "billing_email": None, "billing_address": None, "billing_tax_id": None,
        },
    ),
    Part(Customer, Customer.c.id == PERSON, NOBODY | {"name": None, "email": None, "metadata": {}}),
)  # fmt: skip
"""In the order in which they are forgotten: those that are found by what others say of the person come first."""
