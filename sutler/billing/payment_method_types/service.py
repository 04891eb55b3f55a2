"""The payment method types that our gateways bring with them, and which of them a store has switched off."""

from typing import Final, Literal

from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.gateways.manual import MANUAL
from sutler.billing.gateways.paypal import PAYPAL
from sutler.billing.payment_method_types.schemas import PaymentMethodTypeDto
from sutler.catalog.product_rules.service import LOWEST_PRICE
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import Conflict, NotFound
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current

NAMES: Final = {
    "card": ("Cards", "card"),
    MANUAL.method_type: (MANUAL.title, "offline"),
    PAYPAL.method_type: (PAYPAL.title, "wallet"),
}
"""By type: its name for people, and its category."""
ON_THE_WIRE: Final[tuple[Literal["stripe", "paypal"], ...]] = ("stripe", "paypal")
"""The gateways that the contract has a name for."""


class NoApprovalNeeded(Conflict):
    """Nothing has to be approved here: switch the payment method type on, and it works."""


def known() -> list[str]:
    """Every type, in the order of the gateways."""
    return list(dict.fromkeys(gateway.method_type for gateway in GATEWAYS.values()))


async def all_of(store: StoreContext) -> list[PaymentMethodTypeDto]:
    """Every type, as this store offers it."""
    seller = await current(store)
    return [_shown(id, seller) for id in known()]


async def toggle(store: StoreContext, id: str, *, enabled: bool) -> None:
    """Let buyers choose a type, or not any more; NotFound for one that there is not."""
    checked(id)
    seller = await store.get(Store, store.store_id)
    others = [other for other in seller.disabled_payment_methods if other != id]
    await store.change(seller, {"disabled_payment_methods": others if enabled else [*others, id]})


def checked(id: str) -> str:
    """The type, or NotFound."""
    if id not in known():
        raise NotFound(f"There is no payment method type {id!r}. There are: {', '.join(known())}.")
    return id


def _shown(id: str, seller: Store) -> PaymentMethodTypeDto:
    name, category = NAMES[id]
    return PaymentMethodTypeDto(
        id=id,
        name=name,
        category=category,
        confirmation="manual" if id == MANUAL.method_type else "instant",
        enabled=id not in seller.disabled_payment_methods,
        subscriptions_supported=any(gateway.can_recur for gateway in GATEWAYS.values() if gateway.method_type == id),
        gateways=[name for name in ON_THE_WIRE if GATEWAYS[name].method_type == id and name in seller.gateways],
        min_transaction_amount=LOWEST_PRICE,
    )
