"""The API that explains prices, Sutler's own."""

from typing import Annotated

from sutler.billing.explanations import queries
from sutler.billing.explanations.schemas import ExplainFilter, ExplanationDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request

routes = Routes("/v1/stores/{storeId}/pricing", tag="pricing")
Reader = Annotated[StoreContext, reads("order_read")]


@routes.get("/explain", "Pricing_Explain")
async def explain(store: Reader, wanted: ExplainFilter, request: Request) -> ExplanationDto:
    """Say step by step why an order, a checkout or a product costs what it costs, and why a code has no effect."""
    return await queries.explain(store, wanted, request.client_ip)
