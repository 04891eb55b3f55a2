"""Holding the lines that somebody asks for against what is for sale, which servers there are and who is known."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from sutler.catalog.custom_variables.models import Chosen, CustomVariable
from sutler.catalog.custom_variables.service import custom_variables
from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.models import ProductUnavailable
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionLineManagementDto
from sutler.checkout.choices.service import choose
from sutler.checkout.line_renewals.service import ONCE, Renewal, how_problems, renewal_of, together, with_default
from sutler.checkout.recipients.service import recipients_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.service import game_servers

Line = CreateCheckoutSessionLineManagementDto
Lines = Sequence[Line]


class Resolved(Struct, frozen=True, kw_only=True):
    """A line whose product is sold now, what was chosen for it, where it is delivered and to whom, if not to the buyer."""

    product: Product
    quantity: int
    metadata: dict[str, str]
    chosen: list[Chosen]
    recipient_id: FlakeId | None
    gameserver_id: FlakeId | None
    renewal: Renewal = ONCE


class Shelf(Struct, frozen=True):
    """What the store has of what some lines ask for, at one moment."""

    products: Mapping[FlakeId, Product]
    servers: Mapping[FlakeId, GameServer]
    variables: Mapping[FlakeId, CustomVariable]

    def variables_of(self, product: Product) -> list[CustomVariable]:
        """What a product asks its buyers for, in its order."""
        return [self.variables[id] for id in product.custom_variable_ids if id in self.variables]


async def resolve(
    store: StoreContext, customer_id: FlakeId, lines: Lines, *, subscription: bool | None = None
) -> list[Resolved]:
    """What the lines mean at this moment. Recipients of gifts who are not known yet become customers.

    `subscription` counts for lines that do not say whether they renew.

    `ProductUnavailable` names every line that cannot be had, `InvalidInput` every server, answer and recipient that will
    not do.
    """
    shelf = await shelf_for(store, lines)
    refuse([found for number, line in enumerate(lines) if (found := unavailable(shelf, number, line))], ProductUnavailable)
    lines = [with_default(line, subscription) for line in lines]
    refuse([problem for number, line in enumerate(lines) for problem in problems_with(shelf, number, line, customer_id)])
    refuse(together([renewal_of(shelf.products[line.product_id or ""], line) for line in lines]))
    recipients = await recipients_of(store, customer_id, lines)
    return [resolved(shelf, line, recipient) for line, recipient in zip(lines, recipients, strict=True)]


def refuse(problems: Sequence[FieldError], kind: type[InvalidInput] = InvalidInput) -> None:
    """Refuse a request for these problems, if there are any; clients that show one message show the first."""
    if problems:
        raise kind(problems[0].message, list(problems))


def problems_of(lines: Lines) -> Iterator[FieldError]:
    """What is wrong with lines whatever is for sale."""
    for number, line in enumerate(lines):
        inline = isinstance(line, Line) and line.inline_product is not None
        if line.product_id is None and not inline:
            yield FieldError("Required", "`product_id` is required.", f"lines[{number}].product_id", "required")
        if line.product_id is not None and inline:
            text = "A line is of one product: give `product_id` or `inline_product`, not both."
            yield FieldError("Ambiguous", text, f"lines[{number}].inline_product", "exclusive")
        if line.gift_to is not None and line.gift_to_customer_id is not None:
            text = "A gift has one recipient: give `gift_to` or `gift_to_customer_id`, not both."
            yield FieldError("Ambiguous", text, f"lines[{number}].gift_to", "exclusive")


async def shelf_for(store: StoreContext, lines: Lines) -> Shelf:
    """The products that are sold now, with what they ask for, and the servers that were picked: one statement for each."""
    ids, moment = sorted({line.product_id for line in lines if line.product_id}), clock.now()
    known = await store.all(store.rows(Product).where(one_of_ids(Product.c.id, ids)))
    sold = {product.id: product for product in known if product.sold_at(moment)}
    asked = await custom_variables(store, (id for product in sold.values() for id in product.custom_variable_ids))
    picked = await game_servers(store, (line.selected_gameserver_id for line in lines if line.selected_gameserver_id))
    return Shelf(sold, picked, asked)


def unavailable(shelf: Shelf, number: int, line: Line) -> FieldError | None:
    """The problem that a line's product is not for sale, if it is not."""
    if line.product_id in shelf.products:
        return None
    text = f"The product {line.product_id} is not for sale."
    return FieldError("ProductUnavailable", text, f"lines[{number}].product_id", "available")


def problems_with(shelf: Shelf, number: int, line: Line, customer_id: FlakeId) -> Iterator[FieldError]:
    """What is wrong with a line whose product is for sale."""
    product, path = shelf.products[line.product_id or ""], f"lines[{number}]"
    if problem := _pick_problem(product, line.selected_gameserver_id, shelf.servers):
        yield FieldError("InvalidGameServer", problem, f"{path}.selected_gameserver_id", "gameserver")
    if product.is_gifting_disabled and (line.gift_to or line.gift_to_customer_id not in (None, customer_id)):
        member = "gift_to" if line.gift_to else "gift_to_customer_id"
        yield FieldError("GiftingDisabled", f"{product.name} cannot be given as a gift.", f"{path}.{member}", "gift")
    yield from how_problems(product, line, path)
    yield from choose(shelf.variables_of(product), line.custom_variables or {}, f"{path}.custom_variables")[1]


def resolved(shelf: Shelf, line: Line, recipient_id: FlakeId | None) -> Resolved:
    """What a line without problems means.

    A product that is not for a single server goes to all of its servers, so a pick has no effect on it.
    """
    product = shelf.products[line.product_id or ""]
    chosen, _ = choose(shelf.variables_of(product), line.custom_variables or {}, "")
    return Resolved(
        product=product,
        quantity=line.quantity,
        metadata=line.metadata or {},
        chosen=chosen,
        recipient_id=recipient_id,
        gameserver_id=line.selected_gameserver_id if product.single_game_server_only else None,
        renewal=renewal_of(product, line),
    )


def _pick_problem(product: Product, pick: FlakeId | None, known: Mapping[FlakeId, GameServer]) -> str | None:
    """What is wrong with a pick; a product that names no servers may go to any of the store's."""
    if pick is None:
        needed = f"{product.name} is delivered to one game server: choose it with `selected_gameserver_id`."
        return needed if product.single_game_server_only else None
    if pick in known and (pick in product.gameserver_ids or not product.gameserver_ids):
        return None
    return f"{product.name} is not delivered to the game server {pick}."
