"""Banning who disputes a payment: nobody, until the owner says which of the payer's identities are banned."""

from typing import Final

from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.customers.ban_identities.service import bannable
from sutler.customers.bans import service as bans
from sutler.customers.bans.models import BanType
from sutler.customers.bans.schemas import BanDto, BanIdentityDto, UpsertBanRequestDto
from sutler.customers.customers.models import Customer
from sutler.customers.identities.service import BadIdentity
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.ids import pretty_id
from sutler.stores.stores.models import BannedOnChargeback
from sutler.stores.stores.service import current

REASON: Final = "Chargeback of payment {payment} for order {order}"


async def ban(store: StoreContext, payment: Payment, order: Order) -> BanDto | None:
    """Ban the payer by what the owner chose; None when that is nothing, or nothing of it is known."""
    chosen = (await current(store)).ban_on_chargeback
    if not chosen:
        return None
    payer: Customer | None = await store.peek(by_id(Customer), id=payment.customer_id)
    identities = [one for kind in chosen for one in _identities(kind, payment, order, payer)]
    if not identities:
        return None
    reason = REASON.format(payment=pretty_id(payment.id), order=pretty_id(order.id))
    return await bans.create(store, UpsertBanRequestDto(reason=reason, identities=identities))


def _identities(kind: BannedOnChargeback, payment: Payment, order: Order, payer: Customer | None) -> list[BanIdentityDto]:
    """What is banned; an account on a platform without bans of its own is the customer whom it always leads to."""
    known: dict[BannedOnChargeback, tuple[BanType, str]] = {
        "customer": ("customer", payment.customer_id),
        "identity": ("steam", payer.steam_id) if payer and payer.steam_id else ("customer", payment.customer_id),
        "email": ("email", order.billing_email),
        "ip": ("ip", order.customer_ip),
    }
    ban_type, value = known[kind]
    try:
        bannable(ban_type, value)
    except BadIdentity:  # a bill without an e-mail address, or a purchase past the checkout page
        return []
    return [BanIdentityDto(ban_type=ban_type, ban_type_value=value)]
