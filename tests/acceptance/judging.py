"""What must be true after any history of a purchase."""

from collections import Counter

from sutler.billing.disputes.models import PaymentDispute
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import LIVE, Refund
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel.data.queries import one_of_ids
from sutler.promotions.redemptions.models import CouponRedemption
from tests.acceptance.accounts import PAID, TOOK
from tests.acceptance.living import COMMANDS, Life


async def assert_sound(life: Life) -> None:
    """Nothing lost, nothing twice. The books are those of all lives together: `accounts` looks at them."""
    orders, items = await life.orders(), await life.items()
    assert len(orders) <= 1
    await assert_that_money_is_right(life)
    await assert_that_coupons_are_right(life, orders)
    await assert_that_items_are_right(life, orders, items)
    await assert_that_commands_are_right(life, items)


async def assert_that_money_is_right(life: Life) -> None:
    """Taken once at most, and never more given back than was taken."""
    store, payments = life.store, await life.payments()
    refunds = await refunds_of(life)
    ids = [payment.id for payment in payments] or ["0"]
    disputes = await store.all(store.rows(PaymentDispute).where(one_of_ids(PaymentDispute.c.payment_id, ids)))
    taken = [payment for payment in payments if payment.status in TOOK]
    given = sum(refund.amount for refund in refunds if refund.status == "completed")
    gone = sum(dispute.amount for dispute in disputes if dispute.state in ("pending", "lost"))

    assert len(taken) <= 1
    assert sum(payment.amount for payment in taken) >= given + gone
    assert all(0 <= payment.refunded_amount <= payment.amount for payment in payments)
    reserved = sum(refund.amount for refund in refunds if refund.status in LIVE)
    assert sum(payment.refunded_amount for payment in payments) == reserved
    assert {refund.status for refund in refunds} <= {"completed", "failed"}  # all of them came to an end


async def refunds_of(life: Life) -> list[Refund]:
    """Every attempt to give something back."""
    ids = [payment.id for payment in await life.payments()] or ["0"]
    return await life.store.all(life.store.rows(Refund).where(one_of_ids(Refund.c.payment_id, ids)))


async def assert_that_coupons_are_right(life: Life, orders: list[Order]) -> None:
    """A coupon is redeemed once if its order was paid, and not at all if not."""
    used = sum(len(order.coupons) for order in orders if order.status in PAID)
    store = life.store
    found = await store.all(store.rows(CouponRedemption).where(CouponRedemption.c.customer_id == life.customer_id))
    assert sum(one.kept_at is not None for one in found) == used
    assert sum(one.released_at is None for one in found) == used


async def assert_that_items_are_right(life: Life, orders: list[Order], items: list[DeliveryItem]) -> None:
    """One item for each unit of an order that was paid, whatever became of it since; none of any other."""
    expected = Counter[tuple[str, int]]()
    for order in orders:
        if order.status in PAID:
            for line in await life.lines(order):
                expected.update((line.id, unit) for unit in range(1, line.quantity + 1))

    assert Counter((item.order_line_id or "", item.quantity_index or 0) for item in items) == expected
    if any(order.status in ("refunded", "chargeback") for order in orders):
        assert {item.state for item in items} == {"revoked"}
    payments: list[Payment] = await life.payments()
    reasons = {item.revoke_reason for item in items if item.state == "revoked"}
    assert "chargeback" not in reasons or any(payment.chargeback_at for payment in payments)
    assert "refund" not in reasons or await refunds_of(life)


async def assert_that_commands_are_right(life: Life, items: list[DeliveryItem]) -> None:
    """Each command of a purchase was queued once; it ran, or was called off; twice only if it was not acknowledged."""
    store = life.store
    ids = [item.id for item in items] or ["0"]
    attempts = await store.all(store.rows(CommandAttempt).where(one_of_ids(CommandAttempt.c.item_id, ids)))
    stages = {product.id: stages for product, stages in zip(life.place.products, COMMANDS, strict=True)}
    for item in items:
        theirs = Counter(attempt.stage for attempt in attempts if attempt.item_id == item.id)
        of_product = Counter(stages[item.product_id])
        assert theirs["on_purchase"] == of_product["on_purchase"]
        assert all(theirs[stage] <= of_product[stage] for stage in theirs)
        after = theirs["on_refund"] + theirs["on_chargeback"] + theirs["on_expire"]
        assert (after > 0) == (item.state != "active" and has_ended(item) and after_wanted(of_product))
    assert all(attempt.executed_at or attempt.unqueued_at for attempt in attempts)
    assert all(attempt.executed_at is None or life.runs[attempt.id] for attempt in attempts)
    assert all(times == 1 or id in life.lost for id, times in life.runs.items())


def has_ended(item: DeliveryItem) -> bool:
    """Whether the item's time is over, by itself or because it was taken back."""
    return item.state == "revoked" or (item.state == "used" and item.expirable)


def after_wanted(of_product: Counter[str]) -> bool:
    """Whether anything runs at the end of such an item."""
    return bool(of_product["on_expire"])
