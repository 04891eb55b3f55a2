"""Giving items by hand: held against what there is, then put into inventories as a purchase would."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from sutler.catalog.custom_variables.models import Chosen, CustomVariable
from sutler.catalog.custom_variables.service import custom_variables
from sutler.catalog.products.models import ProductVersion
from sutler.catalog.products.service import products, versions
from sutler.checkout.choices.service import choose
from sutler.customers.customers.models import Customer
from sutler.delivery.assignments.schemas import (
    MOST_ITEMS,
    DeliveryItemAssignmentBulkDto,
    DeliveryItemAssignmentDto,
)
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.service import give
from sutler.delivery.placeholders.service import answers_of, values_of
from sutler.delivery.rendering.service import Scene
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.service import game_servers
from sutler.stores.stores.service import current

Said = DeliveryItemAssignmentDto | DeliveryItemAssignmentBulkDto


class Wish(Struct, frozen=True):
    """An assignment, its customer, and where it stands in the request."""

    path: str
    customer_id: FlakeId
    said: Said


class Known(Struct, frozen=True):
    """What the wishes speak of, as far as it exists."""

    people: Mapping[FlakeId, Customer]
    newest: Mapping[FlakeId, FlakeId]  # the version of each product that is current
    versions: Mapping[FlakeId, ProductVersion]
    servers: frozenset[FlakeId]
    variables: Mapping[FlakeId, CustomVariable]

    def chosen(self, said: Said, version: ProductVersion, path: str) -> tuple[list[Chosen], list[FieldError]]:
        """What is answered for the product's custom variables, and what is wrong with that; nothing has to be."""
        asked = [self.variables[id] for id in version.custom_variable_ids if id in self.variables]
        return choose(asked, said.custom_variables or {}, f"{path}custom_variables", all_of_them=False)

    def version(self, said: Said) -> ProductVersion | None:
        """The version that is meant, if it exists and is of the product that is named."""
        named = said.product_version_id or self.newest.get(said.product_id or "", "")
        version = self.versions.get(named)
        return version if version and said.product_id in (None, version.product_id) else None


async def assign(store: StoreContext, customer_id: FlakeId, said: DeliveryItemAssignmentDto) -> list[DeliveryItem]:
    """One item for each unit; neither stock nor purchase limits are touched.

    NotFound for an unknown customer, InvalidInput naming everything else that cannot be.
    """
    wish = Wish("", customer_id, said)
    known = await _known(store, [wish])
    if customer_id not in known.people:
        raise NotFound(f"There is no customer {customer_id} in this store.")
    return await _given(store, [wish], known)


async def assign_all(
    store: StoreContext, said: Sequence[DeliveryItemAssignmentBulkDto], path: str = ""
) -> list[DeliveryItem]:
    """The same for several customers at once, all or nothing, at most 250 items; `path` is where the list was."""
    total = sum(units(one) for one in said)
    if total > MOST_ITEMS:
        text = f"These are {total} items; give at most {MOST_ITEMS} at once."
        raise InvalidInput(text, [FieldError("TooMany", text, path, "maxItems")])
    wishes = [Wish(f"{path}[{number}].", one.customer_id, one) for number, one in enumerate(said)]
    return await _given(store, wishes, await _known(store, wishes)) if wishes else []


def units(said: Said) -> int:
    """How many items are meant: one, unless a quantity is given."""
    return said.quantity or 1


async def _known(store: StoreContext, wishes: Sequence[Wish]) -> Known:
    ids = sorted({wish.customer_id for wish in wishes})
    people = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, ids)))
    named = await products(store, (wish.said.product_id for wish in wishes if wish.said.product_id))
    newest = {product.id: product.version_id for product in named.values()}
    asked = (wish.said.product_version_id for wish in wishes if wish.said.product_version_id)
    servers = (wish.said.execute_on_gameserver_id for wish in wishes if wish.said.execute_on_gameserver_id)
    meant = await versions(store, [*newest.values(), *asked])
    return Known(
        people={one.id: one for one in people},
        newest=newest,
        versions=meant,
        servers=frozenset(await game_servers(store, servers)),
        variables=await custom_variables(store, (id for one in meant.values() for id in one.custom_variable_ids)),
    )


async def _given(store: StoreContext, wishes: Sequence[Wish], known: Known) -> list[DeliveryItem]:
    problems = [problem for wish in wishes for problem in _problems(wish, known)]
    if problems:
        raise InvalidInput(problems[0].message, problems)
    shop, scenes = await current(store), list[Scene]()
    for wish in wishes:
        version = known.version(wish.said)
        if version is not None:  # always, after the check
            receiver = known.people[wish.customer_id]
            chosen, _ = known.chosen(wish.said, version, wish.path)
            values = values_of(shop, version, receiver, None, None) | answers_of(chosen)
            items = [_item(wish, version, chosen) for _ in range(units(wish.said))]
            scenes += [Scene(item, version, receiver, values) for item in items]
    return await give(store, scenes)


def _problems(wish: Wish, known: Known) -> Iterator[FieldError]:
    said, path = wish.said, wish.path
    if wish.customer_id not in known.people:
        text = f"There is no customer {wish.customer_id} in this store."
        yield FieldError("UnknownCustomer", text, f"{path}customer_id", "customer")
    if said.override_expires_at is not None and said.override_expires_at <= clock.now():
        text = "An item cannot have ended before it is given: `override_expires_at` must lie ahead."
        yield FieldError("TooEarly", text, f"{path}override_expires_at", "future")
    version = known.version(said)
    if version is None:
        yield _unknown_product(said, path)
        return
    if problem := _server_problem(version, said.execute_on_gameserver_id, known):
        yield FieldError("InvalidGameServer", problem, f"{path}execute_on_gameserver_id", "gameserver")
    yield from known.chosen(said, version, path)[1]


def _unknown_product(said: Said, path: str) -> FieldError:
    if said.product_version_id is None and said.product_id is None:
        text = "Say what to give: `product_id` or `product_version_id`."
        return FieldError("Required", text, f"{path}product_version_id", "required")
    if said.product_version_id is None:
        text = f"There is no product {said.product_id} in this store."
        return FieldError("UnknownProduct", text, f"{path}product_id", "product")
    of = f" of the product {said.product_id}" if said.product_id else ""
    text = f"There is no version {said.product_version_id}{of} in this store."
    return FieldError("UnknownProduct", text, f"{path}product_version_id", "product")


def _server_problem(version: ProductVersion, pick: FlakeId | None, known: Known) -> str | None:
    """What is wrong with a pick; a product that names no servers may go to any of the store's."""
    if pick is None:
        needed = f"{version.name} is delivered to one game server: choose it with `execute_on_gameserver_id`."
        return needed if version.single_game_server_only else None
    if pick in known.servers and (pick in version.gameserver_ids or not version.gameserver_ids):
        return None
    return f"{version.name} is not delivered to the game server {pick}."


def _item(wish: Wish, version: ProductVersion, chosen: list[Chosen]) -> DeliveryItem:
    """An item that nobody paid for."""
    return DeliveryItem(
        customer_id=wish.customer_id,
        order_customer_id=None,
        checkout_id=None,
        checkout_line_id=None,
        order_id=None,
        order_line_id=None,
        quantity_index=None,
        product_id=version.product_id,
        product_version_id=version.id,
        product_name=version.name,
        product_slug=version.slug,
        execute_on_gameserver_id=wish.said.execute_on_gameserver_id,
        state="usable",
        expirable=version.remove_after_enabled or wish.said.override_expires_at is not None,
        gift=False,
        skip_commands=wish.said.skip_commands or False,
        override_expires_at=wish.said.override_expires_at,
        custom_variables=chosen,
    )
