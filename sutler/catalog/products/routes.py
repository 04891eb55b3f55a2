"""The management API of products."""

from typing import Annotated

from sutler.catalog.products import queries, service
from sutler.catalog.products.schemas import ProductDto, UpdateProductSortOrderRequestDto, UpsertProductRequestDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/products", tag="products")
Reader = Annotated[StoreContext, reads("product_read")]
Creator = Annotated[StoreContext, writes("product_create")]
Updater = Annotated[StoreContext, writes("product_update")]
Deleter = Annotated[StoreContext, writes("product_delete")]


@routes.get("", "Products_GetProducts")
async def list_products(
    store: Reader, product_id: list[FlakeId] | None = None, slug: list[str] | None = None
) -> list[ProductDto]:
    """List the store's products in the order of the shop, also those that are not for sale now.

    Show visitors the storefront's list instead.
    """
    return await queries.shown(store, await queries.find(store, product_id, slug))


@routes.post("", "Products_CreateProduct")
async def create_product(store: Creator, new: UpsertProductRequestDto) -> ProductDto:
    """Put a product up for sale, at once unless `enabled_at` names a later time.

    Without `slug` one is made from the name, with a number behind it where that is taken.
    """
    (product,) = await queries.shown(store, [await service.create(store, new)])
    return product


@routes.post("/sort-order", "Products_UpdateProductSortOrder", documented=ProductDto)
async def sort_products(store: Updater, order: UpdateProductSortOrderRequestDto) -> None:
    """Show these products first, in this order; those that are not named follow in the order they had."""
    await service.sort(store, order.product_ids)


@routes.get("/{productId}", "Products_GetProduct")
async def get_product(store: Reader, product_id: FlakeId) -> ProductDto:
    """Show one product."""
    (product,) = await queries.shown(store, [await queries.one(store, product_id)])
    return product


@routes.patch("/{productId}", "Products_UpdateProduct")
async def update_product(store: Updater, product_id: FlakeId, changes: UpsertProductRequestDto) -> ProductDto:
    """Change a product: what is left out stays, null stands for the usual value, lists replace those before.

    What was bought before is delivered as it was bought: changes of what buyers get, pay or read make a new version.
    """
    (product,) = await queries.shown(store, [await service.update(store, product_id, changes)])
    return product


@routes.delete("/{productId}", "Products_DeleteProduct")
async def delete_product(store: Deleter, product_id: FlakeId) -> None:
    """Take a product out of the shop for good. Whoever bought it keeps it, and its slug is free again."""
    await service.remove(store, product_id)
