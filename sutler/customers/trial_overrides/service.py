"""Making, deleting and using up the exceptions for trials."""

from sutler.catalog.products.models import Product
from sutler.catalog.products.queries import one as product_with
from sutler.customers.customers.models import Customer
from sutler.customers.trial_overrides.models import UNUSED, TrialOverride
from sutler.customers.trial_overrides.schemas import CreateTrialEligibilityOverrideDto
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId


async def create(store: StoreContext, customer_id: FlakeId, new: CreateTrialEligibilityOverrideDto) -> TrialOverride:
    """Let a customer try a product once. NotFound for an unknown customer, TrialOverrideExists for a second exception.

    InvalidInput for a product that is not there or an end that is over. One that expired unused makes room.
    """
    now = clock.now()
    await store.get(Customer, customer_id)
    if new.expires_at <= now:
        text = "`expires_at` is over; an exception must end in the future."
        raise InvalidInput(text, [FieldError("Invalid", text, "expires_at", "value")])
    product = await _product(store, new.product_id)
    unused = store.rows(TrialOverride).where(
        TrialOverride.c.customer_id == customer_id, TrialOverride.c.product_id == product.id, UNUSED,
        TrialOverride.c.expires_at <= now,
    )  # fmt: skip
    await store.change_all(unused, {"deleted_at": now, "deleted_by": store.actor})
    return await store.add(
        TrialOverride(
            customer_id=customer_id,
            product_id=product.id,
            product_name=product.name,
            product_image_url=product.image_url,
            expires_at=new.expires_at,
            note=new.note,
        )
    )


async def page(store: StoreContext, customer_id: FlakeId, page: Page) -> list[TrialOverride]:
    """One page of the exceptions that a customer ever had; NotFound for an unknown customer."""
    await store.get(Customer, customer_id)
    return await store.page(store.rows(TrialOverride).where(TrialOverride.c.customer_id == customer_id), page)


async def delete(store: StoreContext, customer_id: FlakeId, id: FlakeId) -> None:
    """Take an exception back; it stays in the list. NotFound if this customer has none with this id, or no more.

    A trial that has begun by it goes on.
    """
    kept = store.rows(TrialOverride).where(
        TrialOverride.c.id == id, TrialOverride.c.customer_id == customer_id, TrialOverride.c.deleted_at.is_(None)
    )
    if not await store.change_all(kept, {"deleted_at": clock.now(), "deleted_by": store.actor}):
        raise NotFound(f"This customer has no exception {id}.")


async def use(store: StoreContext, id: FlakeId, trial_id: FlakeId) -> bool:
    """Note that a trial has begun by this exception; says whether it was not used before."""
    unused = store.rows(TrialOverride).where(TrialOverride.c.id == id, TrialOverride.c.used_at.is_(None))
    return bool(await store.change_all(unused, {"used_at": clock.now(), "used_on_trial_id": trial_id}))


async def _product(store: StoreContext, id: FlakeId) -> Product:
    try:
        return await product_with(store, id)
    except NotFound as error:
        raise InvalidInput(str(error), [FieldError("InvalidProduct", str(error), "product_id", "product")]) from None
