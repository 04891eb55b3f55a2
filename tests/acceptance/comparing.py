"""Holding a subscription of the shop against the one that was worked out by hand."""

from collections import Counter
from typing import Final

from sutler.billing.simulator.models import SimulatedCharge
from sutler.billing.subscriptions.jobs import renew
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel.work.events import EventRow
from sutler.stores.ledger import service as ledger
from tests.acceptance.accounts import assert_that_accounts_are_right
from tests.acceptance.reckoning import Reckoning
from tests.acceptance.renewing import Membership

LIVING: Final = ("usable", "active")


async def assert_same(member: Membership, expected: Reckoning) -> None:
    """The subscription is where it must be at this moment."""
    found, over = await member.subscription(), expected.over is not None
    assert found.status == ("canceled" if over else "active" if expected.cycle else "created")
    assert (found.billing_cycle_sequence, found.current_period_end) == (expected.cycle, expected.end)
    assert (found.canceled_at, found.attempt_count) == (expected.over, expected.attempts)
    assert found.past_due == (expected.attempts > 0 and not over)
    assert found.next_attempt_at == (None if over else expected.retry)
    assert (found.cancel_reason or "") == ((expected.reason if over else expected.ending) or "")
    assert over or found.cancel_at_period_end == bool(expected.ending)


async def assert_that_all_was_right(member: Membership, expected: Reckoning) -> None:
    """Each cycle was charged once, at its moment; what it gave is there once; the books are right; nothing else waits."""
    await assert_that_money_is_right(member, expected)
    await assert_that_items_are_right(member, expected)
    await assert_that_commands_are_right(member, expected)
    await assert_that_jobs_are_right(member, expected)
    await assert_that_accounts_are_right(member.store)
    assert await ledger.check(member.store) == []


async def assert_that_money_is_right(member: Membership, expected: Reckoning) -> None:
    """The bank took what was reckoned, when it was reckoned; the shop knows of all that; orders say what it was for."""
    store = member.store
    taken = await store.all(store.rows(SimulatedCharge).where(SimulatedCharge.c.decision == "succeeded"))
    assert sorted((one.told_at, one.amount) for one in taken if one.amount) == sorted(
        (one.taken, one.amount) for one in expected.charges if one.amount
    )
    orders = [(one.completed_at, one.billing_cycle_sequence, one.total_amount) for one in await member.orders()]
    assert orders == [(one.known, one.cycle, one.amount) for one in expected.heard()]
    payments = [(one.amount, one.refunded_amount) for one in await member.taken()]
    assert payments == [(one.amount, one.given_back) for one in expected.taken()]


async def assert_that_items_are_right(member: Membership, expected: Reckoning) -> None:
    """One item runs for each line that does, with its recipient and for its price; one was given for each that was paid."""
    store = member.store
    items = await store.all(store.rows(DeliveryItem).where(DeliveryItem.c.subscription_id.is_not(None)))
    living = [item for item in items if item.state in LIVING]
    products = [] if expected.over else [member.products[price].id for price in expected.prices]
    assert sorted(item.product_id for item in living) == sorted(products)
    assert {item.customer_id for item in items} == {member.recipient_id}
    of_cycle = [one for one in expected.charges if one.known and one.cycle is not None]
    per_order = Counter(item.order_id for item in items if item.order_line_id)
    cycles = {order.id for order in await member.orders() if order.billing_cycle_sequence is not None}
    assert (len(cycles), {per_order[id] for id in cycles}) == (len(of_cycle), {len(expected.terms.prices)})


async def assert_that_commands_are_right(member: Membership, expected: Reckoning) -> None:
    """Nothing runs twice for an item. Where it was for one thing all along, each stage ran as often as it came to it."""
    attempts = await member.store.all(member.store.rows(CommandAttempt))
    assert all(attempt.executed_at or attempt.unqueued_at for attempt in attempts)
    assert max(Counter((attempt.item_id, attempt.stage) for attempt in attempts).values()) == 1
    deeds, lines = {deed.what for deed in expected.terms.deeds}, len(expected.terms.prices)
    if "change" in deeds:
        return
    stages = Counter(str(attempt.stage) for attempt in attempts)
    told = ("on_trial_start", "on_purchase", "on_renew")
    given = (int(expected.terms.trial > 0), min(expected.cycle, 1), max(0, expected.cycle - 1))
    assert tuple(stages[stage] for stage in told) == tuple(lines * times for times in given)
    if not deeds & {"refund", "dispute"}:
        end = "on_expire" if expected.cycle else "on_trial_expire"
        assert stages - Counter(dict.fromkeys(told, 10_000)) == Counter({end: lines} if expected.over else {})


async def assert_that_jobs_are_right(member: Membership, expected: Reckoning) -> None:
    """Each event was told once, and only what is still to come waits; the next cycle among it, once, if there is one.

    The job of a cycle that was paid by the link still waits for the moment of its next attempt, to find nothing to do.
    """
    store, cycle = member.store, expected.cycle
    told = Counter(event.kind for event in await store.all(store.rows(EventRow)))
    assert told["subscription_activated"] == min(1, cycle)
    assert told["subscription_renewed"] == max(0, cycle - 1)
    assert told["subscription_canceled"] == int(expected.over is not None)
    jobs = await member.jobs()
    assert [job.kind for job in jobs if job.run_at is None or job.run_at <= member.now or job.failures] == []
    next_cycles = [job.arguments["cycle"] for job in jobs if job.kind == renew.name]
    assert expected.over or (next_cycles.count(cycle + 1), max(next_cycles)) == (1, cycle + 1)
