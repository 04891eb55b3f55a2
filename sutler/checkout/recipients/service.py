"""Finding the customers that gifts are for, and making those who are not known yet."""

from collections.abc import Sequence
from typing import Final

from sutler.checkout.checkouts.schemas import CreateCheckoutSessionLineManagementDto, CustomerPlatformAccountDto
from sutler.customers.customers.models import Customer
from sutler.customers.players.service import described, found_or_made
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current

Lines = Sequence[CreateCheckoutSessionLineManagementDto]
PLATFORMS: Final = {"paynow": "paynow_name"}  # a gift names its recipient; elsewhere `paynow` stands for a customer's id


async def buyer_of(store: StoreContext, customer_id: FlakeId) -> Customer:
    """The customer who buys; `NotFound` when there is none."""
    found: Customer | None = await store.peek(by_id(Customer), id=customer_id)
    if found is None:
        raise NotFound(f"There is no customer {customer_id} in this store.")
    return found


async def recipients_of(store: StoreContext, customer_id: FlakeId, lines: Lines) -> list[FlakeId | None]:
    """For each line the customer who receives it, if that is not the buyer.

    `InvalidInput` names every recipient who cannot be found or made.
    """
    named = {line.gift_to_customer_id for line in lines if line.gift_to_customer_id} - {customer_id}
    known = {customer_id}
    if named:
        known |= {one.id for one in await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, sorted(named))))}
    problems: list[FieldError] = []
    recipients = [line.gift_to_customer_id for line in lines]
    for number, line in enumerate(lines):
        if line.gift_to_customer_id is not None and line.gift_to_customer_id not in known:
            text = f"There is no customer {line.gift_to_customer_id} in this store."
            problems.append(FieldError("UnknownCustomer", text, f"lines[{number}].gift_to_customer_id", "customer"))
        if line.gift_to is not None:
            try:
                recipients[number] = await _owner_of(store, line.gift_to)
            except InvalidInput as error:
                problems.append(FieldError("InvalidIdentity", str(error), f"lines[{number}].gift_to", "identity"))
    if problems:
        raise InvalidInput(problems[0].message, problems)
    return [None if recipient == customer_id else recipient for recipient in recipients]


async def _owner_of(store: StoreContext, account: CustomerPlatformAccountDto) -> FlakeId:
    """The customer with this account. One who is not known yet is made, as a request to create them would."""
    platform = PLATFORMS.get(account.platform, account.platform)
    return (await found_or_made(store, described(await current(store), platform, str(account.id)))).id
