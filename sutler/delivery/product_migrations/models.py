"""Migrations of a product's dependents, and how far each of them is, version by version."""

from datetime import datetime
from typing import Final, Literal

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

TargetType = Literal["invalid", "active_subscriptions", "active_unused_delivery_items", "non_expirable_delivery_items"]
TARGETS: Final[tuple[TargetType, ...]] = (
    "active_subscriptions", "active_unused_delivery_items", "non_expirable_delivery_items",
)  # fmt: skip


class ProductMigration(StoreRecord, table="product_migrations"):
    """Dependents of a product on their way to the version that was the newest when this began."""

    product_id: FlakeId
    product_version_id: FlakeId
    send_new_commands_to_all_servers: bool
    send_all_commands_to_new_servers: bool
    target_types: list[TargetType]
    completed_at: datetime | None = None


class ProductMigrationStep(StoreRecord, table="product_migration_steps"):
    """What is moved of one kind and one old version. `reached` is the id of the last row that was looked at."""

    migration_id: FlakeId
    target_type: TargetType
    product_version_id: FlakeId
    moved: int = 0
    reached: str | None = None
    completed_at: datetime | None = None


class MigrationRunning(Conflict):
    """Dependents of this product are being migrated. Wait until that is completed, then start again."""


RUNNING: Final = ProductMigration.c.completed_at.is_(None)
unique(
    MigrationRunning, ProductMigration.c.store_id, ProductMigration.c.product_id, name="product_migrations_running",
    where=RUNNING,
)  # fmt: skip
index("product_migrations_product", ProductMigration.c.store_id, ProductMigration.c.product_id, ProductMigration.c.id)
index(
    "product_migration_steps_migration", ProductMigrationStep.c.store_id, ProductMigrationStep.c.migration_id,
    ProductMigrationStep.c.id,
)  # fmt: skip
