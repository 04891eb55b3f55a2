"""The management API of sales."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.promotions.sales import queries, service
from sutler.promotions.sales.schemas import CreateSaleDto, SaleDto, UpdateSaleDto, shown

routes = Routes("/v1/stores/{storeId}/sales", tag="sales")
Reader = Annotated[StoreContext, reads("sale_read")]
Creator = Annotated[StoreContext, writes("sale_create")]
Updater = Annotated[StoreContext, writes("sale_update")]
Deleter = Annotated[StoreContext, writes("sale_delete")]


@routes.get("", "Sales_GetSales")
async def list_sales(store: Reader) -> list[SaleDto]:
    """List all sales, newest first, with those that are over or have not begun."""
    return [shown(sale) for sale in await queries.list_all(store)]


@routes.post("", "Sales_CreateSale")
async def create_sale(store: Creator, new: CreateSaleDto) -> SaleDto:
    """Make products cheaper for everybody for a while.

    A percentage is in tenths of a percent, 250 is 25 %; more than 1000 is read as basis points. Without products and
    tags the sale is on everything; it begins now and stays until it is ended unless it says otherwise.
    """
    return shown(await service.create(store, new))


@routes.get("/{saleId}", "Sales_GetSale")
async def get_sale(store: Reader, sale_id: FlakeId) -> SaleDto:
    """Show one sale."""
    return shown(await queries.one(store, sale_id))


@routes.patch("/{saleId}", "Sales_UpdateSale")
async def update_sale(store: Updater, sale_id: FlakeId, changes: UpdateSaleDto) -> SaleDto:
    """Change a sale: what is left out stays, null stands for the usual value, lists replace those before.

    Changed terms get a new version; orders go on to name the one that they were placed under.
    """
    return shown(await service.update(store, sale_id, changes))


@routes.delete("/{saleId}", "Sales_DeleteSaleById")
async def delete_sale(store: Deleter, sale_id: FlakeId) -> None:
    """End a sale for good. Orders keep what it took off."""
    await service.delete(store, sale_id)
