"""The management API of payment method types."""

from typing import Annotated

from sutler.billing.payment_method_types import service
from sutler.billing.payment_method_types.schemas import PaymentMethodTypeDto, ToggleStorePaymentMethodTypeRequestDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/stores/{storeId}/payment-method-types", tag="payment-method-types")
Reader = Annotated[StoreContext, reads("payment_settings_read")]
Updater = Annotated[StoreContext, writes("payment_settings_update")]


@routes.get("", "StorePaymentMethodTypes_GetStorePaymentMethodTypes")
async def list_types(store: Reader) -> list[PaymentMethodTypeDto]:
    """List the kinds of payment that buyers could choose, and whether they may."""
    return await service.all_of(store)


@routes.patch("/{paymentMethodTypeId}/toggle", "StorePaymentMethodTypes_ToggleStorePaymentMethodType")
async def toggle_type(store: Updater, payment_method_type_id: str, body: ToggleStorePaymentMethodTypeRequestDto) -> None:
    """Let buyers choose a kind of payment, or not any more. What was begun with it goes on."""
    await service.toggle(store, payment_method_type_id, enabled=body.enabled)


@routes.post(
    "/{paymentMethodTypeId}/request-approval", "StorePaymentMethodTypes_RequestStorePaymentMethodTypeApproval", status=204
)
async def request_approval(store: Updater, payment_method_type_id: str) -> None:
    """Ask for permission to offer a kind of payment: here nobody has to give it, so this always says so."""
    service.checked(payment_method_type_id)
    raise service.NoApprovalNeeded
