"""Checks of the installation: its schema, its file, its key and its audit log."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Column, select

from sutler.billing.gateway_accounts.models import GatewayAccount, settings_context
from sutler.billing.orders.models import Order
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.checkouts.service import token_of
from sutler.doctor.examination import EXAMPLES, Check, Function, Outcome
from sutler.kernel.backup.schema import Schema, revision_in
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.migrate import UnknownRevisionError
from sutler.kernel.data.queries import Connection, Statement, literal_limit, param
from sutler.kernel.data.records import Actor
from sutler.kernel.edge.access import NO_STORE
from sutler.kernel.secrets import CannotUnseal, sealer
from sutler.promotions.gift_card_codes.service import sealed_for as gift_card_context
from sutler.promotions.gift_cards.models import GiftCard
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.schemas import sealed_for
from sutler.stores.audit.service import STORES, verify
from sutler.stores.mails.models import Mail, text_context
from sutler.stores.second_factors.models import SecondFactor
from sutler.webhooks.endpoints.models import WebhookEndpoint, secret_context

INTERNAL: Final = Actor("internal")
AT_ONCE: Final = 1_000
BELOW_ALL: Final = "-1"
NO_KEY: Final = (
    "There is no secret key here. Bring the installation's own back, to SUTLER_SECRET_KEY or as secret.key in SUTLER_DATA."
)


class Sealed(Struct, frozen=True):
    """A column of sealed secrets, the id that each is sealed for, and how one is opened."""

    column: Column[bytes]
    owner: Column[Any]
    open: Callable[[str, bytes], str]


def sealed(column: Column[bytes], context: Callable[[str], str], owner: Column[Any] | None = None) -> Sealed:
    """Secrets that are sealed for their own row, unless they have another owner."""
    owner = column.table.c.id if owner is None else owner
    return Sealed(column, owner, lambda id_, value: sealer().open(value, context(id_)))


def second_factor(user_id: str) -> str:
    """What a second factor is sealed for."""
    return f"second_factor:{user_id}"


SEALED: Final = (
    sealed(GameServer.c.token_sealed, sealed_for),
    sealed(WebhookEndpoint.c.secret_sealed, secret_context),
    sealed(GiftCard.c.code_sealed, gift_card_context),
    sealed(GatewayAccount.c.settings_sealed, settings_context),
    sealed(Mail.c.text_sealed, text_context),
    sealed(SecondFactor.c.secret_sealed, second_factor, SecondFactor.c.user_id),
    Sealed(Checkout.c.token_sealed, Checkout.c.id, token_of),
    Sealed(Order.c.checkout_token_sealed, Order.c.checkout_id, token_of),
)
"""Every secret in the database that can be shown again."""


def page_of(kind: Sealed) -> Statement:
    """The next secrets of a column."""
    key = kind.column.table.c.id
    query = select(key, kind.owner, kind.column).where(key > param("after", type_=key.type)).order_by(key)
    return Statement(query.limit(literal_limit(AT_ONCE)))


PAGES: Final = [(kind, page_of(kind)) for kind in SEALED]


async def schema(connection: Connection) -> Outcome:
    """Nothing else can be checked in tables of another time."""
    found = await revision_in(connection)
    if found is None:
        return Outcome(1, ("There is no store in this database yet. Check SUTLER_DATABASE_URL and SUTLER_DATA.",))
    try:
        missing = Schema().steps(found)
    except UnknownRevisionError as error:
        return Outcome(1, (str(error),))
    return Outcome(len(missing), tuple(f"Revision {step} is missing: run `sutler migrate`." for step in missing))


async def file(connection: Connection) -> Outcome:
    """SQLite's own quick look at every page; PostgreSQL has tools of its own for that."""
    if connection.dialect.name != "sqlite":
        return Outcome()
    told = [str(row[0]) for row in await connection.fetch("PRAGMA quick_check", ())]
    return Outcome() if told == ["ok"] else Outcome(len(told), tuple(told[:EXAMPLES]))


async def secrets(connection: Connection) -> Outcome:
    """Open every single one."""
    try:
        sealer()
    except RuntimeError:
        return Outcome(1, (NO_KEY,))
    problems = 0
    examples: list[str] = []
    for kind, page in PAGES:
        last = BELOW_ALL
        while rows := await page.run(connection, after=last):
            failures = await asyncio.to_thread(unopened, kind, rows)
            problems, examples = problems + len(failures), (examples + failures)[:EXAMPLES]
            last = str(rows[-1][0])
    return Outcome(problems, tuple(examples))


def unopened(kind: Sealed, rows: Sequence[Sequence[Any]]) -> list[str]:
    """In words, which of these do not open, and why."""
    failures = []
    for row, owner, value in rows:
        try:
            kind.open(str(owner), value)
        except CannotUnseal as error:
            failures.append(f"{kind.column} of {row}: {error}")
    return failures


async def audit(connection: Connection) -> Outcome:
    """Derive the chain of every store again, and that of the installation."""
    problems = []
    for store_id in (NO_STORE, *(str(row[0]) for row in await STORES.run(connection))):
        found = await verify(StoreContext(connection, store_id, INTERNAL, writes=False))
        if found.problem is not None:
            problems.append(f"Store {store_id}: {found.problem}")
    return Outcome(len(problems), tuple(problems[:EXAMPLES]))


CHECKS: Final[Mapping[str, Check]] = {
    "schema": Function("The tables are those that this version of Sutler needs.", schema),
    "file": Function("The database's file is in order.", file),
    "secrets": Function("The installation's key opens every sealed secret.", secrets),
    "audit": Function("No entry of the audit log was changed, taken out or put in.", audit),
}
