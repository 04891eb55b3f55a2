"""The management API of migrations of a product's dependents."""

from typing import Annotated

from sutler.delivery.product_migrations import queries, service
from sutler.delivery.product_migrations.jobs import migrate_dependents
from sutler.delivery.product_migrations.schemas import (
    CreateProductDependentMigrationRequestDto,
    ProductDependentMigrationDto,
    ProductDependentMigrationEstimateVersionDto,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}", tag="product-dependent-migrations")
Reader = Annotated[StoreContext, reads("product_read")]
SlowReader = Annotated[StoreContext, reads("product_read", slow=True)]
Updater = Annotated[StoreContext, writes("product_update")]


@routes.get(
    "/products/{productId}/dependent-migrations/estimate", "ProductsDependentMigrations_GetProductDependentMigrationEstimate"
)
async def estimate(store: SlowReader, product_id: FlakeId) -> list[ProductDependentMigrationEstimateVersionDto]:
    """Count what depends on old versions of a product, version by version.

    An item that does not expire and is not used up yet counts as both.
    """
    return await queries.estimate(store, product_id)


@routes.post("/products/{productId}/dependent-migrations", "ProductsDependentMigrations_CreateProductDependentMigration")
async def create_migration(
    store: Updater, product_id: FlakeId, wanted: CreateProductDependentMigrationRequestDto
) -> ProductDependentMigrationDto:
    """Move what depends on old versions of a product to its newest version, in the background.

    What it costs stays as it was bought. The switches say which commands are queued for items that are there already.
    """
    migration = await service.begin(store, product_id, wanted)
    if migration.completed_at is None:
        await migrate_dependents.enqueue(store, migration_id=migration.id)
    return await queries.one(store, migration.id)


@routes.get("/products/{productId}/dependent-migrations", "ProductsDependentMigrations_GetProductDependentMigrations")
async def list_migrations(store: Reader, product_id: FlakeId, page: Page) -> list[ProductDependentMigrationDto]:
    """List the migrations of a product's dependents, newest first."""
    return await queries.page_of(store, product_id, page)


@routes.get(
    "/product-dependent-migrations/{productDependentMigrationId}",
    "ProductsDependentMigrations_GetProductDependentMigrationById",
)
async def get_migration(store: Reader, product_dependent_migration_id: FlakeId) -> ProductDependentMigrationDto:
    """Show a migration and how far it is."""
    return await queries.one(store, product_dependent_migration_id)
