"""The storefront API of checkouts."""

from ipaddress import ip_address
from typing import Annotated

import msgspec
from msgspec import Meta

from sutler.checkout.checkouts import service
from sutler.checkout.checkouts.schemas import (
    CreateCheckoutSessionManagementDto,
    CreateCheckoutSessionRequestDto,
    CreateCheckoutSessionResponseDto,
)
from sutler.checkout.checkouts.service import Visitor
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import customer_writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request
from sutler.kernel.errors import InvalidInput
from sutler.kernel.wire import Headers

routes = Routes("/v1/checkouts", tag="checkout", api="storefront-api")
Customer = Annotated[StoreContext, customer_writes()]
NOWHERE = ("XX", "T1")  # what content networks send for an unknown country and for Tor


class VisitorHeaders(Headers):
    """Where the visitor is, when a server asks on their behalf."""

    ip: Annotated[str, Meta(max_length=45, extra_json_schema={"format": "ipv4"})] | None = msgspec.field(
        default=None, name="x-paynow-customer-ip"
    )
    country: Annotated[str, Meta(pattern="^[A-Z][A-Z0-9]$")] | None = msgspec.field(
        default=None, name="x-paynow-customer-countrycode"
    )


@routes.post("", "StorefrontCheckout_CreateCheckoutSession")
async def create_checkout(
    store: Customer, new: CreateCheckoutSessionRequestDto, visitor: VisitorHeaders, request: Request
) -> CreateCheckoutSessionResponseDto:
    """Open a checkout for the signed-in customer; send them to its `url` to pay.

    It stays open for 24 hours. Prices are those of this moment.
    """
    asked = msgspec.to_builtins(new) | {"customer_id": store.actor.id}
    country = None if visitor.country in NOWHERE else visitor.country
    seen = Visitor(ip=_address(visitor, request), country=country)
    return await service.create(store, msgspec.convert(asked, CreateCheckoutSessionManagementDto), seen)


def _address(visitor: VisitorHeaders, request: Request) -> str:
    """The visitor's own address, in its usual form."""
    if visitor.ip is None:
        return request.client_ip
    try:
        return str(ip_address(visitor.ip.strip()))
    except ValueError:
        raise InvalidInput("x-paynow-customer-ip must be an IPv4 or IPv6 address.") from None
