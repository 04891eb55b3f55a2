"""Whatever is paid, with money and codes, refunded, disputed, revoked and played: right accounts, one delivery, no loss."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutler.kernel.data.database import Database
from sutler.kernel.edge.asgi import Application
from sutler.stores.ledger import service as ledger
from tests.acceptance.accounts import assert_that_accounts_are_right
from tests.acceptance.histories import History, drawn
from tests.acceptance.judging import assert_sound
from tests.acceptance.living import Life, Place
from tests.conftest import Inside, SeededStore

FEW, MANY = 60, 100_000
AT_ONCE = 10  # in one transaction, for other writers (such as the lease of the node number) wait for its end
PARTS = 20


class Undone(Exception):
    """Raised so that nothing stays, and the next histories find a small database."""


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Any history; a failing one is made as simple as it can be."""

    def choose(options: Any) -> Any:
        return draw(st.sampled_from(options))

    return drawn(choose)


async def live(inside: Inside, store: SeededStore, database: Database, some: list[History]) -> None:
    """Live through these histories, one customer after the other, judge each, and leave nothing behind."""
    with pytest.raises(Undone):
        async with inside(store.id) as context:
            place = await Place.made(database, context)
            for history in some:
                life = Life(place, history)
                await life.passes()
                await assert_sound(life)
            await assert_that_accounts_are_right(context)
            assert await ledger.check(context) == []
            raise Undone


class TestAnyHistory:
    @settings(max_examples=FEW, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(history=histories())
    async def test_ends_with_everything_right(
        self, app: Application, inside: Inside, store: SeededStore, database: Database, history: History
    ) -> None:
        await live(inside, store, database, [history])


@pytest.mark.soak
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("part", range(PARTS))
class TestAHundredThousandHistories:
    async def test_end_with_everything_right(
        self, app: Application, inside: Inside, store: SeededStore, database: Database, part: int
    ) -> None:
        dice = random.Random(part)
        for _ in range(MANY // PARTS // AT_ONCE):
            await live(inside, store, database, [drawn(dice.choice) for _ in range(AT_ONCE)])
