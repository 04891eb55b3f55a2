"""Orders that were paid past any gateway, with tax and fees of any size, as tests of refunds need them."""

from collections.abc import Sequence

import httpx2

from sutler.billing.gateways.interface import Succeeded
from sutler.billing.gateways.simulator import card
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.billing.payments.models import Payment
from sutler.billing.settlements.service import settle
from sutler.doctor import books, disputes, gift_cards, presentments, refunds
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId, new_id
from tests.acceptance.accounts import assert_that_accounts_are_right
from tests.contract.client import ContractClient

TOKEN = b"nobody opens it"
MONEY = books.CHECKS | refunds.CHECKS | disputes.CHECKS | gift_cards.CHECKS | presentments.CHECKS


async def assert_that_money_is_in_order(store: StoreContext) -> None:
    """The doctor finds nothing wrong with any money, and every account holds what follows from everything else."""
    found = {name: await look(store.connection) for name, look in MONEY.items()}
    assert {name: outcome.examples for name, outcome in found.items() if outcome.problems} == {}
    await assert_that_accounts_are_right(store)


async def add_paid_order(
    store: StoreContext, customer_id: FlakeId, lines: Sequence[tuple[int, int]], *, fee: int = 0, gateway: str = "simulator"
) -> Payment:
    """The completed payment of an order whose lines come to these totals, each with the tax in it."""
    total, tax = sum(total for total, _ in lines), sum(tax for _, tax in lines)
    order = await store.add(
        Order(
            customer_id=customer_id, checkout_id=new_id(), checkout_token_sealed=TOKEN, type="one_time", status="created",
            currency="usd", subtotal_amount=total - tax, discount_amount=0, tax_amount=tax, total_amount=total,
            giftcard_usage_amount=0, tax_inclusive=False, billing_name="", billing_email="", billing_country="",
            billing_tax_id=None, customer_ip="",
        )
    )  # fmt: skip
    await store.add_all([_line(order.id, *amounts) for amounts in lines])
    payment = await store.add(
        Payment(
            order_id=order.id, customer_id=customer_id, gateway=gateway, gateway_reference="", method_type="card",
            method_details=PaymentMethodDetailsDto(), status="pending", currency="usd", amount=total, tax_amount=tax,
            gateway_fee_amount=0,
        )
    )  # fmt: skip
    await settle(store, payment.id, Succeeded(method_type="card", method_details=card("4242"), fee_amount=fee))
    return await store.get(Payment, payment.id)


def _line(order_id: FlakeId, total: int, tax: int) -> OrderLine:
    return OrderLine(
        order_id=order_id, checkout_line_id=new_id(), product_id=new_id(), product_version_id=new_id(), product_name="VIP",
        product_image_url=None, price=total - tax, quantity=1, subtotal_amount=total - tax, discount_amount=0,
        tax_amount=tax, total_amount=total, giftcard_usage_amount=0, tax_inclusive=False, gift_to_customer_id=None,
        selected_gameserver_id=None, metadata={},
    )  # fmt: skip


async def refund(api: ContractClient, store_id: FlakeId, order_id: FlakeId, body: object = None) -> httpx2.Response:
    """What is answered when an order, or what the body names, is to be refunded."""
    path = f"/v1/stores/{store_id}/orders/{order_id}/refund"
    return await (api.post(path) if body is None else api.post(path, json=body))
