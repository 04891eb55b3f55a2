"""How refunds are found and shown."""

from collections import defaultdict
from collections.abc import Sequence

from sutler.billing.refunds.models import Refund
from sutler.billing.refunds.schemas import RefundDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted
from sutler.kernel.wire import or_unset


async def of_payments(store: StoreContext, payment_ids: Sequence[FlakeId]) -> dict[FlakeId, list[RefundDto]]:
    """The refunds of these payments, oldest first, with one statement."""
    found: dict[FlakeId, list[RefundDto]] = defaultdict(list)
    for refund in await store.all(store.rows(Refund).where(one_of_ids(Refund.c.payment_id, sorted(payment_ids)))):
        found[refund.payment_id].append(shown(refund))
    return found


def store_net_amount(refund: Refund) -> int:
    """What the store no longer earns: the amount less the tax in it and what the gateway gives back of its fee."""
    return refund.amount - refund.tax_amount - refund.gateway_fee_amount


def store_refund_amount(refund: Refund) -> int:
    """What leaves the store's account with the gateway."""
    return refund.amount - refund.gateway_fee_amount


def shown(refund: Refund) -> RefundDto:
    """A refund as the wire shows it. There is no platform, so no fee of one.

    What the payer gets back is beside it where they have paid in another currency.
    """
    amounts = {
        "amount": refund.amount, "gateway_fee_amount": refund.gateway_fee_amount, "tax_amount": refund.tax_amount,
        "platform_fee_amount": 0, "store_net_amount": store_net_amount(refund),
        "store_refund_amount": store_refund_amount(refund),
    }  # fmt: skip
    texts = {f"{name}_str": formatted(amount, refund.currency) for name, amount in amounts.items()}
    return RefundDto(
        **amounts,  # type: ignore[arg-type]  # the amounts and their texts, by name
        **texts,  # type: ignore[arg-type]  # the same
        id=refund.id,
        store_id=refund.store_id,
        payment_id=refund.payment_id,
        customer_id=refund.customer_id,
        order_line_id=or_unset(refund.order_line_id),
        status=refund.status,
        failure_reason=refund.failure_reason,
        currency=refund.currency,
        presentment_currency=refund.presentment_currency,
        presentment_amount=refund.presentment_amount,
        fx_rate=refund.fx_rate,
        refund_from_connected_user_balance=False,
        created_at=refund.created_at,
        approved_at=refund.approved_at,
        pending_at=refund.pending_at,
        completed_at=refund.completed_at,
        canceled_at=refund.canceled_at,
        failed_at=refund.failed_at,
    )
