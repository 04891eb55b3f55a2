"""How customers are found: lists, searches and lookups, by one or two statements that indexes serve."""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Boolean, ColumnElement, Select, String, and_, bindparam, func, or_, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from sutler.customers.customers.models import SEARCHED, Customer
from sutler.customers.customers.schemas import Identity
from sutler.customers.identities import service as identities
from sutler.customers.identities.service import BadIdentity
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import StoreStatement, literal_limit, one_of_ids, param
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId, from_pretty_id

Condition = ColumnElement[bool]
T = TypeVar("T")
DIGITS_OF_AN_ID: Final = 19
LARGEST: Final = 2**63
MANY: Final = 3_000  # that match: from here on it is faster to go through the customers in the order of the page
FOUND: Final = Customer.table.alias("found")
NAMED: Final = ("steam_id", "xbox_xuid", "id", "minecraft_uuid")
OLDEST: Final = Page(limit=1, asc=True)


class begins_with(FunctionElement[bool]):  # noqa: N801 - reads as an operator, like SQLAlchemy's own functions
    """`begins_with(lower(column), text)`: a comparison by bytes from the text up to the text and the last character.

    Unlike LIKE it needs no escaping, and both engines find it in an index when the text is a parameter.
    """

    type = Boolean()
    inherit_cache = True
    _is_implicitly_boolean = True  # else SQLite gets `(…) = 1`, and no index


@compiles(begins_with, "sqlite")
def _begins_with_in_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    column, text = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({column} >= lower({text}) AND {column} < (lower({text}) || char(1114111)))"


@compiles(begins_with, "postgresql")
def _begins_with_in_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    column, text = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({column} ~>=~ lower({text}) AND {column} ~<~ (lower({text}) || chr(1114111)))"


def _found_by(condition: Condition) -> Select[Any]:
    """The ids of the customers that one index finds."""
    return select(FOUND.c.id).where(FOUND.c.store_id == param("store_id"), condition)


def _beginning(name: str) -> Select[Any]:
    """Those in whose column the text begins, unless there are too many."""
    begins = begins_with(func.lower(FOUND.c[name]), param("text", type_=String()))
    return select(_found_by(begins).limit(literal_limit(MANY)).subquery("some_by_" + name).c.id)


# Each possibility is a query of its own: joined by OR, SQLite would rather go through all customers than through the
# index of each. An identity that a text cannot be is NULL, and nobody's.
FEW: Final = StoreStatement(
    union_all(
        *(_beginning(name) for name in SEARCHED),
        *(_found_by(FOUND.c[name] == param(name, type_=FOUND.c[name].type)) for name in NAMED),
    )
)


async def find(store: StoreContext, page: Page, search: str | None, ids: Sequence[FlakeId] | None) -> list[Customer]:
    """One page of the customers that match, newest first unless the page says otherwise."""
    found = store.rows(Customer)
    if ids is not None:
        found = found.where(one_of_ids(Customer.c.id, ids))
    if search is not None and search.strip():
        found = found.where(await _matches(store, page, search.strip(), ids))
    return await store.page(found, page)


async def _matches(store: StoreContext, page: Page, search: str, among: Sequence[FlakeId] | None) -> Condition:
    """The customer has an e-mail address or a name that begins with this text, in any case, or is exactly who it names.

    Customers are named by their id (also in its short form), Steam id, Xbox user id or Minecraft UUID. SQLite knows
    upper and lower case of the Latin letters a to z only. When few match, indexes find them all, and those of the page
    are picked here. When many do, the page is full soon if one goes through the customers in its order instead.
    """
    named = _named(search)
    found = [row[0] for row in await store.run(FEW, text=search, **named)]
    if len(found) >= MANY:
        equal = [Customer.c[name] == value for name, value in named.items() if value is not None]
        return or_(*(_seen_to_begin_with(func.lower(Customer.c[name]), search) for name in SEARCHED), *equal)
    after, before = int(page.after or 0), int(page.before or LARGEST)
    wanted = set(found) if among is None else set(found).intersection(map(int, among))
    kept = sorted((id for id in wanted if after < id < before), reverse=not page.asc)
    return one_of_ids(Customer.c.id, [str(id) for id in kept[: page.limit]])


def _seen_to_begin_with(column: ColumnElement[Any], text: str) -> Condition:
    """`begins_with` in a form that no index serves, so that no engine is tempted to gather all who match."""
    start = func.lower(bindparam(None, text, unique=True))
    return func.substr(column, 1, func.length(start)) == start


def _named(search: str) -> dict[str, str | None]:
    """The identities that a text can be, by column."""
    number = search if search.isascii() and search.isdigit() else None
    uuid = identities.minecraft_uuid(search) if identities.looks_like_uuid(search) else None
    return {"steam_id": number, "xbox_xuid": number, "id": flake_id(search), "minecraft_uuid": uuid}


def flake_id(text: str) -> FlakeId | None:
    """The id that a text is, in decimal or in its short form."""
    return text if text.isascii() and text.isdigit() and len(text) <= DIGITS_OF_AN_ID else from_pretty_id(text)


async def look_up(store: StoreContext, identity: Identity) -> Customer:
    """The customer who has every identity that is given; the oldest of several with one name.

    InvalidInput without any identity, for one that cannot be, and when they belong to different customers;
    NotFound when nobody has one of them.
    """
    wanted = _conditions(identity)
    if not wanted:
        raise InvalidInput("Say whom to look up: give one of id, steam_id, minecraft_uuid, xbox_xuid, "
                           "minecraft_java_name, minecraft_bedrock_name, name, or platform with platform_id.")  # fmt: skip
    found = await store.page(store.rows(Customer).where(*wanted), OLDEST)
    if found:
        return found[0]
    if len(wanted) > 1 and all([await store.exists(store.rows(Customer).where(one)) for one in wanted]):
        raise InvalidInput("These identities belong to different customers; give those of one.")
    raise NotFound("There is no such customer in this store.")


def _conditions(identity: Identity) -> list[Condition]:
    given = [(key, value, key) for key in LOOKUPS if (value := (getattr(identity, key) or "").strip())]
    platform, platform_id = (identity.platform or "").strip(), (identity.platform_id or "").strip()
    if bool(platform) != bool(platform_id):
        raise InvalidInput("`platform` and `platform_id` go together: give both or neither.")
    if platform:
        given.append((_checked("platform", identities.key_of, platform, platform_id), platform_id, "platform_id"))
    return [_checked(path, LOOKUPS[key], value) for key, value, path in given]


def _checked(path: str, parse: Callable[..., T], *values: str) -> T:
    try:
        return parse(*values)
    except BadIdentity as error:
        raise InvalidInput(str(error), [FieldError("InvalidIdentity", str(error), path, "identity")]) from None


def _has_id(value: str) -> Condition:
    if (id := flake_id(value)) is None:
        raise BadIdentity("A customer's id is a decimal number, or pn- and its short form.")
    return Customer.c.id == id


def _plays_java(name: str) -> Condition:
    on_java = or_(Customer.c.minecraft_platform.is_(None), Customer.c.minecraft_platform != "bedrock")
    return and_(_has_player_name(name), on_java)


def _plays_bedrock(name: str) -> Condition:
    return and_(_has_player_name(name.replace(" ", "_")), Customer.c.minecraft_platform == "bedrock")


def _has_player_name(name: str) -> Condition:
    """Minecraft takes names for the same in any case."""
    return func.lower(Customer.c.minecraft_name) == func.lower(name)


def _has_name(name: str) -> Condition:
    """The name as it is written; comparing it in lower case as well lets the index of searches find it."""
    return and_(func.lower(Customer.c.name) == func.lower(name), Customer.c.name == name)


LOOKUPS: Final[dict[str, Callable[[str], Condition]]] = {
    "id": _has_id,
    "steam_id": lambda value: Customer.c.steam_id == identities.steam_id(value),
    "minecraft_uuid": lambda value: Customer.c.minecraft_uuid == identities.minecraft_uuid(value),
    "xbox_xuid": lambda value: Customer.c.xbox_xuid == identities.xbox_xuid(value),
    "minecraft_java_name": _plays_java,
    "minecraft_bedrock_name": _plays_bedrock,
    "name": _has_name,
}
