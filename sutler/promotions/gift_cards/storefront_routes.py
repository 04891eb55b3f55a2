"""The storefront API of gift cards."""

from typing import Annotated

from msgspec import Meta

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import customer_reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request
from sutler.promotions.gift_cards import queries
from sutler.promotions.gift_cards.schemas import StorefrontGiftCardDto, shown_to_visitors

routes = Routes("/v1/store/customer/giftcards", tag="customer", api="storefront-api")
Customer = Annotated[StoreContext, customer_reads()]


@routes.get("/lookup/{code}", "StorefrontCustomer_GetStorefrontGiftCard")
async def look_up(store: Customer, request: Request, code: Annotated[str, Meta(max_length=200)]) -> StorefrontGiftCardDto:
    """Show what is left on a gift card to a signed-in customer who has its code; wrong codes may be tried seldom."""
    return shown_to_visitors(await queries.looked_up(store, code, request.client_ip))
