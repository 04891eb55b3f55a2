"""Putting the demo's wares on its shelf. What is there already stays as it is, so that a demo can be tidied up by hand."""

from typing import Any, TypeVar

from sutler.catalog.custom_variables import service as custom_variables
from sutler.catalog.custom_variables.models import CustomVariable
from sutler.catalog.custom_variables.schemas import CustomVariableOptionRequestDto, UpsertCustomVariableRequestDto
from sutler.catalog.products import service as products
from sutler.catalog.products.models import CommandStage, Product
from sutler.catalog.products.schemas import ProductCommandDto, ProductStockLimitDto, UpsertProductRequestDto
from sutler.catalog.tags import service as tags
from sutler.catalog.tags.models import Tag
from sutler.catalog.tags.schemas import UpsertTagRequestDto
from sutler.demo.pictures import picture
from sutler.demo.shelf import INK, NIGHT, SHELF, TAGS, Ware
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.stores.files import service as files

R = TypeVar("R", bound=StoreRecord)
COLOURS = {"Red": ("#e0483e", 0), "Green": ("#3fae6a", 0), "Gold": ("#d9a520", 100)}


async def found(store: StoreContext, kind: type[R], condition: Any) -> R | None:
    """The oldest record that matches: names are not unique everywhere."""
    known = await store.all(store.rows(kind).where(condition))
    return known[0] if known else None


async def furnish(store: StoreContext, server_id: FlakeId, second_id: FlakeId) -> Product:
    """Tags, a variable and products, as far as they are missing; the product that the walk buys is returned.

    Extras go to both servers, everything else to the first.
    """
    tag_ids = {name: (await _tag(store, name)).id for name in TAGS}
    colour = await _colour(store)
    made = []
    for ware in SHELF:
        server_ids = [server_id, second_id] if ware.tag == "Extras" else [server_id]
        made.append(await _product(store, ware, tag_ids[ware.tag], server_ids, colour))
    return made[0]


async def decorate(shop: Shop) -> None:
    """Draw the pictures of products that have none. Files are kept outside the database, so this goes step by step."""
    async with shop.reading() as store:
        known = {product.name: product for product in await store.all(store.rows(Product))}
    for ware in SHELF:
        product = known.get(ware.name)
        if product is None or product.image_url is not None:
            continue
        image = picture(ware.shape, TAGS[ware.tag], NIGHT, INK)
        async with shop.writing() as store:
            _, address = files.upload_url(store, f"product_image:{product.id}")
        ticket = files.ticket_in(address.rpartition("/")[2])
        await files.receive(shop, ticket, image)
        async with shop.writing() as store:
            file = await files.use(store, ticket.file_id, ticket.purpose, "image_url")
            url = files.image_url(store.store_id, file.id, file.kind)
            await products.update(store, product.id, UpsertProductRequestDto(image_url=url))


async def _tag(store: StoreContext, name: str) -> Tag:
    return await found(store, Tag, Tag.c.name == name) or await tags.create(store, UpsertTagRequestDto(name=name))


async def _colour(store: StoreContext) -> FlakeId:
    known = await found(store, CustomVariable, CustomVariable.c.identifier == "colour")
    if known is None:
        options = [
            CustomVariableOptionRequestDto(name=name, value=value, price=price, is_default=not number)
            for number, (name, (value, price)) in enumerate(COLOURS.items())
        ]
        new = UpsertCustomVariableRequestDto(identifier="colour", name="Colour", type="dropdown", options=options)
        known = await custom_variables.create(store, new)
    return known.id


async def _product(store: StoreContext, ware: Ware, tag_id: FlakeId, server_ids: list[FlakeId], colour: FlakeId) -> Product:
    known = await found(store, Product, Product.c.name == ware.name)
    return known or await products.create(store, _described(ware, tag_id, server_ids, colour))


def _described(ware: Ware, tag_id: FlakeId, server_ids: list[FlakeId], colour: FlakeId) -> UpsertProductRequestDto:
    new = UpsertProductRequestDto(
        name=ware.name,
        description=ware.text,
        price=ware.price,
        tags=[tag_id],
        gameservers=server_ids,
        commands=[ProductCommandDto(stage=stage, content=content) for stage, content in _commands(ware) if content],
    )
    if ware.renewed:
        new.allow_one_time_purchase, new.allow_subscription = False, True
        new.subscription_interval_value, new.subscription_interval_scale = 1, "week"
    if ware.variable:
        new.custom_variable_ids = [colour]
    if ware.each:
        new.customer_stock_limit = ProductStockLimitDto(enabled=True, quantity=ware.each)
    if ware.days:
        new.remove_after_enabled, new.remove_after_time_value, new.remove_after_time_scale = True, ware.days, "day"
    return new


def _commands(ware: Ware) -> list[tuple[CommandStage, str | None]]:
    return [("on_purchase", ware.command), ("on_renew", ware.renewed), ("on_expire", ware.ended)]
