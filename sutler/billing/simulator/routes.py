"""The API of the simulator, Sutler's own: paying a checkout without a browser and without money."""

from typing import Annotated, Any

from msgspec import Meta
from msgspec.structs import replace

from sutler.billing.disputes import service as disputes
from sutler.billing.gateway_refunds.service import look
from sutler.billing.gateways.interface import DisputeState
from sutler.billing.gateways.scripts import Notices, RefundWish, Script, Seconds, Times, Wish, read, sensible
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.orders import queries
from sutler.billing.orders.models import DeclineCode
from sutler.billing.orders.schemas import OrderDto
from sutler.billing.payment_methods.service import shown
from sutler.billing.payments import queries as payments
from sutler.billing.payments.models import Payment
from sutler.billing.payments.schemas import PaymentDto, PaymentMethodDto
from sutler.billing.payments.service import pay
from sutler.billing.simulator.service import give_back, rehearse
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import steps, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Amount, Wire

routes = Routes("/v1/stores/{storeId}/simulator", tag="simulator", recorded=False)  # it acts for a buyer; the order tells
Payer = Annotated[Shop, steps("checkout_create")]
Bank = Annotated[StoreContext, writes("checkout_create")]
LATER = (
    "refund", "refund_after_seconds", "dispute", "dispute_after_seconds", "decide_after_seconds", "renewal_decline_code",
    "renewal_after_seconds", "renewals_first",
)  # fmt: skip


class PayCheckoutDto(Wire):
    """What is to become of the simulated payment: an outcome, or the number of a test card that stands for one.

    `refund` is what becomes of its refunds; one that `comes_back` succeeds, and fails `refund_after_seconds` later.
    With `dispute` the payer's bank takes the money back after `dispute_after_seconds`, and decides `decide_after_seconds`
    later unless it is to stay `pending`.
    Where the card is kept for renewals, the first `renewals_first` of them succeed, and then `renewal` says.
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
    renewal: Wish | None = None
    renewal_decline_code: DeclineCode = "generic_decline"
    renewal_after_seconds: Seconds = 0
    renewals_first: Times = 0

    def script(self) -> Script:
        """What the simulated bank does; InvalidInput for a number that is no test card, and for neither."""
        later: Any = {name: getattr(self, name) for name in LATER}
        if self.card_number is not None:
            card = read(self.card_number)
            own = {"dispute": self.dispute or card.dispute, "renewal": self.renewal or card.renewal}
            return sensible(replace(card, **later | own))
        if self.outcome is None:
            text = "Say what is to become of the payment: give an `outcome` or a `card_number`."
            raise InvalidInput(text, [FieldError("Required", text, "outcome", "required")])
        told = Script(
            wish=self.outcome, decline_code=self.decline_code, after_seconds=self.after_seconds, notices=self.notices,
            renewal=self.renewal or "succeed", **later,
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


class GiveBackDto(Wire, forbid_unknown_fields=True):
    """What the owner gives back on the simulated bank's own page, in minor units; all that is left without an amount."""

    amount: Annotated[int, Meta(ge=1, le=2**53, extra_json_schema={"format": "int64"})] | None = None


@routes.post("/payments/{paymentId}/refund", "Simulator_RefundPayment", status=200)
async def refund_payment(shop: Payer, payment_id: FlakeId, body: GiveBackDto | None) -> PaymentDto:
    """Give money back on the simulated bank's own page, past this API, and show the payment.

    Only for stores that are not in live mode. What becomes of the refund the payment's own script says.
    """
    async with shop.writing() as store:
        await give_back(store, payment_id, (body or GiveBackDto()).amount)
    await look(shop, payment_id)
    async with shop.reading() as store:
        (payment,) = await payments.shown(store, [await store.get(Payment, payment_id)])
    return payment


class KeptCardDto(Wire):
    """What becomes of charges of a kept card from now on: `succeeds_first` of them succeed, then `outcome` says.

    Nobody is there to confirm, so `authenticate` declines them with that reason.
    """

    outcome: Wish = "succeed"
    decline_code: DeclineCode = "generic_decline"
    after_seconds: Seconds = 0
    notices: Notices = "once"
    refund: RefundWish = "succeeds"
    refund_after_seconds: Seconds = 0
    succeeds_first: Times = 0

    def script(self) -> Script:
        """What the simulated bank does."""
        return Script(
            wish=self.outcome, decline_code=self.decline_code, after_seconds=self.after_seconds, notices=self.notices,
            refund=self.refund, refund_after_seconds=self.refund_after_seconds,
        )  # fmt: skip


@routes.post("/payment-methods/{paymentMethodId}", "Simulator_ChangeKeptCard", status=200)
async def change_kept_card(store: Bank, payment_method_id: FlakeId, body: KeptCardDto) -> PaymentMethodDto:
    """Say what becomes of a kept card of the simulator from now on, to rehearse renewals, and show the card.

    Only for stores that are not in live mode. What was charged before stays as it is.
    """
    return shown(await rehearse(store, payment_method_id, body.script(), body.succeeds_first))
