"""Where the buyer is, on the checkout page: the states that a store has taxes of, and the country of the connection."""

from dataclasses import replace
from typing import Any

import httpx2
import pytest

from sutler import settings
from sutler.billing.orders.models import Order
from sutler.checkout.checkouts.models import Address, Checkout
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.pages.conftest import Sell

CHOSEN = 'value="{}" selected'


@pytest.fixture
async def rates(api: ContractClient, store: SeededStore) -> None:
    """Tax is collected in Canada, 5 % and in British Columbia 7 % more, and in Texas, 6.25 %; but not in Brazil."""
    home = f"/v1/stores/{store.id}"
    await api.patch(f"{home}/tax-settings", json={"enabled": True, "home_country": "CA", "countries": ["CA", "US"]})
    for country, state, points in (("CA", "", 500), ("CA", "BC", 700), ("US", "TX", 625), ("BR", "SP", 1800)):
        body = {"country": country, "state": state, "name": f"Tax {state}", "basis_points": points}
        assert (await api.post(f"{home}/tax-rates", json=body)).status_code == 200


async def shown(visitor: httpx2.AsyncClient, token: str, **headers: str) -> str:
    """The page."""
    return (await visitor.get("/checkout/", params={"t": token}, headers=headers)).text


async def pay(visitor: httpx2.AsyncClient, token: str, total: int, **fields: str) -> httpx2.Response:
    """Send the form as the page does."""
    form = {"token": token, "instrument": "succeed", "total": str(total)} | fields
    return await visitor.post("/checkout/pay", data=form, headers={"Sec-Fetch-Site": "same-origin"})


async def kept(inside: Inside, store: SeededStore) -> Any:
    """The address of the only checkout."""
    async with inside(store.id) as context:
        (found,) = await context.all(context.rows(Checkout))
    return found.billing_address


@pytest.mark.usefixtures("rates")
class TestState:
    async def test_is_asked_where_states_tax_and_moves_the_total_before_it_is_charged(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        token = await sell(price=1000)

        before = await shown(visitor, token)
        first = await pay(visitor, token, 1050, country="CA", state="CA/BC")
        again = await shown(visitor, token)
        second = await pay(visitor, token, 1120, country="CA", state="CA/BC")

        assert ["Canada or United States" in before, "US/TX" in before, "BR/SP" in before] == [True, True, False]
        assert (first.status_code, second.status_code) == (409, 303)
        assert all(CHOSEN.format("CA/BC") in text and 'name="total" value="1120"' in text for text in (first.text, again))
        async with inside(store.id) as context:
            (bought,) = await context.all(context.rows(Order))
        assert (bought.status, bought.total_amount, bought.tax_amount) == ("completed", 1120, 120)

    @pytest.mark.parametrize(
        ("country", "state", "text"),
        [
            ("CA", "", "Choose your state"),
            ("CA", "CA/ON", "Choose your state"),
            ("CA", "US/TX", "another country"),
            ("US", "", "Choose your state"),
        ],
    )
    async def test_must_be_one_of_the_country(
        self,
        visitor: httpx2.AsyncClient,
        sell: Sell,
        inside: Inside,
        store: SeededStore,
        country: str,
        state: str,
        text: str,
    ) -> None:
        answer = await pay(visitor, await sell(), 1049, country=country, state=state)

        assert (answer.status_code, text in answer.text, await kept(inside, store)) == (400, True, None)
        assert 'aria-describedby="state-problem"' in answer.text

    async def test_can_be_another_one_and_is_not_asked_again(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        token = await sell(price=1000)

        await pay(visitor, token, 1, country="CA", state="another")

        assert CHOSEN.format("another") in await shown(visitor, token)
        assert (await pay(visitor, token, 1050, country="CA", state="another")).status_code == 303

    @pytest.mark.parametrize(("state", "chosen"), [(" bc", "CA/BC"), ("Ontario", "another")])
    async def test_is_filled_in_and_kept_as_the_shop_gave_it(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore, state: str, chosen: str
    ) -> None:
        token = await sell(billing_address=Address(country="CA", state=state, city="Here"))

        assert CHOSEN.format(chosen) in await shown(visitor, token)
        await pay(visitor, token, 1, country="CA", state=chosen)

        assert await kept(inside, store) == Address(country="CA", state={"CA/BC": "BC"}.get(chosen, state), city="Here")

    async def test_does_not_matter_where_no_state_taxes(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        answer = await pay(visitor, await sell(), 999, country="BR", state="another")

        assert (answer.status_code, await kept(inside, store)) == (303, Address(country="BR"))
        assert 'id="state"' not in await shown(visitor, await sell(billing_address=Address(country="BR")))


class TestCountry:
    async def test_is_that_of_the_connection_until_the_buyer_says_another(
        self, visitor: httpx2.AsyncClient, sell: Sell, api: ContractClient, store: SeededStore
    ) -> None:
        settings.install(replace(settings.settings(), country_header="X-Country"))
        taxes = {"enabled": True, "home_country": "NL", "countries": ["EU"]}
        await api.patch(f"/v1/stores/{store.id}/tax-settings", json=taxes)
        unknown, known = await sell(price=1000), await sell(price=1000, billing_address=Address(country="FR"))

        there = [await shown(visitor, token, **{"X-Country": "HU"}) for token in (unknown, known)]
        nowhere = await shown(visitor, unknown)
        form = {"token": unknown, "instrument": "succeed", "total": "1270", "country": "HU"}
        paid = await visitor.post("/checkout/pay", data=form, headers={"X-Country": "HU"})

        assert [CHOSEN.format(country) in text for country, text in zip(("HU", "FR"), there, strict=True)] == [True, True]
        assert ["$12.70" in there[0], "$12.00" in there[1], "$12.10" in nowhere] == [True, True, True]
        assert CHOSEN.format("HU") not in nowhere
        assert paid.status_code == 303


class TestTaxInPrices:
    async def test_is_told_below_the_total(
        self, visitor: httpx2.AsyncClient, sell: Sell, api: ContractClient, store: SeededStore
    ) -> None:
        taxes = {"enabled": True, "home_country": "NL", "countries": ["EU"]}
        await api.patch(f"/v1/stores/{store.id}/tax-settings", json=taxes)
        await api.patch(f"/v1/stores/{store.id}/payment-settings", json={"store_tax_inclusive_pricing": True})

        text = await shown(visitor, await sell(price=1210))

        assert text.index("$12.10</td></tr>\n") < text.index("of which tax</th><td>$2.10")
        assert 'scope="row">Tax<' not in text
