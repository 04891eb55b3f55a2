"""What operations of `product_dependent_migrations` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        ProductDependentMigrationStatusDto,
        ProductDependentMigrationTargetTypeDto,
    )
else:  # a text that is new must not break a client
    ProductDependentMigrationStatusDto = ProductDependentMigrationTargetTypeDto = str


class ProductDependentMigrationDto(Model, frozen=True, kw_only=True):
    """`ProductDependentMigrationDto` of the contract."""

    completed_at: datetime | None = None
    created_at: datetime
    created_by: ActorDto
    id: str
    migration_targets: list[ProductDependentMigrationTargetDto]
    product_id: str
    send_all_commands_to_new_servers: bool
    send_new_commands_to_all_servers: bool
    status: ProductDependentMigrationStatusDto
    store_id: str


class ProductDependentMigrationEstimateTargetCountDto(Model, frozen=True, kw_only=True):
    """`ProductDependentMigrationEstimateTargetCountDto` of the contract."""

    total_entities: int
    type: ProductDependentMigrationTargetTypeDto


class ProductDependentMigrationEstimateVersionDto(Model, frozen=True, kw_only=True):
    """`ProductDependentMigrationEstimateVersionDto` of the contract."""

    product_version_created_at: datetime
    product_version_id: str
    target_counts: list[ProductDependentMigrationEstimateTargetCountDto]


class ProductDependentMigrationTargetDto(Model, frozen=True, kw_only=True):
    """`ProductDependentMigrationTargetDto` of the contract."""

    type: ProductDependentMigrationTargetTypeDto
    versions: list[ProductDependentMigrationTargetVersionDto]


class ProductDependentMigrationTargetVersionDto(Model, frozen=True, kw_only=True):
    """`ProductDependentMigrationTargetVersionDto` of the contract."""

    migrated: bool
    new_product_version_id: str
    old_product_version_created_at: datetime
    old_product_version_id: str
    total_entities_migrated: int
