"""Making and changing modules, and preparing what visitors see of them."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Hashable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from msgspec import UNSET, ValidationError, convert, structs, to_builtins

from sutler.billing.modules import queries
from sutler.billing.modules.models import Module, ModuleType
from sutler.billing.modules.schemas import (
    SETTINGS,
    ModuleCustomerDto,
    ModuleStatsDto,
    ModuleTopCustomerDto,
    PaymentGoal,
    Period,
    PreparedModuleDataDto,
    PreparedModuleDto,
    RecentPayments,
    TopCustomer,
    UpdateModuleDto,
    UpsertModuleDto,
    settings_of,
)
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted
from sutler.kernel.wire import field_errors, given
from sutler.stores.stores.service import current

REMEMBERED_SECONDS: Final = 5.0  # how old a sum over a period may be
MOST_REMEMBERED: Final = 1_000
ALWAYS: Final = datetime(2000, 1, 1, tzinfo=UTC)
T = TypeVar("T")


class Figures:
    """Sums over many orders, made once in five seconds however many visitors look at them."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._known: dict[Hashable, tuple[float, asyncio.Future[Any]]] = {}

    async def get(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The figure of this name, from a moment ago or made now. A failure is nobody's but of those who waited for it."""
        until, figure = self._known.get(key, (0.0, None))
        if figure is None or until <= self._now() or _failed(figure):
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            figure = asyncio.ensure_future(make())
            self._known[key] = self._now() + REMEMBERED_SECONDS, figure
        found: T = await asyncio.shield(figure)  # who goes away takes nothing from the others
        return found


def _failed(figure: asyncio.Future[Any]) -> bool:
    return figure.done() and (figure.cancelled() or figure.exception() is not None)


FIGURES: Final = Figures()


async def list_all(store: StoreContext) -> list[Module]:
    """Every module, in the order in which they are shown; of equal places the older first."""
    return sorted(await store.all(store.rows(Module)), key=lambda module: module.sort_order)


async def put(store: StoreContext, new: UpsertModuleDto) -> Module:
    """Make the module of a type, or put this in its place. InvalidInput names everything that does not pass."""
    values = checked(new.type, given(new))
    known = {module.type: module for module in await list_all(store)}
    last = max((module.sort_order for module in known.values()), default=-1) + 1
    if new.sort_order is None:
        values["sort_order"] = known[new.type].sort_order if new.type in known else last
    module = Module(**values)
    if new.type not in known and await store.add_new(module, Module.c.type):
        return module
    del values["type"]
    (changed,) = await store.change_all(store.rows(Module).where(Module.c.type == new.type), values)
    return changed


async def update(store: StoreContext, id: FlakeId, changes: UpdateModuleDto) -> Module:
    """Change what is given; NotFound if there is no such module."""
    module = await store.get(Module, id)
    values = checked(module.type, given(changes), module)
    return await store.change(module, values)


async def delete(store: StoreContext, id: FlakeId) -> None:
    """Show a module no more and forget its settings; NotFound if there is none."""
    await store.remove(await store.get(Module, id))


def checked(type: ModuleType, values: dict[str, Any], module: Module | None = None) -> dict[str, Any]:
    """The values in the form in which they are kept; InvalidInput names every one that cannot be."""
    kept = dict(values)
    problems: list[FieldError] = []
    if "settings" in kept:
        kept["settings"] = _settings(type, kept["settings"] or {}, problems)
    begin, end = (kept.get(name, module and getattr(module, name)) for name in ("starts_at", "ends_at"))
    if begin is not None and end is not None and end <= begin:
        problems.append(FieldError("Invalid", "`ends_at` must be after `starts_at`.", "ends_at", "value"))
    if problems:
        raise InvalidInput(problems[0].message, problems)
    return kept


def _settings(type: ModuleType, values: dict[str, Any], problems: list[FieldError]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = to_builtins(convert(values, SETTINGS[type]))
    except ValidationError as error:
        problems += field_errors(SETTINGS[type], values, "settings") or [
            FieldError("Invalid", str(error), "settings", "value")
        ]
        return {}
    return found


async def prepared(shop: Shop) -> list[PreparedModuleDto]:
    """Everything that visitors are shown now, in its order. NotFound when there is no such store."""
    async with shop.reading() as store:
        currency = (await current(store)).currency
        modules = [module for module in await list_all(store) if _is_shown(module)]
    return [PreparedModuleDto(module.type, await _data(shop, module, currency)) for module in modules]


def _is_shown(module: Module) -> bool:
    now = clock.now()
    begun = module.starts_at is None or module.starts_at <= now
    return module.enabled and begun and (module.ends_at is None or now < module.ends_at)


async def _data(shop: Shop, module: Module, currency: str) -> PreparedModuleDataDto:
    settings = settings_of(module)
    data = PreparedModuleDataDto(to_builtins(settings))
    if isinstance(settings, PaymentGoal):
        data.revenue = str(await _revenue(shop, settings.period))
    elif isinstance(settings, RecentPayments):
        async with shop.reading() as store:
            data.orders = await queries.recent(store, settings)
    elif isinstance(settings, TopCustomer):
        data.customers = await _top(shop, settings, currency)
    return data


async def _revenue(shop: Shop, period: Period) -> int:
    since = beginning(period, clock.now())

    async def add_up() -> int:
        async with shop.reading(slow=True) as store:
            return await queries.revenue(store, since)

    return await FIGURES.get((shop.store_id, since), add_up)


async def _top(shop: Shop, wanted: TopCustomer, currency: str) -> list[ModuleTopCustomerDto]:
    since = beginning(wanted.period, clock.now())

    async def rank() -> list[queries.Spender]:
        async with shop.reading(slow=True) as store:
            return await queries.top(store, wanted.field, since, wanted.limit)

    spenders = await FIGURES.get((shop.store_id, since, wanted.field, wanted.limit), rank)
    if not spenders:
        return []
    async with shop.reading() as store:
        known = await queries.customers(store, [one.customer_id for one in spenders])
    spent = {one.customer_id: _stats(one, currency) for one in spenders} if wanted.display_customer_spend_amount else {}
    return [_with_stats(known[one.customer_id], spent.get(one.customer_id)) for one in spenders]


def _with_stats(customer: ModuleCustomerDto, stats: ModuleStatsDto | None) -> ModuleTopCustomerDto:
    return ModuleTopCustomerDto(**structs.asdict(customer), stats=UNSET if stats is None else stats)


def _stats(one: queries.Spender, currency: str) -> ModuleStatsDto:
    amounts: dict[str, Any] = {
        "total_spend_amount_gross": one.gross,
        "total_spend_amount_net": one.net,
        "average_spend_amount_gross": one.average(one.gross),
        "average_spend_amount_net": one.average(one.net),
    }
    texts: dict[str, Any] = {f"{name}_str": formatted(amount, currency) for name, amount in amounts.items()}
    return ModuleStatsDto(**amounts, **texts, total_payments=one.payments)


def beginning(period: Period, now: datetime) -> datetime:
    """When the day, the week (a Monday), the month or the year began in which it is now, in UTC."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "day": day,
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
        "year": day.replace(month=1, day=1),
        "all_time": ALWAYS,
    }[period]
