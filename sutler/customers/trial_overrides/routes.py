"""The management API of exceptions for trials."""

from typing import Annotated

from sutler.customers.trial_overrides import service
from sutler.customers.trial_overrides.schemas import CreateTrialEligibilityOverrideDto, TrialEligibilityOverrideDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/customers/{customerId}/trials/eligibility/overrides", tag="trials")
Reader = Annotated[StoreContext, reads("customer_read")]
Writer = Annotated[StoreContext, writes("customer_update")]


@routes.get("", "CustomersTrialEligibility_GetEligibilityOverridesForCustomer")
async def list_overrides(store: Reader, customer_id: FlakeId, page: Page) -> list[TrialEligibilityOverrideDto]:
    """List every exception that was made for a customer, newest first, with those that are used, over or deleted."""
    return [shown(override) for override in await service.page(store, customer_id, page)]


@routes.post("", "CustomersTrialEligibility_CreateEligibilityOverrideForCustomer")
async def create_override(
    store: Writer, customer_id: FlakeId, new: CreateTrialEligibilityOverrideDto
) -> TrialEligibilityOverrideDto:
    """Let a customer try a product once, whatever the terms of its trial say; two trials at a time nobody has.

    A customer has one unused exception for a product.
    """
    return shown(await service.create(store, customer_id, new))


@routes.delete("/{trialEligibilityOverrideId}", "CustomersTrialEligibility_DeleteEligibilityOverrideForCustomer")
async def delete_override(store: Writer, customer_id: FlakeId, trial_eligibility_override_id: FlakeId) -> None:
    """Take an exception back. It stays in the list, and a trial that has begun by it goes on."""
    await service.delete(store, customer_id, trial_eligibility_override_id)
