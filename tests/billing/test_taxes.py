"""Tax from the shop window to the books: rates, countries, businesses, and a total that nobody is surprised by."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from sutler import settings
from sutler.billing.orders.models import Order
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel.edge.asgi import Application
from sutler.kernel.outside import installed
from sutler.kernel.outside.http import Outside
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger.service import balances, check
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.checkout import add_product, checkout, line, open_checkout, signed_in
from tests.make.platforms import Platforms, platforms
from tests.make.platforms import found as found_there

NL = {"enabled": True, "home_country": "NL", "countries": ["EU"]}


async def tax(api: ContractClient, store: SeededStore, **changes: Any) -> dict[str, Any]:
    """The tax settings after a change."""
    answer = await api.patch(f"/v1/stores/{store.id}/tax-settings", json=changes)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def rate(api: ContractClient, store: SeededStore, **body: Any) -> dict[str, Any]:
    """A new tax rate."""
    answer = await api.post(f"/v1/stores/{store.id}/tax-rates", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def opened(api: ContractClient, store: SeededStore, customer: Customer, product: Product, **where: Any) -> str:
    """The token of a checkout of two units with this billing address."""
    details = {"billing_address": where} if where else {}
    body = checkout(customer.id, line(product.id, quantity=2), customer_details=details)
    token: str = (await open_checkout(api, store.id, body))["token"]
    return token


async def order(api: ContractClient, store: SeededStore, customer: Customer, product: Product, **where: Any) -> Any:
    """The paid order of somebody there."""
    return await paid(api, store.id, await opened(api, store, customer, product, **where))


class TestSettings:
    async def test_are_off_until_countries_are_named(self, api: ContractClient, store: SeededStore) -> None:
        path = f"/v1/stores/{store.id}/tax-settings"

        before = (await api.get(path)).json()
        refused = await api.patch(path, json={"enabled": True})

        assert before == {
            "enabled": False, "home_country": None, "countries": [], "prices_shown": "without_tax", "tax_gift_cards": False,
        }  # fmt: skip
        assert (refused.status_code, refused.json()["errors"][0]["path"]) == (400, "countries")
        assert (await api.get(path)).json() == before

    async def test_fill_in_the_public_rates_of_new_countries_once(self, api: ContractClient, store: SeededStore) -> None:
        found = await tax(api, store, **NL)
        await tax(api, store, countries=["EU", "us"])

        rates = {one["country"]: one for one in (await api.get(f"/v1/stores/{store.id}/tax-rates")).json()}
        assert len(found["countries"]) == len(rates) == 27
        picked = {country: (rates[country]["name"], rates[country]["basis_points"]) for country in ("NL", "DE", "FI")}
        assert picked == {"NL": ("VAT (btw)", 2100), "DE": ("VAT (MwSt)", 1900), "FI": ("VAT (ALV)", 2550)}


class TestRates:
    async def test_are_superseded_by_later_ones(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await tax(api, store, **NL)
        await rate(api, store, country="nl", name="vat (BTW)", basis_points=2200)
        await rate(api, store, country="nl", name="VAT (btw)", basis_points=9900, valid_from="2099-01-01T00:00:00Z")

        assert (await order(api, store, customer, product, country="NL"))["tax_amount"] == 660

    async def test_of_a_state_come_on_top_of_its_country(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await tax(api, store, enabled=True, countries=["CA"])
        for body in ({"name": "GST", "basis_points": 500}, {"name": "PST", "basis_points": 700, "state": "bc"}):
            await rate(api, store, country="CA", **body)

        there = await order(api, store, customer, product, country="CA", state="BC")
        elsewhere = await order(api, store, customer, product, country="CA", state="AB")

        assert (there["tax_amount"], elsewhere["tax_amount"]) == (150 + 210, 150)
        assert [one["name"] for one in there["tax_jurisdictions"]] == ["CA", "BC, CA"]

    async def test_for_a_tax_code_take_the_place_of_those_for_everything(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        await tax(api, store, **NL)
        await rate(api, store, country="nl", name="btw laag", basis_points=900, tax_code="saas")

        usual = await order(api, store, customer, product, country="NL")
        async with inside(store.id) as context:
            service = await add_product(context, tax_code="saas")
        reduced = await order(api, store, customer, service, country="NL")

        assert (usual["tax_amount"], reduced["tax_amount"]) == (630, 270)

    async def test_are_refused_twice_and_deleted_once(self, api: ContractClient, store: SeededStore) -> None:
        path, body = f"/v1/stores/{store.id}/tax-rates", {"country": "US", "name": "Tax", "basis_points": 625}
        made = await rate(api, store, **body, valid_from="2026-01-01T00:00:00Z")

        again = await api.post(path, json=body | {"valid_from": "2026-01-01T00:00:00Z"})
        gone = [(await api.delete(f"{path}/{made['id']}")).status_code for _ in range(2)]

        assert (again.status_code, again.json()["code"], gone) == (409, "TaxRateExists", [204, 404])


class TestOrders:
    async def test_say_where_they_are_taxed_and_the_books_agree(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        await tax(api, store, **NL)

        found = await order(api, store, customer, product, country="de")

        amounts = [found[f"{name}_amount"] for name in ("subtotal", "tax", "total")]
        assert amounts == [2998, 570, 3568]
        (place,) = found["tax_jurisdictions"]
        (levied,) = place["taxes"]
        assert (place["name"], levied) == (
            "Germany",
            {"tax_name": "VAT (MwSt)", "taxable_amount": "$29.98", "tax_amount": "$5.70", "tax_rate": "19"},
        )
        async with inside(store.id) as context:
            held = {account: amount for (account, _), amount in (await balances(context)).items()}
            assert await check(context) == []
        assert held == {"gateway:simulator": 3568, "sales": -2998, "tax": -570}

    async def test_are_not_taxed_where_the_store_collects_nothing(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await tax(api, store, **NL)

        assert (await order(api, store, customer, product, country="US"))["tax_amount"] == 0

    async def test_are_taxed_as_at_home_while_nobody_knows_where_the_buyer_is(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await tax(api, store, **NL)

        assert (await order(api, store, customer, product))["tax_amount"] == 630

    @pytest.mark.parametrize(("when_spent", "sold", "spent"), [(True, 0, 315), (False, 315, 0)])
    async def test_fall_on_a_gift_card_once_when_it_is_sold_or_when_it_is_spent(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker,
        *, when_spent: bool, sold: int, spent: int,
    ) -> None:  # fmt: skip
        await tax(api, store, **NL, tax_gift_cards=when_spent)
        async with inside(store.id) as context:
            card = await add_product(context, grant_giftcard=True)
        bought = await open_checkout(api, store.id, checkout(customer.id, line(card.id)))
        order = await paid(api, store.id, bought["token"])
        await worker.drain()
        (given,) = (await api.get(f"/v1/stores/{store.id}/giftcards")).json()

        used = await open_checkout(api, store.id, checkout(customer.id, line(product.id), promo_codes=[given["code"]]))
        later = await paid(api, store.id, used["token"])

        assert [one["tax_amount"] for one in (order, later)] == [sold, spent]

    async def test_contain_the_tax_where_prices_are_entered_with_it(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await tax(api, store, **NL)
        await api.patch(f"/v1/stores/{store.id}/payment-settings", json={"store_tax_inclusive_pricing": True})

        found = await order(api, store, customer, product, country="NL")

        assert (found["total_amount"], found["tax_amount"]) == (2998, 520)
        assert found["lines"][0]["tax_inclusive"]


class TestReport:
    async def test_tells_by_place_and_rate_what_the_books_say(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        await tax(api, store, **NL)
        for country in ("NL", "DE", "DE", "US"):
            sold = await order(api, store, customer, product, country=country)
            if country == "NL":
                await api.post(f"/v1/stores/{store.id}/orders/{sold['id']}/refund", json={"amount": 1814})
        period = {"begin": "2020-01-01T00:00:00Z", "until": "2099-01-01T00:00:00Z"}

        found = (await api.get(f"/v1/stores/{store.id}/tax-report", params=period)).json()

        async with inside(store.id) as context:
            owed = -(await balances(context))["tax", "usd"]
        told = [[row[name] for name in ("country", "tax_rate", "sales", "refunds", "tax_amount")] for row in found["rows"]]
        assert told == [["DE", "19", 2, 0, 1140], ["NL", "21", 1, 1, 315]]
        assert [row["taxable_amount"] for row in found["rows"]] == [2 * 2998, 1499]
        assert found["tax_amounts"] == {"usd": owed} == {"usd": 1455}

    async def test_is_of_a_period(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await tax(api, store, **NL)
        await order(api, store, customer, product, country="NL")
        path, long_ago = f"/v1/stores/{store.id}/tax-report", "2020-01-01T00:00:00Z"

        before = (await api.get(path, params={"begin": long_ago, "until": "2021-01-01T00:00:00Z"})).json()
        backwards = await api.get(path, params={"begin": "2021-01-01T00:00:00Z", "until": long_ago})

        assert (before["rows"], before["tax_amounts"], backwards.status_code) == ([], {}, 400)


class TestEvidence:
    async def test_says_where_each_buyer_was(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, customer: Customer, product: Product,
        inside: Inside, app: Application,
    ) -> None:  # fmt: skip
        settings.install(replace(settings.settings(), country_header="X-Country"))
        await tax(api, store, **NL)
        buyer, there = await signed_in(client, inside, store.id, customer.id), {"x-paynow-customer-countrycode": "DE"}
        lines = [{"product_id": product.id, "quantity": 2}]
        token = (await buyer.post("/v1/checkouts", json={"lines": lines}, headers=there)).json()["token"]
        first = await paid(api, store.id, token)
        opened_by_us = await opened(api, store, customer, product, country="NL")
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as browser:
            form = {"token": opened_by_us, "country": "NL", "instrument": "succeed"}
            await browser.post("/checkout/pay", data=form, headers={"X-Country": "nl", "Sec-Fetch-Site": "same-origin"})
        path, period = (
            f"/v1/stores/{store.id}/tax-evidence",
            {"begin": "2020-01-01T00:00:00Z", "until": "2099-01-01T00:00:00Z"},
        )

        second = (await api.get(path, params=period | {"limit": "1"})).json()
        rest = (await api.get(path, params=period | {"before": second[0]["order_id"]})).json()

        names = ("billing_country", "ip_country", "card_country", "agreeing", "tax_amount")
        told = [[row[name] for name in names] for row in (*second, *rest)]
        assert told == [["NL", "NL", "US", 2, 630], ["DE", "DE", "US", 2, 570]]
        assert rest[0]["order_id"] == first["id"]

    async def test_is_of_a_period(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await order(api, store, customer, product, country="NL")
        path, long_ago = f"/v1/stores/{store.id}/tax-evidence", "2020-01-01T00:00:00Z"

        before = await api.get(path, params={"begin": long_ago, "until": "2021-01-01T00:00:00Z"})
        backwards = await api.get(path, params={"begin": "2021-01-01T00:00:00Z", "until": long_ago})

        assert (before.json(), backwards.status_code) == ([], 400)


class TestVisitors:
    async def test_see_prices_with_tax_where_the_owner_wants_that(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, customer: Customer, product: Product,
        inside: Inside,
    ) -> None:  # fmt: skip
        await tax(api, store, **NL, prices_shown="with_tax")
        buyer, there = await signed_in(client, inside, store.id, customer.id), {"x-paynow-customer-countrycode": "NL"}

        shown = (await buyer.get(f"/v1/store/products/{product.slug}", headers=there)).json()["pricing"]
        await buyer.put(f"/v1/store/cart/lines?product_id={product.id}&quantity=2")
        cart = (await buyer.get("/v1/store/cart", headers=there)).json()
        token = (await buyer.post("/v1/store/cart/checkout", json={}, headers=there)).json()["token"]

        assert (shown["price_original"], shown["price_final"], shown["vat_rate"]["percentage"]) == (1814, 1814, 21)
        assert cart["total"] == 3628
        assert (await paid(api, store.id, token))["total_amount"] == 3628


COMPANY = "NL4495445B01"


@pytest.fixture
async def vies() -> AsyncIterator[Platforms]:
    """The tax office's service, which knows one company."""
    async with platforms() as service, Outside(allow_private=True) as client:
        service.answer = lambda path: found_there(isValid=path.endswith(COMPANY[2:]), userError="VALID")
        installed.use(client)
        yield service
        installed.use(None)


@pytest.fixture
async def page(app: Application) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser on the checkout page."""
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as browser:
        yield browser


async def pay(page: httpx2.AsyncClient, token: str, total: int, **fields: str) -> httpx2.Response:
    """Send the form as the page does."""
    form = {"token": token, "instrument": "succeed", "total": str(total)} | fields
    return await page.post("/checkout/pay", data=form, headers={"Sec-Fetch-Site": "same-origin"})


class TestCheckoutPage:
    async def test_charges_no_other_total_than_it_showed(
        self, api: ContractClient, page: httpx2.AsyncClient, store: SeededStore, customer: Customer, product: Product,
        inside: Inside,
    ) -> None:  # fmt: skip
        await tax(api, store, **NL)
        token = await opened(api, store, customer, product)

        first = await pay(page, token, 3628, country="HU")
        second = await pay(page, token, 3807, country="HU")

        assert (first.status_code, second.status_code) == (409, 303)
        assert "The total is now $38.07. Please look at it again before you pay." in first.text
        assert 'name="total" value="3807"' in first.text
        async with inside(store.id) as context:
            (bought,) = await context.all(context.rows(Order))
        assert (bought.status, bought.total_amount, bought.billing_country) == ("completed", 3807, "HU")

    async def test_wants_to_know_where_the_buyer_is(
        self, api: ContractClient, page: httpx2.AsyncClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await tax(api, store, enabled=True, countries=["NL"])
        token = await opened(api, store, customer, product)

        answer = await pay(page, token, 2998)

        assert (answer.status_code, "the tax depends on it" in answer.text) == (400, True)

    @pytest.mark.usefixtures("vies")
    async def test_leaves_the_tax_to_businesses_of_other_countries(
        self, api: ContractClient, page: httpx2.AsyncClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await tax(api, store, **NL | {"home_country": "DE"})
        token = await opened(api, store, customer, product, country="NL")

        shown = await pay(page, token, 3628, country="NL", tax_id="nl 4495445 B01")
        done = await pay(page, token, 2998, country="NL", tax_id="nl 4495445 B01")

        assert (shown.status_code, "$29.98" in shown.text, done.status_code) == (409, True, 303)
        (bought,) = (await api.get(f"/v1/stores/{store.id}/orders")).json()
        assert (bought["tax_amount"], bought["billing_tax_id"]) == (0, "nl 4495445 B01")

    @pytest.mark.usefixtures("vies")
    async def test_charges_businesses_as_long_as_the_seller_has_not_said_where_they_are(
        self, api: ContractClient, page: httpx2.AsyncClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await tax(api, store, enabled=True, countries=["EU"])
        token = await opened(api, store, customer, product, country="NL")

        done = await pay(page, token, 3628, country="NL", tax_id=COMPANY)

        (bought,) = (await api.get(f"/v1/stores/{store.id}/orders")).json()
        assert (done.status_code, bought["tax_amount"]) == (303, 630)

    async def test_refuses_a_vat_id_that_does_not_exist(
        self, api: ContractClient, page: httpx2.AsyncClient, store: SeededStore, customer: Customer, product: Product,
        vies: Platforms,
    ) -> None:  # fmt: skip
        await tax(api, store, **NL)
        token = await opened(api, store, customer, product, country="NL")

        malformed = await pay(page, token, 3628, country="NL", tax_id="NL1")
        foreign = await pay(page, token, 3628, country="NL", tax_id="DE136695976")
        unknown = await pay(page, token, 3628, country="DE", tax_id="DE136695976")

        assert [answer.status_code for answer in (malformed, foreign, unknown)] == [400, 400, 400]
        assert "This VAT id does not exist." in malformed.text
        assert "belongs to another country" in foreign.text
        assert vies.asked == ["/ms/DE/vat/136695976"]

    async def test_says_that_an_id_could_not_be_checked_and_charges_the_tax(
        self, api: ContractClient, page: httpx2.AsyncClient, store: SeededStore, customer: Customer, product: Product,
        vies: Platforms,
    ) -> None:  # fmt: skip
        vies.answer = lambda _: (503, b"")
        await tax(api, store, **NL | {"home_country": "DE"})
        token = await opened(api, store, customer, product, country="NL")

        answer = await pay(page, token, 2998, country="NL", tax_id=COMPANY)

        assert answer.status_code == 409
        assert "could not be checked and tax is charged" in answer.text
        assert 'name="total" value="3628"' in answer.text
