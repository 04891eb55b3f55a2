"""Forty orders that were worked out by hand, from the cart to the books: `worked_orders` has them, with their sources."""

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from sutler.checkout.tax_rates.service import PUBLIC
from sutler.doctor import books as money
from sutler.doctor import gift_cards
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.edge.asgi import Application
from sutler.kernel.ids import FlakeId
from sutler.kernel.outside import installed
from sutler.kernel.outside.http import Outside
from sutler.stores.ledger.service import balances, check
from tests.billing.test_taxes import pay, rate, tax
from tests.conftest import ClientFactory, Inside, SeededStore, make_store
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.catalog import made_product
from tests.make.checkout import add_customer, checkout, dropdown, line, made_variable, open_checkout
from tests.make.gift_cards import made_gift_card
from tests.make.platforms import found, platforms
from tests.make.promotions import made_coupon, made_link, made_sale
from tests.make.regional import priced
from tests.make.worked_orders import AMOUNTS, FILES, Rate, Table, Worked, table


class Till:
    """A store in which worked orders are bought."""

    def __init__(self, api: ContractClient, store: SeededStore, inside: Inside, page: httpx2.AsyncClient) -> None:
        self.api, self.store, self.inside, self.page = api, store, inside, page
        self.products: dict[str, FlakeId] = {}
        self.path = f"/v1/stores/{store.id}"

    async def furnish(self, plan: Table) -> None:
        """Give the store its products and taxes, at the time of the first order."""
        seller = plan.seller
        async with self.inside(self.store.id) as context:
            await set_clock(context, plan.orders[0].at)
        sizes = [(await made_variable(self.api, self.store.id, dropdown()))["id"]] if seller.options else []
        for name, price in seller.products.items():
            mine = sizes if name in seller.options else []
            product = await made_product(self.api, self.store.id, name=name, price=price, custom_variable_ids=mine)
            self.products[name] = product["id"]
        if seller.tax:
            await tax(self.api, self.store, **seller.tax)
        if seller.inclusive:
            await self.api.patch(f"{self.path}/payment-settings", json={"store_tax_inclusive_pricing": True})
        for one in seller.rates:
            await rate(self.api, self.store, **one.body())

    async def buys(self, worked: Worked) -> tuple[dict[str, Any], dict[str, int]]:
        """The order, and what it has moved in the books."""
        async with self.inside(self.store.id) as context:
            await set_clock(context, worked.at)
            customer = await add_customer(context)
        sales = [(await made_sale(self.api, self.store.id, **sale))["id"] for sale in worked.sales]
        body = checkout(customer.id, *map(self.line, worked.buys), **await self.offers(worked), **where(worked))
        before = await self.held()
        token = (await open_checkout(self.api, self.store.id, body))["token"]
        order = await self.pays(worked, token)
        for sale in sales:
            await self.api.delete(f"{self.path}/sales/{sale}")
        after = await self.held()
        return order, {name: after[name] - before[name] for name in {*after, *before} if after[name] != before[name]}

    async def pays(self, worked: Worked, token: str) -> dict[str, Any]:
        """By the API; companies on the page, which asks for their VAT id and agrees on the total."""
        if worked.tax_id is None:
            return await paid(self.api, self.store.id, token)
        answer = await pay(self.page, token, worked.totals[-1], country=worked.country or "", tax_id=worked.tax_id)
        assert answer.status_code == 303, answer.text
        order: dict[str, Any] = (await self.api.get(f"{self.path}/orders")).json()[0]
        return order

    def line(self, bought: str) -> dict[str, Any]:
        """`knight*2:l` is two large knights."""
        bought, _, size = bought.partition(":")
        name, _, quantity = bought.partition("*")
        chosen = {"custom_variables": {"size": size}} if size else {}
        return line(self.products[name], quantity=int(quantity or 1), **chosen)

    async def offers(self, worked: Worked) -> dict[str, Any]:
        """What a checkout says about offers, which are made here."""
        codes, moment = [], f"{worked.at:%Y%m%d%H}"
        for number, coupon in enumerate(worked.coupons):
            mine = {"apply_to_products": [self.products[coupon.pop("for")]]} if "for" in coupon else {}
            made = await made_coupon(self.api, self.store.id, code=f"C{number}-{moment}", **coupon | mine)
            codes.append(made["code"])
        for number, balance in enumerate(worked.gift_cards):
            card = await made_gift_card(self.api, self.store.id, code=f"CARD{number}-{moment}", balance=balance)
            codes.append(card["code"])
        if worked.region:
            settings = dict(worked.region)
            await priced(self.api, self.store.id, settings.pop("id"), **settings)
        link = f"A{moment}" if worked.affiliate else None
        if link is not None:
            await made_link(self.api, self.store.id, **worked.affiliate | {"code": link})
        return {"promo_codes": codes} | ({"affiliate_code": link} if link else {})

    async def held(self) -> Counter[str]:
        """What the accounts hold, those of cards and of wallets each as one; everything is in order."""
        async with self.inside(self.store.id) as context:
            assert await check(context) == []
            for look in (money.CHECKS | gift_cards.CHECKS).values():
                assert (await look(context.connection)).examples == ()
            sums: Counter[str] = Counter()
            for (account, _), amount in (await balances(context)).items():
                group = account.partition(":")[0]
                sums[group if group in ("giftcard", "wallet") else account] += amount
        return sums


def where(worked: Worked) -> dict[str, Any]:
    """What a checkout says about where its buyer is."""
    if worked.country is None or worked.tax_id:
        return {}
    return {"customer_details": {"billing_address": {"country": worked.country, "state": worked.state}}}


def figures(told: dict[str, Any]) -> list[int]:
    """The amounts of a line or an order, as the files have them."""
    return [told[f"{name}_amount"] for name in AMOUNTS]


def levied(order: dict[str, Any]) -> list[list[str]]:
    """Every tax of every place, in the order of the alphabet."""
    names = ("tax_name", "tax_rate", "taxable_amount", "tax_amount")
    taxes = [(place["name"], levied) for place in order["tax_jurisdictions"] for levied in place["taxes"]]
    return sorted([place, *(levied[name] for name in names)] for place, levied in taxes)


@pytest.fixture
async def page(app: Application) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser on the checkout page; the tax office knows every company."""
    async with platforms() as service, Outside(allow_private=True) as outside:
        service.answer = lambda _: found(isValid=True, userError="VALID")
        installed.use(outside)
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as browser:
            yield browser
        installed.use(None)


@pytest.mark.parametrize("name", FILES)
async def test_every_order_comes_to_what_was_worked_out(
    name: str, inside: Inside, client: ClientFactory, page: httpx2.AsyncClient
) -> None:
    plan = table(name)
    store = await make_store(
        inside, "worked", currency=plan.seller.currency, promo_code_stacking_behavior="enabled"
    )  # fmt: skip
    till = Till(client(f"APIKey {store.api_key}"), store, inside, page)
    await till.furnish(plan)

    for worked in plan.orders:
        order, moved = await till.buys(worked)

        told = [figures(one) for one in order["lines"]], figures(order), levied(order), moved, order["status"]
        assert told == (worked.lines, worked.totals, sorted(worked.taxes), worked.books, "completed"), worked.what


def test_there_are_forty_and_each_figure_has_its_calculation() -> None:
    orders = [worked for name in FILES for worked in table(name).orders]

    assert len(orders) == 40
    assert all(worked.worked and sum(worked.books.values()) == 0 for worked in orders)
    assert all([sum(column) for column in zip(*worked.lines, strict=True)] == worked.totals for worked in orders)


def test_every_taxed_order_names_its_law_and_where_it_was_read() -> None:
    for plan in map(table, FILES):
        cited = {one.by for one in plan.seller.rates}.union(*(worked.by for worked in plan.orders))

        assert cited == set(plan.sources)
        assert all(one.law and one.page.startswith(("https://", "http://")) for one in plan.sources.values())
        assert not plan.seller.tax or all(worked.by for worked in plan.orders)


def test_the_newest_standard_rates_are_those_that_are_published() -> None:
    newest: dict[str, Rate] = {}
    for one in sorted((one for name in FILES for one in table(name).seller.rates), key=lambda one: one.valid_from):
        if one.kind == "standard" and one.country in PUBLIC:
            newest[one.country] = one

    assert {country: one.basis_points / 100 for country, one in newest.items()} == {
        country: PUBLIC[country]["standard"] for country in ("NL", "DE", "LU", "EE", "FI", "HU", "FR", "IE", "GB")
    }
