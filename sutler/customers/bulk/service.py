"""Making up to two hundred customers: all of them, or none and what is wrong with each that cannot be."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import UpsertCustomerRequestDto
from sutler.customers.customers.service import as_player, customer_from, may_play
from sutler.customers.profiles.jobs import refresh_later
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of
from sutler.kernel.errors import Conflict, FieldError, InvalidInput, NotFound
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current

UNIQUE: Final = ("steam_id", "minecraft_uuid", "xbox_xuid")
TAKEN: Final = "IdentityTaken"


async def create_all(store: StoreContext, new: Sequence[UpsertCustomerRequestDto], path: str = "") -> list[Customer]:
    """New customers in the order of the list, in a fixed number of statements; `path` is where the list was.

    InvalidInput has one error for each customer who cannot be. When nothing but identities that somebody already has,
    or that occur twice, is in the way, it is a Conflict.
    """
    customers, problems = _read(new, await current(store), path)
    problems |= _repeated(customers, path, problems)
    problems |= await _taken(store, customers, path, problems)
    if problems:
        found = [problems[number] for number in sorted(problems)]
        kind = Conflict if all(problem.code == TAKEN for problem in found) else InvalidInput
        raise kind(f"No customer was made. {found[0].path}: {found[0].message}", found)
    made = [customers[number] for number in sorted(customers)]
    await store.add_all(made)
    await refresh_later(store, made)
    return made


def _read(
    new: Sequence[UpsertCustomerRequestDto], shop: Store, path: str
) -> tuple[dict[int, Customer], dict[int, FieldError]]:
    customers: dict[int, Customer] = {}
    problems: dict[int, FieldError] = {}
    for number, one in enumerate(new):
        try:
            customer = customer_from(one)
            customers[number] = as_player(customer, shop) if may_play(customer) else customer
        except InvalidInput as error:
            (first, *_) = error.errors or [FieldError("InvalidIdentity", str(error), "", "identity")]
            where = f"{path}[{number}].{first.path}"
            problems[number] = FieldError(first.code, first.message, where, first.validation)
        except NotFound as error:
            problems[number] = FieldError("UnknownPlayer", str(error), f"{path}[{number}].name", "player")
    return customers, problems


def _identities(customers: dict[int, Customer]) -> Iterator[tuple[int, str, str]]:
    for number, customer in customers.items():
        for name in UNIQUE:
            value = getattr(customer, name)
            if value is not None:
                yield number, name, value


def _repeated(customers: dict[int, Customer], path: str, known: dict[int, FieldError]) -> dict[int, FieldError]:
    """Those who have an identity of somebody earlier in the list."""
    first: dict[tuple[str, str], int] = {}
    found: dict[int, FieldError] = {}
    for number, name, value in _identities(customers):
        earlier = first.setdefault((name, value), number)
        if earlier != number and number not in known:
            text = f"{path}[{earlier}] has the same {name}; it must be unique within the store."
            found.setdefault(number, FieldError(TAKEN, text, f"{path}[{number}].{name}", "unique"))
    return found


async def _taken(
    store: StoreContext, customers: dict[int, Customer], path: str, known: dict[int, FieldError]
) -> dict[int, FieldError]:
    """Those who have an identity of a customer whom the store knows already."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for _, name, value in _identities(customers):
        wanted[name].append(value)
    taken: set[tuple[str, str]] = set()
    for name, values in wanted.items():
        owners = await store.all(store.rows(Customer).where(one_of(Customer.c[name], sorted(set(values)))))
        taken |= {(name, getattr(owner, name)) for owner in owners}
    found: dict[int, FieldError] = {}
    for number, name, value in _identities(customers):
        if (name, value) in taken and number not in known:
            text = f"Another customer of this store already has this {name}."
            found.setdefault(number, FieldError(TAKEN, text, f"{path}[{number}].{name}", "unique"))
    return found
