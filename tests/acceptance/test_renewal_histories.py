"""Whatever payers, banks and time do to a subscription: each cycle is charged once, at its moment, as it was reckoned."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutler.kernel.data.database import Database
from sutler.kernel.edge.asgi import Application
from tests.acceptance.comparing import assert_same, assert_that_all_was_right
from tests.acceptance.reckoning import Reckoning
from tests.acceptance.renewing import BETWEEN_DEEDS, LATER_IN_THE_DAY, Membership
from tests.acceptance.terms import Deed, Terms, drawn_terms
from tests.conftest import Inside, SeededStore

FEW, FEWER, MANY, PARTS = 25, 4, 4_000, 20


class Undone(Exception):
    """Raised so that nothing stays, and the next histories find a small database."""


@st.composite
def histories(draw: st.DrawFn) -> Terms:
    """Any history; a failing one is made as simple as it can be."""

    def choose(options: Any) -> Any:
        return draw(st.sampled_from(options))

    return drawn_terms(choose)


async def live(inside: Inside, store: SeededStore, database: Database, terms: Terms) -> None:
    """Live through a history, in the shop and on paper, compare them all along, and leave nothing behind."""
    with pytest.raises(Undone):
        async with inside(store.id) as context:
            member, expected = Membership(database, context, terms), Reckoning.begun(terms)
            await member.begins()
            moment = terms.begins + LATER_IN_THE_DAY
            for deed in (*terms.deeds, Deed("wait", days=3)):
                moment = max(moment, expected.end) if deed.after_due else moment
                moment += timedelta(days=deed.days) + BETWEEN_DEEDS
                await go_on(member, expected, moment, deed)
            await assert_that_all_was_right(member, expected)
            raise Undone


async def go_on(member: Membership, expected: Reckoning, moment: datetime, deed: Deed) -> None:
    """Let time pass and somebody do something."""
    await member.passes_to(moment)
    expected.passes_to(moment)
    await assert_same(member, expected)
    if deed.what == "change" and deed.behavior == "immediate" and not expected.card_works:
        return  # what becomes of changes that cannot be charged is tried elsewhere
    await member.does(deed)
    expected.does(deed)
    expected.passes_to(moment)  # what is overdue by then follows at once
    await assert_same(member, expected)


class TestAnyHistory:
    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @settings(max_examples=FEW, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(terms=histories())
    async def test_is_as_reckoned(
        self, app: Application, inside: Inside, store: SeededStore, database: Database, terms: Terms
    ) -> None:
        await live(inside, store, database, terms)

    @pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
    async def test_is_as_reckoned_on_a_server(
        self, app: Application, inside: Inside, store: SeededStore, database: Database
    ) -> None:
        dice = random.Random(7)
        for _ in range(FEWER):
            await live(inside, store, database, drawn_terms(dice.choice))


@pytest.mark.soak
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("part", range(PARTS))
class TestThousandsOfHistories:
    async def test_are_as_reckoned(
        self, app: Application, inside: Inside, store: SeededStore, database: Database, part: int
    ) -> None:
        dice = random.Random(part)
        for _ in range(MANY // PARTS):
            await live(inside, store, database, drawn_terms(dice.choice))
