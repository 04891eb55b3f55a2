"""From commands with placeholders to rendered ones, each for one item and one game server."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeVar

from msgspec import Struct

from sutler.catalog.global_commands.models import GlobalCommand
from sutler.catalog.global_commands.service import of_stages
from sutler.catalog.products.models import CommandStage, ProductCommand, ProductVersion
from sutler.customers.customers.models import Customer
from sutler.delivery.commands.models import CommandAttempt, once_per_order
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.placeholders.service import filled, plain
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.service import all_game_servers, game_servers

C = TypeVar("C", ProductCommand, GlobalCommand)
GIVING: Final[tuple[CommandStage, ...]] = ("on_purchase", "on_renew", "on_trial_start")
"""The stages whose commands give something; those of the others take it back or answer its loss."""


Entrance = Literal["anew", "in turn", "late"]
"""How an item comes: by itself; in place of one that was there, so that it waits for nothing; or when all is over."""


class Scene(Struct, frozen=True):
    """An item, what was bought with it, who gets it, and what placeholders stand for whichever unit and server."""

    item: DeliveryItem
    version: ProductVersion
    receiver: Customer
    values: Mapping[str, str]
    enters: Entrance = "anew"


class Run(NamedTuple):
    """A command that an item runs. `position` is its place among the product's commands; a global one has none."""

    scene: Scene
    command: ProductCommand | GlobalCommand
    position: int = 0

    def targets(self) -> Sequence[FlakeId]:
        """Where it runs: on servers of its own, else on the one that was chosen, else on the product's.

        Nowhere in particular means on all servers of the store.
        """
        if override := self.command.override_execute_on_gameserver_ids:
            return override
        chosen = self.scene.item.execute_on_gameserver_id
        return [chosen] if chosen else self.scene.version.gameserver_ids

    def goes_to(self, server: GameServer) -> bool:
        """Whether it is written down for this server: for one that is deleted if the buyer chose it for what they bought."""
        if server.deleted_at is None:
            return True
        return server.id == self.scene.item.execute_on_gameserver_id and self.command.stage in GIVING

    def once(self) -> bool:
        """Whether it runs once for the whole order and not for each unit."""
        return isinstance(self.command, GlobalCommand) and self.command.execution_rule == "once_per_order"


Turn = tuple[FlakeId, CommandStage, FlakeId | None, FlakeId]
"""An order (or a customer, where there is none), a stage, a global command and a game server: once is enough."""


def stages_at_end(item: DeliveryItem) -> tuple[CommandStage, ...]:
    """Whose commands run when an item's time is over or it is revoked by hand."""
    return ("on_trial_expire", "on_expire") if item.trial_id else ("on_expire",)


async def rendered_each(
    store: StoreContext, scenes: Sequence[Scene], stages: Callable[[DeliveryItem], tuple[CommandStage, ...]]
) -> list[CommandAttempt]:
    """The same as `rendered`, where stages differ from item to item."""
    groups: dict[tuple[CommandStage, ...], list[Scene]] = defaultdict(list)
    for scene in scenes:
        groups[stages(scene.item)].append(scene)
    return [attempt for meant, group in groups.items() for attempt in await rendered(store, group, *meant)]


async def rendered(store: StoreContext, scenes: Sequence[Scene], *stages: CommandStage) -> list[CommandAttempt]:
    """One attempt for each item, command of the first stage and game server that still exists, rendered now.

    What gives something is written down for a server that was chosen and is deleted, too, but called off at once: the
    item has not begun, and staff can send it to another one.

    A product without a command of the first stage runs those of the next that it has any of, and so do the store's
    global commands, which come after the product's own. The number of statements does not grow with the scenes.
    """
    if not scenes:
        return []
    everywhere = first_of(await of_stages(store, stages), stages)
    runs = [run for scene in scenes for run in _runs(scene, stages, everywhere)]
    servers = await _servers(store, runs)
    done = await _done(store, runs) if stages[0] not in GIVING else set()
    return list(_each_once(runs, servers, done))


def first_of(commands: Sequence[C], stages: Sequence[CommandStage]) -> list[C]:
    """The commands of the first of these stages that has any."""
    of_stage = ([command for command in commands if command.stage == stage] for stage in stages)
    return next((found for found in of_stage if found), [])


def _runs(scene: Scene, stages: Sequence[CommandStage], everywhere: Sequence[GlobalCommand]) -> Iterator[Run]:
    place = {id(command): number for number, command in enumerate(scene.version.commands)}
    for command in first_of(scene.version.commands, stages):
        yield Run(scene, command, place[id(command)])
    for one in everywhere:
        yield Run(scene, one)


async def _servers(store: StoreContext, runs: Sequence[Run]) -> dict[FlakeId, GameServer]:
    """The servers where something runs, also those that are deleted."""
    targets = [run.targets() for run in runs]
    if all(targets):
        return await game_servers(store, {id for ids in targets for id in ids}, deleted=True)
    return {server.id: server for server in await all_game_servers(store, deleted=True)}


async def _done(store: StoreContext, runs: Sequence[Run]) -> set[Turn]:
    """What ran for the whole of an order when another of its items came to this stage."""
    orders = sorted({run.scene.item.order_id for run in runs if run.once() and run.scene.item.order_id})
    if not orders:
        return set()
    ran = ~CommandAttempt.c.rerun & once_per_order
    theirs = store.rows(CommandAttempt).where(one_of_ids(CommandAttempt.c.once_for_order_id, orders), ran)
    return {_turn(attempt) for attempt in await store.all(theirs)}


def _each_once(runs: Sequence[Run], servers: Mapping[FlakeId, GameServer], done: set[Turn]) -> Iterator[CommandAttempt]:
    existing = tuple(id for id, server in servers.items() if server.deleted_at is None)
    for run in runs:
        for id in run.targets() or existing:
            if (server := servers.get(id)) is None or not run.goes_to(server):
                continue
            attempt = attempt_for(run, server)
            if run.once():
                if _turn(attempt) in done:
                    continue
                done.add(_turn(attempt))
            yield attempt


def _turn(attempt: CommandAttempt) -> Turn:
    whole = attempt.once_for_order_id or attempt.customer_id
    return whole, attempt.stage, attempt.global_command_id, attempt.gameserver_id


def attempt_for(run: Run, server: GameServer) -> CommandAttempt:
    """A command of an item, rendered for a game server."""
    scene, command, receiver = run.scene, run.command, run.scene.receiver
    item, here = scene.item, {"gameserver.id": server.id, "gameserver.name": plain(server.name)}
    here |= {"delivery_item.id": item.id, "subscription.id": item.subscription_id or "", "trial.id": item.trial_id or ""}
    return CommandAttempt(
        item_id=item.id,
        gameserver_id=server.id,
        customer_id=receiver.id,
        steam_id=receiver.steam_id,
        minecraft_uuid=receiver.minecraft_uuid,
        customer_name=receiver.minecraft_name or receiver.name or receiver.steam_name,
        stage=command.stage,
        position=run.position,
        global_command_id=command.id if isinstance(command, GlobalCommand) else None,
        once_for_order_id=item.order_id if run.once() else None,
        command=filled(command.content, {**scene.values, **here}),
        online_only=command.online_only,
        unqueued_at=None if server.deleted_at is None else clock.now(),
    )
