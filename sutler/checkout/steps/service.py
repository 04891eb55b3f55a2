"""Leading a buyer from their details to the offers, and from there to the payment, where these are a step each."""

from typing import Any

from sutler.checkout.checkouts.models import Checkout, CheckoutStep
from sutler.kernel.data.context import StoreContext
from sutler.kernel.tokens import digest


async def go_on(
    store: StoreContext, token: str, step: CheckoutStep | None = None, *, name: str = "", email: str = ""
) -> None:
    """Write down where the buyer of an open checkout has come to, and who they say to be, as far as either is given."""
    free = store.rows(Checkout).where(
        Checkout.c.token_digest == digest(token), Checkout.c.state == "open", Checkout.c.held_by.is_(None)
    )
    given: dict[str, Any] = {"step": step, "billing_name": name, "billing_email": email}
    changes = {key: value for key, value in given.items() if value}
    if changes:
        await store.change_all(free, changes)
