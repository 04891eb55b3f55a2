"""Who may call which operation and who may not, read from the access that the routes name."""

from collections.abc import Iterator
from dataclasses import dataclass

from sutler.kernel import tokens
from sutler.kernel.edge.http import Route
from tests.make.world import OUTCOMES, World
from tests.make.world_callers import Callers

SCHEMES = {
    "management": ("APIKey", "User"),
    "manager": ("APIKey", "User"),
    "user": ("User",),
    "customer": ("Customer",),
    "gameserver": ("Gameserver",),
}
UNKNOWN = {
    "APIKey": tokens.api_key(),
    "User": tokens.user_token(),
    "Customer": tokens.customer_token(),
    "Gameserver": tokens.game_server_token(),
}
MALFORMED = ("APIKey short", "Nonsense", "Basic dXNlcjpwYXNzd29yZA==", "Bearer ' OR 1=1 --", "Customer \xff\xfe")
NOBODYS = "1"  # an id that nothing has


@dataclass(frozen=True)
class Case:
    """Someone calls, and the status that they must get."""

    who: str
    authorization: str | None
    expected: int
    store_header: str | None = None


@dataclass(frozen=True)
class Parties:
    """Two stores that are full, and everybody who might call them."""

    mine: World
    others: World
    my: Callers
    their: Callers


def schemes(route: Route) -> tuple[str, ...]:
    """The kinds of tokens that an operation takes; none if it is for everybody."""
    return SCHEMES.get(route.signature.access.audience, ())


def refused(route: Route, parties: Parties) -> list[Case]:
    """Everybody who must be turned away, although nothing else is wrong with their request to `mine`."""
    if not schemes(route):
        return list(false_visitors(route, parties))
    return [*strangers(route, parties), *wrong_kinds(route, parties), *unprivileged(route, parties)]


def strangers(route: Route, parties: Parties) -> Iterator[Case]:
    """Whoever has no token that is valid for anything."""
    yield Case("nobody", None, 401)
    for text in MALFORMED:
        yield Case(f"malformed {text!r}", text, 401)
    for scheme in schemes(route):
        yield Case(f"a blank {scheme}", f"{scheme} ", 401)
        yield Case(f"an unknown {scheme}", f"{scheme} {UNKNOWN[scheme]}", 401)
        yield Case(f"an unknown {scheme} alone", UNKNOWN[scheme], 401)
        yield Case(f"an unknown {scheme} as Bearer", f"Bearer {UNKNOWN[scheme]}", 401)
        for fate, authorization in parties.my.ended[scheme].items():
            yield Case(f"a {scheme} {fate}", authorization, 401)
            yield Case(f"a {scheme} {fate}, alone", authorization.partition(" ")[2], 401)


def wrong_kinds(route: Route, parties: Parties) -> Iterator[Case]:
    """Whoever has a valid token of a kind that the operation does not take."""
    for kind in ("management", "user", "customer", "gameserver"):
        authorization = parties.mine.credentials[kind]
        scheme, token = authorization.split(" ")
        if scheme not in schemes(route):
            yield Case(f"a {scheme}", authorization, 403)
            yield Case(f"a {scheme} alone", token, 403)
            yield Case(f"a {scheme} as Bearer", f"Bearer {token}", 403)
            yield Case(f"a {scheme} under a false name", f"{schemes(route)[0]} {token}", 401)


def unprivileged(route: Route, parties: Parties) -> Iterator[Case]:
    """Whoever has a token of the right kind, but of another store or without the permission."""
    access = route.signature.access
    if access.audience in ("management", "manager"):
        for permission in sorted(access.permissions):
            key, user = parties.my.may_all_but[permission]
            yield Case(f"a key without {permission}", key, 403)
            if access.audience == "management":
                yield Case(f"a user whose role lacks {permission}", user, 403)
    if access.audience == "management":
        for who, authorization in parties.my.outsiders.items():
            yield Case(who, authorization, 403)
        yield Case("the key of another store", parties.others.credentials["management"], 403)
        yield Case("a user who may do just this elsewhere", parties.their.may_only[access.permissions][1], 403)
    if access.audience == "customer":
        yield Case("a customer of another store", parties.others.credentials["customer"], 403, parties.mine.store.id)


def false_visitors(route: Route, parties: Parties) -> Iterator[Case]:
    """Who is turned away even where everyone may look: whoever shows something false, or names no store."""
    here = parties.mine.store.id
    in_path = "storeId" in route.signature.path_names
    if not in_path:
        yield Case("nobody, in no store", None, 200 if route.signature.access.anywhere else 400)
    yield Case("nobody, in no possible store", None, 400, "-1")
    yield Case("nobody, in an unknown store", None, 400 if in_path else 404, NOBODYS)
    yield Case("a customer of another store", parties.others.credentials["customer"], 403, here)
    for scheme, ended in parties.my.ended.items():
        yield Case(f"an unknown {scheme}", f"{scheme} {UNKNOWN[scheme]}", 401, here)
        for fate, authorization in ended.items():
            yield Case(f"a {scheme} {fate}", authorization, 401, here)
    for text in MALFORMED:
        yield Case(f"malformed {text!r}", text, 401, here)


def served(route: Route, parties: Parties) -> Iterator[tuple[Case, World]]:
    """Those for whom the operation is, each with as little as they need for it, and the store in which they ask."""
    access, expected = route.signature.access, OUTCOMES.get(route.operation, route.status)
    if access.audience in ("management", "manager"):
        yield Case("a key with the permission", parties.my.may_only[access.permissions][0], expected), parties.mine
        yield Case("a user in a role", parties.their.may_only[access.permissions][1], expected), parties.others
    elif access.audience == "user":
        yield Case("a user", parties.my.outsiders["a stranger"], expected), parties.mine
    elif access.audience == "visitor":
        yield Case("a visitor", None, expected, parties.mine.store.id), parties.mine
        yield Case("a customer", parties.others.credentials["customer"], expected), parties.others
    else:
        yield Case(f"a {access.audience}", parties.mine.credentials[access.audience], expected), parties.mine
