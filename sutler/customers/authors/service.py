"""Showing customers with the people behind them: two statements at most, and none unless they are asked for."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import structs
from sqlalchemy import select

from sutler.customers.authors.schemas import MEMBERS, AuthorDto, AuthoredDto, CreatedDto, Expand, UpdatedDto
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import CustomerDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Statement, among, one_of_ids, param
from sutler.kernel.data.records import Actor, Flakes
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.models import ApiKey
from sutler.stores.users.models import User

NAMES: Final = Statement(
    select(User.c.id, User.c.first_name, User.c.last_name).where(among(User.c.id, param("ids", type_=Flakes())))
)
NOBODY: Final = frozenset[str]()
SHAPES: Final[Mapping[frozenset[str], type[CustomerDto]]] = {
    frozenset({"created_by"}): CreatedDto,
    frozenset({"updated_by"}): UpdatedDto,
    frozenset(MEMBERS): AuthoredDto,
}


def wanted(expand: Expand) -> frozenset[str]:
    """The members that are asked for; InvalidInput for one that there is not."""
    if not expand.expand:
        return NOBODY
    names = {name.strip() for text in expand.expand for name in text.split(",") if name.strip()}
    if not names <= set(MEMBERS):
        text = f"`expand` takes {' and '.join(MEMBERS)}."
        raise InvalidInput(text, [FieldError("UnknownMember", text, "expand", "enum")])
    return frozenset(names)


async def all_shown(store: StoreContext, customers: Sequence[Customer], names: frozenset[str]) -> list[CustomerDto]:
    """Customers as the API shows them, with these members beside the usual ones."""
    if not names:
        return [shown(customer) for customer in customers]
    people = await _people(store, {actor for one in customers for name in names if (actor := getattr(one, name))})
    return [_with(customer, names, people) for customer in customers]


async def one_shown(store: StoreContext, customer: Customer, names: frozenset[str]) -> CustomerDto:
    """One customer as the API shows them."""
    return (await all_shown(store, [customer], names))[0] if names else shown(customer)


def _with(customer: Customer, names: frozenset[str], people: Mapping[FlakeId, AuthorDto]) -> CustomerDto:
    authors: dict[str, Any] = {}
    for name in names:
        actor: Actor | None = getattr(customer, name)
        authors[name] = people.get(actor.id) if actor is not None and actor.id is not None else None
    return SHAPES[names](**structs.asdict(shown(customer)), **authors)


async def _people(store: StoreContext, actors: set[Actor]) -> dict[FlakeId, AuthorDto]:
    """Those of these actors who work for the store: its users, and its API keys, which are no persons."""
    keys, users = ([actor.id for actor in actors if actor.type == kind and actor.id] for kind in ("api_key", "user"))
    found: dict[FlakeId, AuthorDto] = {}
    if keys:
        for key in await store.all(store.rows(ApiKey).where(one_of_ids(ApiKey.c.id, sorted(keys)))):
            found[key.id] = AuthorDto(key.id, key.name, "")
    if users:
        for id, first, last in await NAMES.run(store.connection, ids=sorted(users)):
            found[str(id)] = AuthorDto(str(id), first or "", last or "")
    return found
