"""What changes of subscriptions do to inventories: what was given ends, what is bought now begins, each once."""

import pytest

from sutler.billing.subscription_changes.events import SubscriptionChanged
from sutler.catalog.products.models import CommandStage, ProductCommand
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.subscription_changes.service import follow_change
from sutler.doctor.checks import CHECKS
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.changes import change, to
from tests.make.checkout import add_server
from tests.make.subscriptions import Club

# The checks of the doctor that changes could break.
SPOKEN_OF = ("references", "items", "orders", "subscriptions", "commands", "cycles", "payments", "checkouts")


@pytest.fixture
async def club(api: ContractClient, store: SeededStore, inside: Inside, worker: Worker) -> Club:
    """A store whose clock stands, with a customer in it."""
    return await Club(api, store, inside, worker).open()


STAGES: tuple[CommandStage, ...] = ("on_purchase", "on_renew", "on_expire")


def runs(stage: CommandStage, name: str) -> ProductCommand:
    """A command that says where it comes from."""
    return ProductCommand(stage, f"{stage} {name}", online_only=False)


async def stages(club: Club) -> list[str]:
    """The commands that were queued, in their order."""
    async with club.inside(club.store.id) as context:
        return [one.command for one in await context.all(context.rows(CommandAttempt))]


class TestDelivery:
    @pytest.mark.parametrize("behavior", ["immediate", "none", "next_billing_period"])
    async def test_takes_back_the_old_product_and_gives_the_new_one_once(self, club: Club, behavior: str) -> None:
        async with club.inside(club.store.id) as context:
            await add_server(context)
        silver, gold = [
            await club.product(price=price, name=name, commands=[runs(stage, name) for stage in STAGES])
            for name, price in (("Silver", 1000), ("Gold", 2000))
        ]
        begun = await club.subscribe(silver)
        await club.after(15)

        answer = await change(club, begun["id"], to(gold, behavior=behavior))
        await club.after(15)
        changed = await stages(club)
        async with club.inside(club.store.id) as context:
            again = SubscriptionChanged(subscription_id=begun["id"], change_id=answer["subscription_change"]["id"])
            await follow_change(context, again, "1")
        await club.after(30)

        came = [] if behavior == "next_billing_period" else ["on_renew Gold"]
        assert changed == ["on_purchase Silver", "on_expire Silver", "on_purchase Gold", *came]
        assert await stages(club) == [*changed, "on_renew Gold"]
        async with club.inside(club.store.id) as context:
            found = {name: await check(context.connection) for name, check in CHECKS.items() if name.startswith(SPOKEN_OF)}
        assert {name: one.examples for name, one in found.items() if one.problems} == {}
