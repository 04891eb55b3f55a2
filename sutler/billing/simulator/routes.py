"""The API of the simulator, Sutler's own: paying a checkout without a browser and without money."""

from typing import Annotated

from sutler.billing.gateways.simulator import Wish
from sutler.billing.orders import queries
from sutler.billing.orders.schemas import OrderDto
from sutler.billing.payments.service import attempt
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import steps
from sutler.kernel.edge.http import Routes
from sutler.kernel.wire import Wire

routes = Routes("/v1/stores/{storeId}/simulator", tag="simulator", recorded=False)  # it acts for a buyer; the order tells
Payer = Annotated[Shop, steps("checkout_create")]


class PayCheckoutDto(Wire):
    """What is to become of the simulated payment."""

    outcome: Wish


@routes.post("/checkouts/{token}/pay", "Simulator_PayCheckout")
async def pay_checkout(shop: Payer, token: str, body: PayCheckoutDto) -> OrderDto:
    """Pay a checkout with the simulated card, or have the card declined, and show the order.

    Only for stores that are not in live mode. After a declined payment the order is still open and
    `last_payment_error` says why; the same checkout can then be paid again.
    """
    paid = await attempt(shop, token, body.outcome, only_test=True)
    async with shop.reading() as store:
        (order,) = await queries.shown_with(store, [paid.order], paid.lines)
    return order
