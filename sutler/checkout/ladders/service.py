"""Steps of ladders that are bought once, for good: what is owned is taken off the price, and nothing is bought twice.

The steps are the products of a tier group in the order of the shop. What is taken off is what the highest owned step costs
now, where the buyer is; so however many steps somebody takes, together they cost what the last one costs. Subscriptions
are no part of it: what is rented is not owned, and changes of them have proration.

Inventories are kept by delivery, which nothing here may import: it says how to ask.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sutler.catalog.products.models import Product
from sutler.catalog.regional_pricing.service import regional_prices
from sutler.catalog.storefront.schemas import CustomerTierGroupDto
from sutler.catalog.tier_groups.service import ladders
from sutler.checkout.checkouts.models import Checkout, StepOwned
from sutler.checkout.ladders.queries import in_payment
from sutler.checkout.possessions.service import Possession
from sutler.checkout.pricing.offers import LineToPrice, OwnedStep
from sutler.customers.customers.models import Customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.models import Store

Asked = Callable[[StoreContext, Collection[FlakeId], Collection[FlakeId]], Awaitable[set[Possession]]]
_known: Final[list[Asked]] = []
Receivers = Sequence[FlakeId | None]
AskedWhere = Callable[[StoreContext, FlakeId], Awaitable[Sequence[CustomerTierGroupDto]]]
_where: Final[list[AskedWhere]] = []
AskedGroups = Callable[[StoreContext, FlakeId], Awaitable[set[FlakeId]]]
_rented: Final[list[AskedGroups]] = []
IN_PAYMENT_TEXT: Final = (
    "A step of this ladder is being paid at this moment: try again when that payment is through, or has failed."
)


def answer_with(asked: Asked) -> None:
    """Ask this which of some products each of some customers has for good."""
    _known[:] = [asked]


def answer_where_with(asked: AskedWhere) -> None:
    """Ask this on which steps the subscriptions of a customer stand."""
    _where[:] = [asked]


def answer_rented_with(asked: AskedGroups) -> None:
    """Ask this which ladders a customer subscribes to for themselves, or is about to."""
    _rented[:] = [asked]


async def rented(store: StoreContext, products: Sequence[Product]) -> Mapping[FlakeId, CustomerTierGroupDto]:
    """Where the signed-in customer stands by subscription on the ladders of these products, by those."""
    if store.actor.type != "customer" or store.actor.id is None or not any(one.tier_group_id for one in products):
        return {}
    (asked,) = _where
    return {one.tier_group_id: one for one in await asked(store, store.actor.id)}


class Held(Struct, frozen=True):
    """The ladders that some lines are about, and who has which of their steps for good."""

    steps: Mapping[FlakeId, Sequence[Product]]
    owned: Collection[Possession]

    def highest(self, group_id: FlakeId, customer_id: FlakeId) -> Product | None:
        """The highest step of a ladder that a customer has."""
        mine = [step for step in self.steps.get(group_id, ()) if (customer_id, step.id) in self.owned]
        return mine[-1] if mine else None

    def is_higher(self, group_id: FlakeId, product_id: FlakeId | None, than: Product) -> bool:
        """Whether a product is above a step of the same ladder."""
        ids = [step.id for step in self.steps.get(group_id, ())]
        return product_id in ids and ids.index(product_id) > ids.index(than.id)


async def held(store: StoreContext, lines: Iterable[tuple[LineToPrice, FlakeId | None]]) -> Held:
    """What the receivers of these lines have of the ladders that they are of; nothing is read where there is none."""
    once = [(line, customer) for line, customer in lines if customer and not line.subscription]
    wanted = [(line.tier_group_id, customer) for line, customer in once if line.tier_group_id]
    if not wanted:
        return Held({}, ())
    steps = await ladders(store, {group for group, _ in wanted})
    (asked,) = _known
    ids = sorted({step.id for every in steps.values() for step in every})
    return Held(steps, await asked(store, sorted({customer for _, customer in wanted}), ids))


async def on_ladders(
    store: StoreContext, seller: Store, lines: Sequence[LineToPrice], receivers: Receivers, country: str | None
) -> list[LineToPrice]:
    """The lines, each with the step that its receiver has already and what that costs where the buyer is."""
    known = await held(store, zip(lines, receivers, strict=True))
    found = {
        line.key: step
        for line, customer in zip(lines, receivers, strict=True)
        if line.tier_group_id
        and customer
        and not line.subscription
        and (step := known.highest(line.tier_group_id, customer))
        if known.is_higher(line.tier_group_id, line.product_id, step)
    }
    if not found:
        return list(lines)
    prices = {step.id: step.price for step in found.values()}
    local = await regional_prices(store, seller, prices, country)
    return [
        replace(line, owned=OwnedStep(step.name, local[step.id].price if step.id in local else step.price))
        if (step := found.get(line.key))
        else line
        for line in lines
    ]


async def claim(store: StoreContext, checkout: Checkout, lines: Sequence[LineToPrice], receivers: Sequence[FlakeId]) -> None:
    """Refuse what `refuse_owned` does and steps of ladders that others pay for at this moment, for the same person.

    The transaction holds the checkout, which is how it says that these steps are being paid; and with the rows of the
    receivers it holds off whoever says the same for them, so that of several at once exactly one goes on. Who is paying is
    looked up before who owns what: a payment that ends in between is in the second answer.
    """
    climbing = [(line, who) for line, who in zip(lines, receivers, strict=True) if line.tier_group_id]
    if not climbing:
        return
    people = {who for _, who in climbing}
    for id in sorted({*people, checkout.customer_id}, key=int):  # always in the same order: nobody waits in a circle
        await store.first(store.rows(Customer).where(Customer.c.id == id))  # with it, the lock
    others = await in_payment(store, checkout.id, people)
    taken = {(one.group_id, one.customer_id, one.subscription) for one in others if not (one.subscription and one.gift)}
    problems = [
        FieldError("StepOwned", IN_PAYMENT_TEXT, f"lines[{number}].product_id", "step")
        for number, (line, who) in enumerate(zip(lines, receivers, strict=True))
        if (line.tier_group_id, who, line.subscription) in taken
    ]
    if problems:
        raise StepOwned(problems[0].message, problems)
    await refuse_owned(store, lines, receivers)


async def refuse_owned(store: StoreContext, lines: Sequence[LineToPrice], receivers: Receivers) -> None:
    """Refuse steps that their receivers have already, or have a higher one of; and more than one unit of a step.

    `StepOwned` names every line. The same step twice in one order is one too many as well, and so is a second subscription
    on a ladder where one runs: that is changed instead.
    """
    known, problems, taken = await held(store, zip(lines, receivers, strict=True)), list[FieldError](), set[object]()
    standing = await _running(store, lines, receivers)
    for number, (line, customer) in enumerate(zip(lines, receivers, strict=True)):
        if not line.tier_group_id or not customer:
            continue
        step = None if line.subscription else known.highest(line.tier_group_id, customer)
        text, member = None, "product_id"
        if step is not None and not known.is_higher(line.tier_group_id, line.product_id, step):
            text = f"{step.name} is owned already, and nothing is above it that this would add."
        elif (line.tier_group_id, customer) in standing and line.subscription:
            text = "A subscription to another step of this ladder runs already: change that one, or let it end first."
        elif line.quantity > 1:
            text, member = "A step of a ladder is bought once: ask for one unit.", "quantity"
        elif (line.tier_group_id, customer) in taken:
            text = "One order takes one step of a ladder: leave the others out, the highest includes them."
        taken.add((line.tier_group_id, customer))
        if text is not None:
            problems.append(FieldError("StepOwned", text, f"lines[{number}].{member}", "step"))
    if problems:
        raise StepOwned(problems[0].message, problems)


async def _running(
    store: StoreContext, lines: Sequence[LineToPrice], receivers: Receivers
) -> set[tuple[FlakeId, FlakeId | None]]:
    """On which ladders the receivers of lines that renew stand by subscription, or are about to."""
    asking = {who for line, who in zip(lines, receivers, strict=True) if who and line.tier_group_id and line.subscription}
    (asked,) = _rented
    return {(group_id, customer) for customer in sorted(asking) for group_id in await asked(store, customer)}
