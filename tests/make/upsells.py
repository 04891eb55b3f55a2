"""A store that offers things beside what its buyers came for."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx2

from sutler.checkout.checkouts.models import CheckoutLine
from sutler.kernel.ids import FlakeId
from tests.conftest import Inside
from tests.contract.client import ContractClient
from tests.make.catalog import changed, made_product
from tests.make.checkout import add_customer, checkout, line, open_checkout

SAME = {"Sec-Fetch-Site": "same-origin"}
KEY = re.compile(r'name="offer" value="([^"]+)"')
LINE = re.compile(r'name="line" value="([^"]+)"')


async def bought_lines(inside: Inside, store_id: FlakeId) -> list[CheckoutLine]:
    """The lines of all checkouts that are bought."""
    async with inside(store_id) as context:
        every = await context.all(context.rows(CheckoutLine))
    return [one for one in every if one.replaced_by_line_id is None]


def recommended(product_id: FlakeId, kind: str = "additional", **changes: Any) -> dict[str, Any]:
    """A recommendation without a discount."""
    base = {"type": kind, "discount_type": "none", "discount_amount": 0, "prefer_as_subscription": False}
    return {"recommended_product_id": product_id} | base | changes


@dataclass
class Upseller:
    """The store of a test, with a buyer, and the page of the checkout that they opened last."""

    api: ContractClient
    visitor: httpx2.AsyncClient
    store_id: FlakeId
    customer_id: FlakeId
    token: str = ""
    products: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def product(self, name: str, price: int = 500, **changes: Any) -> dict[str, Any]:
        """A product that takes part in upselling."""
        body: dict[str, Any] = {"name": name, "price": price, "upselling": {"enabled": True, "recommendations": []}}
        self.products[name] = await made_product(self.api, self.store_id, **body | changes)
        return self.products[name]

    async def settings(self, **changes: Any) -> None:
        """Upselling is on, and these settings."""
        answer = await self.api.patch(f"/v1/stores/{self.store_id}/upsell-settings", json={"enabled": True} | changes)
        assert answer.status_code == 204, answer.text

    async def recommends(self, product: dict[str, Any], *offers: dict[str, Any]) -> None:
        """The product comes with these recommendations."""
        await changed(self.api, product, upselling={"enabled": True, "recommendations": list(offers)})

    async def opened(self, *lines: dict[str, Any], **changes: Any) -> str:
        """A checkout of these lines, for its id; its page is the one that is shown from now on."""
        made = await open_checkout(self.api, self.store_id, checkout(self.customer_id, *lines, **changes))
        self.token = made["token"]
        return str(made["id"])

    async def opens(self, product: dict[str, Any], **changes: Any) -> str:
        """A checkout of one product."""
        return await self.opened(line(product["id"], **changes))

    async def page(self) -> str:
        """The page."""
        return (await self.visitor.get("/checkout/", params={"t": self.token})).text

    async def offers(self) -> list[str]:
        """What the page offers: the names of the products, in their order."""
        names = {product["id"]: product["name"] for product in self.products.values()}
        return [names[key.split(".")[1]] for key in await self.keys()]

    async def keys(self) -> list[str]:
        """What the buttons of the offers send."""
        return KEY.findall(await self.page())

    async def send(self, path: str, **fields: str) -> httpx2.Response:
        """Send a form of the page."""
        return await self.visitor.post(f"/checkout/{path}", data={"token": self.token} | fields, headers=SAME)

    async def take(self, key: str | None = None, **fields: str) -> httpx2.Response:
        """Take an offer: the first one, if none is named."""
        return await self.send("offer", offer=(await self.keys())[0] if key is None else key, **fields)

    async def take_off(self) -> httpx2.Response:
        """Take off the first offer that was taken."""
        return await self.send("offer/remove", line=LINE.findall(await self.page())[0])

    async def explained(self, checkout_id: str) -> dict[str, Any]:
        """Why the checkout costs what it costs."""
        path = f"/v1/stores/{self.store_id}/pricing/explain"
        found: dict[str, Any] = (await self.api.get(path, params={"checkout_id": checkout_id})).json()
        return found


async def upseller(api: ContractClient, visitor: httpx2.AsyncClient, store_id: FlakeId, inside: Inside) -> Upseller:
    """A store with upselling on, where a Knight for $10.00 is sold beside a Potion for $5.00."""
    async with inside(store_id) as context:
        customer = await add_customer(context)
    made = Upseller(api, visitor, store_id, customer.id)
    await made.product("Knight", 1000)
    await made.product("Potion")
    await made.settings()
    return made
