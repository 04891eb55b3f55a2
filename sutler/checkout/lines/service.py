"""Holding the lines that somebody asks for against what is for sale, which servers there are and who is known."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.models import ProductUnavailable
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionLineManagementDto
from sutler.checkout.recipients.service import recipients_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.models import GameServer

Lines = Sequence[CreateCheckoutSessionLineManagementDto]


class Resolved(Struct, frozen=True, kw_only=True):
    """A line whose product is sold now, where it is delivered and to whom, if not to the buyer."""

    product: Product
    quantity: int
    metadata: dict[str, str]
    recipient_id: FlakeId | None
    gameserver_id: FlakeId | None


async def resolve(store: StoreContext, customer_id: FlakeId, lines: Lines) -> list[Resolved]:
    """What the lines mean at this moment. Recipients of gifts who are not known yet become customers.

    `ProductUnavailable` names every line that cannot be had, `InvalidInput` every server and recipient that will not do.
    """
    products = await _on_sale(store, lines)
    servers = await _servers(store, lines, products)
    recipients = await recipients_of(store, customer_id, lines)
    return [
        Resolved(
            product=products[line.product_id or ""],
            quantity=line.quantity,
            metadata=line.metadata or {},
            recipient_id=recipient,
            gameserver_id=server,
        )
        for line, recipient, server in zip(lines, recipients, servers, strict=True)
    ]


def refuse(problems: Sequence[FieldError], kind: type[InvalidInput] = InvalidInput) -> None:
    """Refuse a request for these problems, if there are any; clients that show one message show the first."""
    if problems:
        raise kind(problems[0].message, list(problems))


def problems_of(lines: Lines) -> Iterator[FieldError]:
    """What is wrong with lines whatever is for sale."""
    for number, line in enumerate(lines):
        if line.product_id is None:
            yield FieldError("Required", "`product_id` is required.", f"lines[{number}].product_id", "required")
        if line.gift_to is not None and line.gift_to_customer_id is not None:
            text = "A gift has one recipient: give `gift_to` or `gift_to_customer_id`, not both."
            yield FieldError("Ambiguous", text, f"lines[{number}].gift_to", "exclusive")


async def _on_sale(store: StoreContext, lines: Lines) -> dict[FlakeId, Product]:
    wanted = sorted({line.product_id for line in lines if line.product_id})
    known = await store.all(store.rows(Product).where(one_of_ids(Product.c.id, wanted)))
    moment = clock.now()
    sold = {product.id: product for product in known if product.sold_at(moment)}
    missing = [(number, line.product_id) for number, line in enumerate(lines) if line.product_id not in sold]
    refuse([_unavailable(number, product_id) for number, product_id in missing], ProductUnavailable)
    return sold


def _unavailable(number: int, product_id: FlakeId | None) -> FieldError:
    text = f"The product {product_id} is not for sale."
    return FieldError("ProductUnavailable", text, f"lines[{number}].product_id", "available")


async def _servers(store: StoreContext, lines: Lines, products: Mapping[FlakeId, Product]) -> list[FlakeId | None]:
    """The server that each line is delivered to, where its product is for a single one.

    For any other product a pick is checked as well but has no effect: that product goes to all of its servers.
    """
    picks = {line.selected_gameserver_id for line in lines if line.selected_gameserver_id}
    known: set[FlakeId] = set()
    if picks:
        servers = await store.all(store.rows(GameServer).where(one_of_ids(GameServer.c.id, sorted(picks))))
        known = {server.id for server in servers}
    problems = [
        FieldError("InvalidGameServer", problem, f"lines[{number}].selected_gameserver_id", "gameserver")
        for number, line in enumerate(lines)
        if (problem := _pick_problem(products[line.product_id or ""], line.selected_gameserver_id, known))
    ]
    refuse(problems)
    return [
        line.selected_gameserver_id if products[line.product_id or ""].single_game_server_only else None for line in lines
    ]


def _pick_problem(product: Product, pick: FlakeId | None, known: Collection[FlakeId]) -> str | None:
    """What is wrong with a pick; a product that names no servers may go to any of the store's."""
    if pick is None:
        needed = f"{product.name} is delivered to one game server: choose it with `selected_gameserver_id`."
        return needed if product.single_game_server_only else None
    if pick in known and (pick in product.gameserver_ids or not product.gameserver_ids):
        return None
    return f"{product.name} is not delivered to the game server {pick}."
