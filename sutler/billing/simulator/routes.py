"""The API of the simulator, Sutler's own: paying a checkout without a browser and without money."""

from typing import Annotated, Any

from msgspec import Meta
from msgspec.structs import replace

from sutler.billing.disputes import service as disputes
from sutler.billing.gateways.interface import DisputeState
from sutler.billing.gateways.scripts import Notices, RefundWish, Script, Seconds, Wish, read, sensible
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.orders import queries
from sutler.billing.orders.models import DeclineCode
from sutler.billing.orders.schemas import OrderDto
from sutler.billing.payments import queries as payments
from sutler.billing.payments.models import Payment
from sutler.billing.payments.schemas import PaymentDto
from sutler.billing.payments.service import pay
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import steps
from sutler.kernel.edge.http import Routes
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Amount, Wire

routes = Routes("/v1/stores/{storeId}/simulator", tag="simulator", recorded=False)  # it acts for a buyer; the order tells
Payer = Annotated[Shop, steps("checkout_create")]
LATER = ("refund", "refund_after_seconds", "dispute", "dispute_after_seconds", "decide_after_seconds")


class PayCheckoutDto(Wire):
    """What is to become of the simulated payment: an outcome, or the number of a test card that stands for one.

    `refund` is what becomes of its refunds. With `dispute` the payer's bank takes the money back after
    `dispute_after_seconds`, and decides `decide_after_seconds` later unless it is to stay `pending`.
    """

    outcome: Wish | None = None
    card_number: Annotated[str, Meta(min_length=12, max_length=30)] | None = None
    decline_code: DeclineCode = "generic_decline"
    after_seconds: Seconds = 0
    notices: Notices = "once"
    refund: RefundWish = "succeeds"
    refund_after_seconds: Seconds = 0
    dispute: DisputeState | None = None
    dispute_after_seconds: Seconds = 0
    decide_after_seconds: Seconds = 0

    def script(self) -> Script:
        """What the simulated bank does; InvalidInput for a number that is no test card, and for neither."""
        later: Any = {name: getattr(self, name) for name in LATER}
        if self.card_number is not None:
            card = read(self.card_number)
            return sensible(replace(card, **later | {"dispute": self.dispute or card.dispute}))
        if self.outcome is None:
            text = "Say what is to become of the payment: give an `outcome` or a `card_number`."
            raise InvalidInput(text, [FieldError("Required", text, "outcome", "required")])
        told = Script(
            wish=self.outcome, decline_code=self.decline_code, after_seconds=self.after_seconds, notices=self.notices,
            **later,
        )  # fmt: skip
        return sensible(told)


@routes.post("/checkouts/{token}/pay", "Simulator_PayCheckout")
async def pay_checkout(shop: Payer, token: str, body: PayCheckoutDto) -> OrderDto:
    """Pay a checkout with the simulated card, or have the card declined, and show the order.

    Only for stores that are not in live mode. After a declined payment the order is still open and
    `last_payment_error` says why; the same checkout can then be paid again. While the simulated bank has not
    decided, the order stays `created`.
    """
    paid = await pay(shop, token, body.script().instrument, gateway=SIMULATOR.name)
    async with shop.reading() as store:
        (order,) = await queries.shown_with(store, [paid.order], paid.lines)
    return order


class DisputePaymentDto(Wire):
    """What the payer's bank does now: `pending` takes the money back, `won` lets the store keep it, `lost` does not.

    `fee_amount` is what it charges the store for that, in minor units.
    """

    state: DisputeState = "pending"
    fee_amount: Amount = 0


@routes.post("/payments/{paymentId}/dispute", "Simulator_DisputePayment", status=200)
async def dispute_payment(shop: Payer, payment_id: FlakeId, body: DisputePaymentDto) -> PaymentDto:
    """Let the simulated bank dispute a payment, or decide the dispute, and show the payment.

    Only for stores that are not in live mode. What was never disputed can be decided at once, as if the news of the
    dispute had been lost.
    """
    async with shop.writing() as store:
        await disputes.simulate(store, payment_id, body.state, body.fee_amount)
    await disputes.look(shop, payment_id)
    async with shop.reading() as store:
        (payment,) = await payments.shown(store, [await store.get(Payment, payment_id)])
    return payment
