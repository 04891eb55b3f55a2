"""The books."""

import ast
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutler.kernel.ids import new_id
from sutler.stores.ledger.models import LedgerEntry, PostedTwice
from sutler.stores.ledger.service import Entry, Imbalance, Unbalanced, balances, check, post
from tests.conftest import Inside, SeededStore
from tools.sources import calls, modules, tree

AMOUNTS = st.lists(st.integers(-(10**9), 10**9), max_size=5)


def balanced(amounts: Sequence[int]) -> list[Entry]:
    """Entries of these amounts, each on an account of its own, and one more that balances them."""
    entries = [Entry(f"account {number}", amount) for number, amount in enumerate(amounts)]
    return [*entries, Entry("balance", -sum(amounts))]


class TestPost:
    async def test_writes_all_sides_of_a_movement(self, store: SeededStore, inside: Inside) -> None:
        async with inside(store.id) as context:
            await post(context, new_id(), "usd", [Entry("cash", 700), Entry("sales", -600), Entry("tax", -100)])
            await post(context, new_id(), "usd", [Entry("cash", 50), Entry("sales", -50)])
            await post(context, new_id(), "eur", [Entry("cash", 9), Entry("sales", -9), Entry("tax", 0)])

            assert await balances(context) == {
                ("cash", "usd"): 750, ("sales", "usd"): -650, ("tax", "usd"): -100, ("cash", "eur"): 9, ("sales", "eur"): -9,
            }  # fmt: skip
            assert await context.count(context.rows(LedgerEntry)) == 7

    async def test_writes_nothing_that_does_not_balance(self, store: SeededStore, inside: Inside) -> None:
        async with inside(store.id) as context:
            with pytest.raises(Unbalanced, match="sum to 1 usd"):
                await post(context, new_id(), "usd", [Entry("cash", 700), Entry("sales", -699)])

            assert await balances(context) == {}

    async def test_refuses_a_movement_that_is_already_in_the_books(self, store: SeededStore, inside: Inside) -> None:
        payment_id, sale = new_id(), [Entry("cash", 700), Entry("sales", -700)]
        async with inside(store.id) as context:
            await post(context, payment_id, "usd", sale)

        with pytest.raises(PostedTwice):
            async with inside(store.id) as context:
                await post(context, payment_id, "usd", sale)

        async with inside(store.id) as context:
            assert await balances(context) == {("cash", "usd"): 700, ("sales", "usd"): -700}

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(movements=st.lists(AMOUNTS, max_size=5))
    async def test_keeps_the_sum_of_everything_at_zero(
        self, store: SeededStore, inside: Inside, movements: list[list[int]]
    ) -> None:
        async with inside(store.id) as context:
            for amounts in movements:
                await post(context, new_id(), "usd", balanced(amounts))

            assert sum((await balances(context)).values()) == 0
            assert await check(context) == []


class TestCheck:
    async def test_finds_what_a_hand_in_the_database_has_done(
        self, store: SeededStore, other: SeededStore, inside: Inside
    ) -> None:
        transaction_id = new_id()
        async with inside(store.id) as context:
            await post(context, new_id(), "usd", [Entry("cash", 700), Entry("sales", -700)])
            await context.add(LedgerEntry(transaction_id=transaction_id, account="cash", currency="usd", amount=5))

        async with inside(store.id) as context:
            assert await check(context) == [Imbalance(transaction_id, "usd", 5)]
        async with inside(other.id) as context:
            assert (await check(context), await balances(context)) == ([], {})

    async def test_never_sets_one_currency_off_against_another(self, store: SeededStore, inside: Inside) -> None:
        transaction_id = new_id()
        async with inside(store.id) as context:
            for currency, amount in (("usd", 5), ("eur", -5)):
                await context.add(
                    LedgerEntry(transaction_id=transaction_id, account=currency, currency=currency, amount=amount)
                )

            assert {found.amount for found in await check(context)} == {5, -5}


class TestEntries:
    def test_are_made_by_the_ledger_alone_and_never_changed(self) -> None:
        """Nobody else names the record at all, and the ledger itself only adds."""
        users = [file for file in modules("sutler") if any(name_of(node) == "LedgerEntry" for node in ast.walk(tree(file)))]
        (service,) = [file for file in users if file.name == "service.py"]
        called = {call.func.attr for call in calls(service) if isinstance(call.func, ast.Attribute)}

        assert {f"{file.parent.name}/{file.name}" for file in users} == {"ledger/models.py", "ledger/service.py"}
        assert called & {"add", "add_all", "add_new", "change", "change_all", "remove", "delete", "update"} == {"add_all"}


def name_of(node: ast.AST) -> str | None:
    """The name that a node defines, imports or uses."""
    if isinstance(node, ast.ClassDef | ast.alias):
        return node.name
    return node.id if isinstance(node, ast.Name) else None
