"""The API of the simulator, Sutler's own: paying a checkout without a browser and without money."""

from typing import Annotated

from msgspec import Meta

from sutler.billing.gateways.scripts import Notices, Script, Seconds, Wish, read
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.orders import queries
from sutler.billing.orders.models import DeclineCode
from sutler.billing.orders.schemas import OrderDto
from sutler.billing.payments.service import pay
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import steps
from sutler.kernel.edge.http import Routes
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.wire import Wire

routes = Routes("/v1/stores/{storeId}/simulator", tag="simulator", recorded=False)  # it acts for a buyer; the order tells
Payer = Annotated[Shop, steps("checkout_create")]


class PayCheckoutDto(Wire):
    """What is to become of the simulated payment: an outcome, or the number of a test card that stands for one."""

    outcome: Wish | None = None
    card_number: Annotated[str, Meta(min_length=12, max_length=30)] | None = None
    decline_code: DeclineCode = "generic_decline"
    after_seconds: Seconds = 0
    notices: Notices = "once"

    def script(self) -> Script:
        """What the simulated bank does; InvalidInput for a number that is no test card, and for neither."""
        if self.card_number is not None:
            return read(self.card_number)
        if self.outcome is None:
            text = "Say what is to become of the payment: give an `outcome` or a `card_number`."
            raise InvalidInput(text, [FieldError("Required", text, "outcome", "required")])
        return Script(
            wish=self.outcome, decline_code=self.decline_code, after_seconds=self.after_seconds, notices=self.notices
        )


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
