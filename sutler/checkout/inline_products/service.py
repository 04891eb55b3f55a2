"""Making the products that lines of a checkout describe."""

from collections.abc import Sequence

from msgspec import UNSET
from msgspec.structs import replace

from sutler.catalog.products.service import create
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionLineManagementDto, InlineProductCreateDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId

Line = CreateCheckoutSessionLineManagementDto


async def with_products(store: StoreContext, lines: Sequence[Line]) -> list[Line]:
    """The lines, each with the id of its product, which is made now where a line describes it.

    InvalidInput names what a product cannot be, with the line that describes it; ProductSlugTaken as for any product.
    """
    return [
        line if line.inline_product is None else replace(line, product_id=await _made(store, number, line.inline_product))
        for number, line in enumerate(lines)
    ]


async def _made(store: StoreContext, number: int, described: InlineProductCreateDto) -> FlakeId:
    hidden = described if described.is_hidden not in (None, UNSET) else replace(described, is_hidden=True)
    try:
        return (await create(store, hidden)).id
    except InvalidInput as error:
        path = f"lines[{number}].inline_product"
        problems = [FieldError(one.code, one.message, f"{path}.{one.path}", one.validation) for one in error.errors or ()]
        raise InvalidInput(str(error), problems) from None
