"""Which steps of ladders somebody pays for at this moment, whose ever checkout it is."""

from collections.abc import Collection
from typing import Final

from msgspec import Struct
from sqlalchemy import or_, select

from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.checkouts.queries import BOUGHT
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, among, param, reader
from sutler.kernel.data.records import Flake, Flakes
from sutler.kernel.ids import FlakeId

IN_PAYMENT: Final = StoreStatement(
    select(CheckoutLine.table, Checkout.c.customer_id)
    .join_from(
        CheckoutLine.table,
        Checkout.table,
        (Checkout.c.id == CheckoutLine.c.checkout_id) & (Checkout.c.store_id == CheckoutLine.c.store_id),
    )
    .where(
        Checkout.c.store_id == param("store_id", type_=Flake()),
        Checkout.c.held_by.is_not(None),
        Checkout.c.id != param("checkout_id", type_=Flake()),
        or_(
            among(Checkout.c.customer_id, param("people", type_=Flakes())),
            among(CheckoutLine.c.gift_to_customer_id, param("people", type_=Flakes())),
        ),
        BOUGHT,
    )
)


class Step(Struct, frozen=True):
    """A line of a ladder, for whom it is, and whether it is subscribed to, for whoever pays or for somebody else."""

    group_id: FlakeId
    customer_id: FlakeId
    subscription: bool
    gift: bool


async def in_payment(store: StoreContext, checkout_id: FlakeId, customer_ids: Collection[FlakeId]) -> set[Step]:
    """The steps for these customers that other checkouts than this are being paid for."""
    read, width = reader(CheckoutLine, store.connection.dialect), len(CheckoutLine.__struct_fields__)
    found = set[Step]()
    for row in await store.run(IN_PAYMENT, checkout_id=checkout_id, people=sorted(customer_ids)):
        line, payer_id = read(row[:width]), str(row[width])
        if line.wanted is not None and line.wanted.tier_group_id:
            receiver_id = line.gift_to_customer_id or payer_id
            found.add(Step(line.wanted.tier_group_id, receiver_id, line.wanted.subscription, receiver_id != payer_id))
    return found
