"""The management API of products."""

from typing import Annotated

from sutler.catalog.products import queries, service
from sutler.catalog.products.models import Product
from sutler.catalog.products.schemas import ProductDto, UpsertProductRequestDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/products", tag="products")
Reader = Annotated[StoreContext, reads("product_read")]
Creator = Annotated[StoreContext, writes("product_create")]


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


@routes.get("/{productId}", "Products_GetProduct")
async def get_product(store: Reader, product_id: FlakeId) -> ProductDto:
    """Show one product."""
    (product,) = await queries.shown(store, [await store.get(Product, product_id)])
    return product
