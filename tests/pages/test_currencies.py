"""The checkout page for buyers who pay in another currency than the store's."""

import httpx2

from sutler.kernel.exchange import Conversion
from sutler.stores.stores.models import Store
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.pages.conftest import Sell
from tests.pages.test_checkout import order, pay, shown

EUR = Conversion("eur", "0.9")
SAID = "1 USD = 0.9 EUR"


class TestPage:
    async def test_says_what_is_charged_and_what_the_shop_gets(
        self, visitor: httpx2.AsyncClient, api: ContractClient, inside: Inside, store: SeededStore, sell: Sell
    ) -> None:
        told = {"enabled": True, "settings": {"instructions": "Bring it."}}
        assert (await api.patch(f"/v1/stores/{store.id}/gateways/manual", json=told)).status_code == 200
        token = await sell(price=250, quantity=3, conversion=EUR)

        before = await shown(visitor, token)
        await pay(visitor, token, fields={"total": "750"})
        after = await shown(visitor, token)

        for part in ("3 × $2.50", "€6.75", SAID, "own price is $7.50", "Pay €6.75 (test)", "Pay $7.50 by bank transfer"):
            assert part in before
        assert "Your payment of €6.75 was received" in after
        kept = await order(inside, store)
        assert (kept.total_amount, kept.presentment and kept.presentment.total_amount) == (750, 675)

    async def test_charges_the_stores_currency_where_a_way_takes_no_other(
        self, visitor: httpx2.AsyncClient, api: ContractClient, inside: Inside, store: SeededStore, sell: Sell
    ) -> None:
        told = {"enabled": True, "settings": {"instructions": "Bring it."}}
        assert (await api.patch(f"/v1/stores/{store.id}/gateways/manual", json=told)).status_code == 200
        token = await sell(price=250, conversion=EUR)

        await pay(visitor, token, "decline")
        tried = (await order(inside, store)).presentment
        await pay(visitor, token, "manual")

        assert "your payment of $2.50" in await shown(visitor, token)
        assert (tried and tried.total_amount, (await order(inside, store)).presentment) == (225, None)
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"live_mode": True})
        assert SAID not in await shown(visitor, await sell(price=250, conversion=EUR))
