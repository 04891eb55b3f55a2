"""What customers do with their carts. Whoever changes a cart holds its customer's row, so changes come one after another."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from sutler.checkout.carts import queries
from sutler.checkout.carts.models import CartLine, key_of
from sutler.checkout.carts.queries import LINES
from sutler.checkout.carts.schemas import AddLine, CreateCartCheckoutSessionDto
from sutler.checkout.checkouts import service as checkouts
from sutler.checkout.checkouts.models import ProductUnavailable
from sutler.checkout.checkouts.schemas import (
    MOST_LINES,
    MOST_UNITS,
    CreateCheckoutSessionLineManagementDto,
    CreateCheckoutSessionManagementDto,
    CreateCheckoutSessionResponseDto,
)
from sutler.checkout.lines.service import Resolved, Shelf, problems_with, refuse, resolved, shelf_for, unavailable
from sutler.checkout.recipients.service import recipients_of
from sutler.customers.customers.models import Customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.stores.visitors.service import Visitor

Line = CreateCheckoutSessionLineManagementDto
MEMBERS: Final = {"selected_gameserver_id": "gameserver_id"}  # as the cart calls them


class CartFull(InvalidInput):
    """A cart holds so many different lines and no more; take something out first."""


class Kept(Struct, frozen=True):
    """A line of a cart that can be had now, and what it means."""

    row: CartLine
    line: Resolved


async def put(store: StoreContext, customer_id: FlakeId, asked: AddLine) -> None:
    """Set how much of a product with these settings is in the cart, or add to that; nothing takes the line out.

    A product that is not sold any more, or settings that no line can have, take out all lines of the product when nothing
    of it is wanted; otherwise they are refused, and the cart stays as it is.
    """
    refuse(_problems(asked))
    await store.get(Customer, customer_id)  # with it, the lock
    line = _line(asked)
    shelf = await shelf_for(store, [line])
    absent = unavailable(shelf, 0, line)
    problems = [absent] if absent else list(problems_with(shelf, 0, line, customer_id))
    if problems and asked.quantity <= 0 and (absent or not asked.has("increment")):
        await queries.clear_product(store, customer_id, asked.product_id)
        return
    refuse([_renamed(problem) for problem in problems], ProductUnavailable if absent else InvalidInput)
    (recipient_id,) = await _recipient(store, customer_id, line)
    await _keep(store, customer_id, resolved(shelf, line, recipient_id), asked)


async def kept(store: StoreContext, customer_id: FlakeId) -> tuple[list[Kept], Shelf]:
    """The lines of a cart that can be had now, oldest first; the others are passed over."""
    rows = await queries.lines_of(store, customer_id)
    lines = [_as_line(row) for row in rows]
    shelf = await shelf_for(store, lines)
    found = [
        Kept(row, resolved(shelf, line, row.gift_to_customer_id))
        for row, line in zip(rows, lines, strict=True)
        if unavailable(shelf, 0, line) is None and not any(problems_with(shelf, 0, line, customer_id))
    ]
    return found, shelf


async def check_out(
    store: StoreContext, customer_id: FlakeId, how: CreateCartCheckoutSessionDto, visitor: Visitor
) -> CreateCheckoutSessionResponseDto:
    """Open a checkout for what is in the cart. What was bought leaves the cart when that is paid."""
    found, _ = await kept(store, customer_id)
    if not found:
        raise InvalidInput("The cart is empty: put something into it first.")
    request = CreateCheckoutSessionManagementDto(
        customer_id=customer_id,
        lines=[_as_line(one.row) for one in found],
        coupon_id=how.coupon_id,
        promo_codes=how.promo_codes,
        affiliate_code=how.affiliate_code,
        return_url=how.return_url,
        cancel_url=how.cancel_url,
        auto_redirect=how.auto_redirect,
    )
    return await checkouts.create(store, request, visitor, [one.row.id for one in found])


async def _keep(store: StoreContext, customer_id: FlakeId, line: Resolved, asked: AddLine) -> None:
    """Write the line down with its new quantity."""
    answers = {one.id: one.value for one in line.chosen}
    how = "trial" if line.renewal.trial else "subscription" if line.renewal.renews else ""
    key = key_of(line.product.id, line.gameserver_id, line.recipient_id, answers, how)
    row = await store.peek(LINES.where(CartLine.c.line_key == key), customer_id=customer_id)
    quantity = asked.quantity + (row.quantity if row and asked.has("increment") else 0)
    if quantity > MOST_UNITS:
        text = f"One line of a cart holds {MOST_UNITS} units at most."
        refuse([FieldError("TooMany", text, "quantity", "range")])
    if quantity > 1 and line.renewal.renews:
        text = f"{line.product.name} is in the cart as a subscription, and one line subscribes to one unit."
        refuse([FieldError("TooMany", text, "quantity", "subscription")])
    if row and quantity <= 0:
        await store.remove(row)
    elif row:
        await store.change(row, {"quantity": quantity})
    elif quantity > 0:
        await _make_room(store, customer_id)
        await store.add(_row(customer_id, key, line, quantity, answers))


def _row(customer_id: FlakeId, key: str, line: Resolved, quantity: int, answers: dict[str, str]) -> CartLine:
    return CartLine(
        customer_id=customer_id,
        line_key=key,
        product_id=line.product.id,
        quantity=quantity,
        gift_to_customer_id=line.recipient_id,
        selected_gameserver_id=line.gameserver_id,
        custom_variables=answers,
        subscription=line.renewal.renews,
        trial=line.renewal.trial is not None,
    )


async def _make_room(store: StoreContext, customer_id: FlakeId) -> None:
    """A cart holds as many lines as a checkout. Those that cannot be had any more make room first."""
    rows = await queries.lines_of(store, customer_id)
    if len(rows) < MOST_LINES:
        return
    shown = {one.row.id for one in (await kept(store, customer_id))[0]}
    gone = [row for row in rows if row.id not in shown]
    for row in gone:
        await store.remove(row)
    if not gone:
        raise CartFull


async def _recipient(store: StoreContext, customer_id: FlakeId, line: Line) -> list[FlakeId | None]:
    """Who receives the line, if not the customer."""
    try:
        return await recipients_of(store, customer_id, [line])
    except InvalidInput as error:
        problems = [_renamed(problem) for problem in error.errors or ()]
        raise InvalidInput(str(error), problems) from None


def _problems(asked: AddLine) -> Sequence[FieldError]:
    """What is wrong with a request whatever is for sale."""
    problems: list[FieldError] = []
    if asked.quantity < 0 and not asked.has("increment"):
        text = "`quantity` can only be negative together with `increment`; 0 takes the line out."
        problems.append(FieldError("Invalid", text, "quantity", "range"))
    if (asked.gift_platform is None) != (asked.gift_account is None):
        missing = "gift_to.platform" if asked.gift_platform is None else "gift_to.id"
        problems.append(FieldError("Required", f"`{missing}` is required, too.", missing, "required"))
    if asked.gift_to is not None and asked.gift_to_customer_id is not None:
        text = "A gift has one recipient: give `gift_to` or `gift_to_customer_id`, not both."
        problems.append(FieldError("Ambiguous", text, "gift_to", "exclusive"))
    return problems


def _line(asked: AddLine) -> Line:
    return Line(
        product_id=asked.product_id,
        quantity=1,
        gift_to=asked.gift_to,
        gift_to_customer_id=asked.gift_to_customer_id,
        selected_gameserver_id=asked.gameserver_id,
        custom_variables=asked.custom_variables,
        subscription=None if asked.subscription is None else asked.has("subscription"),
        trial=asked.has("trial"),
    )


def _as_line(row: CartLine) -> Line:
    return Line(
        product_id=row.product_id,
        quantity=row.quantity,
        gift_to_customer_id=row.gift_to_customer_id,
        selected_gameserver_id=row.selected_gameserver_id,
        custom_variables=row.custom_variables,
        subscription=row.subscription,
        trial=row.trial,
    )


def _renamed(problem: FieldError) -> FieldError:
    """A problem with a line, as one with a query parameter of the cart."""
    message, path = problem.message, problem.path.removeprefix("lines[0].")
    for name, ours in MEMBERS.items():
        message, path = message.replace(name, ours), path.replace(name, ours)
    return FieldError(problem.code, message, path, problem.validation)
