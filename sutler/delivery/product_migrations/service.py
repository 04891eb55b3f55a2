"""Starting a migration, and moving one batch of it: each dependent once, with its commands, whatever is repeated."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import func, select

from sutler.billing.subscription_lines.queries import STANDING
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.catalog.products.models import CommandStage, ProductVersion
from sutler.catalog.products.queries import one as product_with
from sutler.catalog.products.service import versions
from sutler.delivery.commands import service as commands
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.product_migrations.models import RUNNING, ProductMigration, ProductMigrationStep
from sutler.delivery.product_migrations.queries import ITEM, ITEMS, RUNS, dependents
from sutler.delivery.product_migrations.schemas import CreateProductDependentMigrationRequestDto
from sutler.delivery.rendering.service import Run, Scene, attempt_for, first_of
from sutler.delivery.scenes.service import scenes_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import StoreStatement, among, one_of_ids, param
from sutler.kernel.data.records import Flakes
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.service import all_game_servers

BATCH: Final = 100  # dependents in one transaction
NO_TARGETS: Final = "Say in `target_types` what is to be moved: " + ", ".join(("active_subscriptions", *ITEMS)) + "."
LAST_POSITIONS: Final = StoreStatement(
    select(CommandAttempt.c.item_id, func.max(CommandAttempt.c.position))
    .where(
        CommandAttempt.c.store_id == param("store_id", type_=ITEM.store_id.type),
        among(CommandAttempt.c.item_id, param("items", type_=Flakes())),
    )
    .group_by(CommandAttempt.c.item_id)
)


async def begin(
    store: StoreContext, product_id: FlakeId, wanted: CreateProductDependentMigrationRequestDto
) -> ProductMigration:  # fmt: skip
    """Write down what is to be moved to the product's newest version. If that is anything, a job of the caller's does it.

    NotFound for a product that does not exist, InvalidInput without targets, MigrationRunning while another one runs.
    """
    types = list(dict.fromkeys(wanted.target_types))
    if not types or "invalid" in types:
        raise InvalidInput(NO_TARGETS, [FieldError("Invalid", NO_TARGETS, "target_types", "enum")])
    product = await product_with(store, product_id)
    migration = await store.add(
        ProductMigration(
            product_id=product.id,
            product_version_id=product.version_id,
            send_new_commands_to_all_servers=wanted.send_new_commands_to_all_servers,
            send_all_commands_to_new_servers=wanted.send_all_commands_to_new_servers,
            target_types=types,
        )
    )
    found = await dependents(store, product.id, product.version_id)
    steps = [
        ProductMigrationStep(migration_id=migration.id, target_type=kind, product_version_id=version_id)
        for kind in types
        for version_id, counts in found.items()
        if counts.get(kind)
    ]
    await store.add_all(steps)
    return migration if steps else await store.change(migration, {"completed_at": clock.now()})


async def move_some(store: StoreContext, migration_id: FlakeId) -> bool:
    """Move the next batch; False when there is nothing more to move, and the migration is complete."""
    migration = await store.get(ProductMigration, migration_id)  # with it, the lock
    steps = store.rows(ProductMigrationStep).where(
        ProductMigrationStep.c.migration_id == migration.id, ProductMigrationStep.c.completed_at.is_(None)
    )
    step = await store.first(steps)
    if step is None:
        await store.change_all(by_id(ProductMigration).where(RUNNING), {"completed_at": clock.now()}, id=migration.id)
        return False
    new = (await versions(store, [migration.product_version_id]))[migration.product_version_id]
    mover = _move_lines if step.target_type == "active_subscriptions" else _move_items
    moved, reached = await mover(store, migration, step, new)
    changes: dict[str, Any] = {"moved": step.moved + moved, "reached": reached}
    await store.change(step, changes | ({} if reached else {"completed_at": clock.now()}))
    return True


async def _move_lines(
    store: StoreContext, _migration: ProductMigration, step: ProductMigrationStep, new: ProductVersion
) -> tuple[int, str | None]:
    """Lines of subscriptions: renewals give what the new version gives. What they cost stays as it was bought."""
    line = SubscriptionLine.c
    running = select(Subscription.c.id).where(Subscription.c.store_id == param("store_id"), RUNS)
    theirs = store.rows(SubscriptionLine).where(
        line.product_id == new.product_id, line.product_version_id == step.product_version_id,
        line.subscription_id.in_(running), STANDING,
    )  # fmt: skip
    batch = await store.page(theirs, Page(limit=BATCH, after=step.reached, asc=True))
    changes = {"product_version_id": new.id, "product_name": new.name, "product_image_url": new.image_url}
    ids = one_of_ids(line.id, [one.id for one in batch])
    moved = await store.change_all(theirs.where(ids), changes) if batch else []
    return len(moved), _reached(batch)


async def _move_items(
    store: StoreContext, migration: ProductMigration, step: ProductMigrationStep, new: ProductVersion
) -> tuple[int, str | None]:
    """Items: what runs on keeps its end, what has not begun lasts as the new version says."""
    theirs = store.rows(DeliveryItem).where(ITEM.product_version_id == step.product_version_id, ITEMS[step.target_type])
    batch = await store.page(theirs, Page(limit=BATCH, after=step.reached, asc=True))
    if not batch:
        return 0, None
    changes: dict[str, Any] = {"product_version_id": new.id, "product_name": new.name, "product_slug": new.slug}
    these = theirs.where(one_of_ids(ITEM.id, [item.id for item in batch]))
    waiting = these.where(ITEM.state == "usable", ITEM.subscription_id.is_(None))
    moved = await store.change_all(waiting, changes | {"expirable": new.remove_after_enabled})
    moved += await store.change_all(these, changes)
    await _send(store, migration, step.product_version_id, sorted(moved, key=lambda item: int(item.id)))
    return len(moved), _reached(batch)


def _reached(batch: Sequence[DeliveryItem | SubscriptionLine]) -> str | None:
    return batch[-1].id if len(batch) == BATCH else None


async def _send(
    store: StoreContext, migration: ProductMigration, old_id: FlakeId, items: Sequence[DeliveryItem]
) -> None:  # fmt: skip
    """Queue what the new version gives and the old one did not, as far as the migration wants it."""
    given = [item for item in items if not item.skip_commands]
    if not given or not (migration.send_new_commands_to_all_servers or migration.send_all_commands_to_new_servers):
        return
    old, scenes = (await versions(store, [old_id]))[old_id], await scenes_of(store, given)
    servers = {server.id: server for server in await all_game_servers(store)}
    last = {str(id): int(last) for id, last in await store.run(LAST_POSITIONS, items=[item.id for item in given])}
    attempts, sent = list[CommandAttempt](), set[FlakeId]()
    for scene in scenes:
        first_free = last.get(scene.item.id, -1) + 1  # commands of the old version have positions of their own
        for run, server_id in _news(migration, scene, old, first_free, tuple(servers)):
            attempts.append(attempt_for(run, servers[server_id]))
            sent.add(scene.item.id)
    await commands.queue(store, attempts)
    without = store.rows(DeliveryItem).where(one_of_ids(ITEM.id, sorted(sent)), ~ITEM.has_commands)
    if sent:
        await store.change_all(without, {"has_commands": True})


def _news(
    migration: ProductMigration, scene: Scene, old: ProductVersion, first_free: int, servers: Sequence[FlakeId]
) -> Iterator[tuple[Run, FlakeId]]:
    """Every command that the item is to have now, and a server for it."""
    stages: tuple[CommandStage, ...] = ("on_trial_start", "on_purchase") if scene.item.trial_id else ("on_purchase",)
    before = _servers_before(scene, old, stages, servers)
    chosen = scene.item.execute_on_gameserver_id
    used = set[FlakeId]([chosen] if chosen else old.gameserver_ids or servers).union(*before.values())
    for number, command in enumerate(first_of(scene.version.commands, stages)):
        run, known = Run(scene, command, first_free + number), before.get(command.content)
        for server_id in run.targets() or servers:
            is_new_server = server_id not in (used if known is None else known)
            wanted = (migration.send_new_commands_to_all_servers and known is None) or (
                migration.send_all_commands_to_new_servers and is_new_server
            )
            if wanted and server_id in servers:
                yield run, server_id


def _servers_before(
    scene: Scene, old: ProductVersion, stages: Sequence[CommandStage], servers: Sequence[FlakeId]
) -> Mapping[str, set[FlakeId]]:
    """Where each command of the old version ran, by what it says; whether it waits for its player does not matter."""
    found: dict[str, set[FlakeId]] = defaultdict(set)
    once = Scene(scene.item, old, scene.receiver, scene.values)
    for command in first_of(old.commands, stages):
        found[command.content] |= set(Run(once, command).targets() or servers)
    return found
