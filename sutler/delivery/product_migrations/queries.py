"""What depends on old versions of a product, and migrations with their progress."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select

from sutler.billing.subscription_lines.queries import STANDING
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.catalog.products.models import ProductVersion
from sutler.catalog.products.queries import one as product_with
from sutler.catalog.products.service import versions
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.product_migrations.models import TARGETS, ProductMigration, ProductMigrationStep, TargetType
from sutler.delivery.product_migrations.schemas import (
    ProductDependentMigrationDto,
    ProductDependentMigrationEstimateTargetCountDto,
    ProductDependentMigrationEstimateVersionDto,
    ProductDependentMigrationTargetDto,
    ProductDependentMigrationTargetVersionDto,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import StoreStatement, among, one_of, one_of_ids, param
from sutler.kernel.data.records import Actor, Flakes
from sutler.kernel.ids import FlakeId

ITEM: Final = DeliveryItem.c
UNUSED: Final = one_of(ITEM.state, ["usable", "active"])
FOR_EVER: Final = and_(
    ~ITEM.expirable, ITEM.override_expires_at.is_(None), one_of(ITEM.state, ["usable", "active", "used"])
)  # fmt: skip
ITEMS: Final[Mapping[TargetType, ColumnElement[bool]]] = {
    "active_unused_delivery_items": UNUSED, "non_expirable_delivery_items": FOR_EVER,
}  # fmt: skip
RUNS: Final = one_of(Subscription.c.status, ["created", "active"])
THESE: Final = param("versions", type_=Flakes())


def counted(condition: ColumnElement[bool]) -> StoreStatement:
    """How many items of these versions there are."""
    version = ITEM.product_version_id
    return StoreStatement(
        select(version, func.count())
        .where(ITEM.store_id == param("store_id", type_=ITEM.store_id.type), among(version, THESE), condition)
        .group_by(version)
    )


LINES: Final = StoreStatement(
    select(SubscriptionLine.c.product_version_id, func.count())
    .join(Subscription.table, Subscription.c.id == SubscriptionLine.c.subscription_id)
    .where(
        SubscriptionLine.c.store_id == param("store_id", type_=ITEM.store_id.type),
        SubscriptionLine.c.product_id == param("product_id", type_=ITEM.product_id.type),
        RUNS,
        STANDING,
    )
    .group_by(SubscriptionLine.c.product_version_id)
)
COUNTS: Final[Mapping[TargetType, StoreStatement]] = {
    "active_subscriptions": LINES,
    "active_unused_delivery_items": counted(UNUSED),
    "non_expirable_delivery_items": counted(FOR_EVER),
}

Counts = dict[FlakeId, dict[TargetType, int]]
"""By old version, how many dependents of each kind there are; versions without any are left out."""


async def dependents(store: StoreContext, product_id: FlakeId, newest: FlakeId) -> Counts:
    """What depends on each version of a product but the newest, oldest version first."""
    known = await store.all(store.rows(ProductVersion).where(ProductVersion.c.product_id == product_id))
    old = [version.id for version in known if version.id != newest]
    found: Counts = defaultdict(dict)
    for kind in TARGETS:
        for version_id, number in await store.run(COUNTS[kind], product_id=product_id, versions=old):
            found[str(version_id)][kind] = int(number)
    return {id: found[id] for id in old if id in found}


async def estimate(store: StoreContext, product_id: FlakeId) -> list[ProductDependentMigrationEstimateVersionDto]:
    """What a migration would move; NotFound for a product that does not exist."""
    product = await product_with(store, product_id)
    found = await dependents(store, product.id, product.version_id)
    known = await versions(store, found)
    return [
        ProductDependentMigrationEstimateVersionDto(
            product_version_id=id,
            product_version_created_at=known[id].created_at,
            target_counts=[
                ProductDependentMigrationEstimateTargetCountDto(kind, counts.get(kind, 0)) for kind in TARGETS
            ],
        )
        for id, counts in found.items()
    ]  # fmt: skip


async def page_of(store: StoreContext, product_id: FlakeId, page: Page) -> list[ProductDependentMigrationDto]:
    """One page of a product's migrations; NotFound for a product that does not exist."""
    await product_with(store, product_id)
    found = store.rows(ProductMigration).where(ProductMigration.c.product_id == product_id)
    return await shown(store, await store.page(found, page))


async def one(store: StoreContext, id: FlakeId) -> ProductDependentMigrationDto:
    """A migration; NotFound when there is none."""
    (found,) = await shown(store, [await store.get(ProductMigration, id)])
    return found


async def shown(store: StoreContext, found: Sequence[ProductMigration]) -> list[ProductDependentMigrationDto]:
    """Migrations with their progress."""
    if not found:
        return []
    steps: dict[FlakeId, list[ProductMigrationStep]] = defaultdict(list)
    theirs = one_of_ids(ProductMigrationStep.c.migration_id, sorted(one.id for one in found))
    for step in await store.all(store.rows(ProductMigrationStep).where(theirs)):
        steps[step.migration_id].append(step)
    known = await versions(store, {step.product_version_id for of_one in steps.values() for step in of_one})
    return [_shown(one, steps[one.id], known) for one in found]


def _shown(
    one: ProductMigration, steps: Sequence[ProductMigrationStep], known: Mapping[FlakeId, ProductVersion]
) -> ProductDependentMigrationDto:  # fmt: skip
    return ProductDependentMigrationDto(
        id=one.id,
        store_id=one.store_id,
        product_id=one.product_id,
        created_at=one.created_at,
        created_by=one.created_by or Actor("internal"),
        migration_targets=[
            ProductDependentMigrationTargetDto(
                kind, [_version(one, step, known) for step in steps if step.target_type == kind]
            )
            for kind in one.target_types
        ],
        status="created" if one.completed_at is None else "completed",
        send_new_commands_to_all_servers=one.send_new_commands_to_all_servers,
        send_all_commands_to_new_servers=one.send_all_commands_to_new_servers,
        completed_at=one.completed_at,
    )


def _version(
    one: ProductMigration, step: ProductMigrationStep, known: Mapping[FlakeId, ProductVersion]
) -> ProductDependentMigrationTargetVersionDto:  # fmt: skip
    return ProductDependentMigrationTargetVersionDto(
        old_product_version_id=step.product_version_id,
        old_product_version_created_at=known[step.product_version_id].created_at,
        new_product_version_id=one.product_version_id,
        total_entities_migrated=step.moved,
        migrated=step.completed_at is not None,
    )
