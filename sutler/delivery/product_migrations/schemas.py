"""Migrations of a product's dependents as managers start and see them."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, UnsetType

from sutler.delivery.product_migrations.models import TargetType
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Wire


class CreateProductDependentMigrationRequestDto(Wire):
    """What is to be moved, and which commands are queued for what already runs."""

    send_new_commands_to_all_servers: bool
    send_all_commands_to_new_servers: bool
    target_types: Annotated[list[TargetType], Meta(max_length=10)]


class ProductDependentMigrationEstimateTargetCountDto(Struct):
    """How many dependents of one kind."""

    type: TargetType
    total_entities: Int32


class ProductDependentMigrationEstimateVersionDto(Struct):
    """What depends on an old version of a product."""

    product_version_id: FlakeId
    product_version_created_at: datetime
    target_counts: list[ProductDependentMigrationEstimateTargetCountDto]


class ProductDependentMigrationTargetVersionDto(Struct):
    """How far the dependents of one old version are."""

    old_product_version_id: FlakeId
    old_product_version_created_at: datetime
    new_product_version_id: FlakeId
    total_entities_migrated: Int32
    migrated: bool


class ProductDependentMigrationTargetDto(Struct):
    """How far the dependents of one kind are."""

    type: TargetType
    versions: list[ProductDependentMigrationTargetVersionDto]


class ProductDependentMigrationDto(Struct):
    """A migration and its progress."""

    id: FlakeId
    store_id: FlakeId
    product_id: FlakeId
    created_at: datetime
    created_by: Actor
    migration_targets: list[ProductDependentMigrationTargetDto]
    status: Literal["invalid", "created", "completed"]
    send_new_commands_to_all_servers: bool
    send_all_commands_to_new_servers: bool
    completed_at: datetime | UnsetType | None
