"""The checkout inside a shop's page: the other half of the talk is the library that the shop's page really runs."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, FrameLocator, Page, expect

from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.billing.settlements.jobs import hear_notice
from sutler.catalog.products.models import Recommendation, Upselling
from sutler.checkout.checkouts.models import Address
from sutler.checkout.tax_rates.models import StoreTaxRate
from sutler.kernel import clock
from sutler.kernel.work.runner import Worker
from sutler.promotions.upsell_settings.models import UpsellSettings
from sutler.stores.stores.models import Store, TaxSettings
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import add_product
from tests.make.stripe import stripe_at_home, takes_cards
from tests.make.webhooks import receiving, status
from tests.pages.conftest import ON_ONE_FILE, Sell

SAME = ""  # instead of a host: the shop's page has the very origin of the checkout
LIBRARIES = Path(__file__).parent / "shop" / "node_modules"
SHOP = """
<!doctype html><title>Shop</title><div id="checkout"></div>
<script>{zoid}</script>
<script>
  window.told = [];
  const Checkout = zoid.create({{
    tag: "paynow-gg-checkout",
    url: ({{ props }}) => props.baseURL + "/?t=" + props.token,
    domain: /^http/,
    dimensions: {{ width: "800px", height: "760px" }},
    props: {{
      token: {{ type: "string" }}, baseURL: {{ type: "string" }}, theme: {{ type: "string" }},
      externalPageOpen: {{ type: "boolean" }}, onCompleted: {{ type: "function" }},
      closeGracefully: {{ type: "function" }}, openExternalPage: {{ type: "function" }},
    }},
  }});
  const shown = Checkout({{
    token: {token}, baseURL: {address}, theme: {theme}, externalPageOpen: false,
    onRendered: () => window.told.push("ready"),
    onCompleted: ({{ orderId }}) => window.told.push("completed " + orderId),
    closeGracefully: () => shown.close().then(() => window.told.push("closed")),
    openExternalPage: (url) => window.told.push("elsewhere " + url),
  }});
  shown.render("#checkout").catch((error) => window.told.push("failed " + error));
</script>
"""


@asynccontextmanager
async def embedded(browser: Browser, site: str, token: str, host: str, theme: str = "auto") -> AsyncIterator[Page]:
    """A shop's page with the checkout in it; afterwards nothing may have gone wrong in either."""
    zoid = (LIBRARIES / "zoid" / "dist" / "zoid.frame.js").read_text().replace("</script", "<\\/script")
    said = {"token": token, "address": f"{site}/checkout", "theme": theme}
    page = SHOP.format(zoid=zoid, **{name: json.dumps(value) for name, value in said.items()})
    async with receiving(status(200, page, Content_Type="text/html; charset=utf-8")) as shop:
        tab = await browser.new_page(viewport={"width": 1000, "height": 900})
        complaints: list[str] = []
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        if host == SAME:
            await tab.route(f"{site}/shop", lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8"))
        await tab.goto(f"{site}/shop" if host == SAME else shop.url.replace("127.0.0.1", host))
        yield tab
        assert complaints == []
        await tab.close()


async def told(page: Page, *events: str) -> None:
    """Wait until the shop has heard exactly this."""
    await page.wait_for_function("count => window.told.length >= count", arg=len(events))
    assert await page.evaluate("window.told") == list(events)


def checkout(page: Page) -> FrameLocator:
    """The checkout's frame; the library keeps another for what it shows before."""
    return page.frame_locator('iframe[name^="__zoid__paynow_gg_checkout__"]')


@pytest.fixture(params=["localhost", "127.0.0.1", SAME])
def host(request: pytest.FixtureRequest) -> Any:
    """The shop's host: another site than the checkout, another port of the same, and one origin for both."""
    return request.param


class TestEmbed:
    async def test_tells_the_shop_that_it_is_there_and_that_it_is_paid(
        self, browser: Browser, site: str, sell: Sell, inside: Inside, store: SeededStore, host: str
    ) -> None:
        async with embedded(browser, site, await sell(), host) as page:
            await told(page, "ready")
            frame = checkout(page)
            await frame.get_by_role("button", name="Decline (test)").click()
            await expect(frame.get_by_role("alert")).to_contain_text("declined")
            await frame.get_by_role("button", name="Pay $9.99 (test)").click()
            await expect(frame.get_by_role("heading", level=1)).to_have_text("Thank you")
            async with inside(store.id) as context:
                (order,) = await context.all(context.rows(Order))

            await told(page, "ready", f"completed {order.id}")

    async def test_can_be_closed(self, browser: Browser, site: str, sell: Sell) -> None:
        async with embedded(browser, site, await sell(), "localhost") as page:
            await told(page, "ready")

            await checkout(page).get_by_role("button", name="Close").click()

            await told(page, "ready", "closed")
            await expect(page.locator("iframe")).to_have_count(0)

    @ON_ONE_FILE
    @pytest.mark.parametrize(("theme", "colour"), [("dark", "rgb(19, 23, 22)"), ("light", "rgb(251, 250, 247)")])
    async def test_wears_the_shops_theme(self, browser: Browser, site: str, sell: Sell, theme: str, colour: str) -> None:
        async with embedded(browser, site, await sell(), "localhost", theme) as page:
            await told(page, "ready")

            await expect(checkout(page).locator("body")).to_have_css("background-color", colour)

    async def test_has_the_shop_open_pages_that_work_in_no_frame(
        self, browser: Browser, site: str, sell: Sell, inside: Inside, store: SeededStore, api: ContractClient,
        worker: Worker,
    ) -> None:  # fmt: skip
        async with stripe_at_home() as stripe:
            await takes_cards(api, store.id)
            async with embedded(browser, site, await sell(), "localhost") as page:
                await told(page, "ready")
                frame = checkout(page)
                await frame.get_by_role("button", name="by card").click()
                await frame.get_by_role("link", name="Go on to pay $9.99").click()
                elsewhere = f"elsewhere {stripe.url}/pay/{stripe.only}"
                await told(page, "ready", elsewhere)
                await page.evaluate("shown.updateProps({ externalPageOpen: true })")
                stripe.pay(stripe.only)
                async with inside(store.id) as context:
                    (payment,) = await context.all(context.rows(Payment))
                    await hear_notice.enqueue(context, payment_id=payment.id)
                await worker.drain()
                await page.evaluate("shown.updateProps({ externalPageOpen: false })")

                await expect(frame.get_by_role("heading", level=1)).to_have_text("Thank you")
                await told(page, "ready", elsewhere, f"completed {payment.order_id}")

    async def test_lets_a_page_of_its_own_lead_on_to_a_gateway(
        self, browser: Browser, site: str, sell: Sell, store: SeededStore, api: ContractClient
    ) -> None:
        async with stripe_at_home() as stripe:
            stripe.pages = "https://127.0.0.1:1"
            await takes_cards(api, store.id)
            page = await browser.new_page()
            await page.goto(f"{site}/checkout/?t={await sell()}")

            async with page.expect_request(f"{stripe.pages}/**"):
                await page.get_by_role("button", name="by card").click()

    async def test_shows_no_button_to_close_when_opened_directly(self, browser: Browser, site: str, sell: Sell) -> None:
        page = await browser.new_page()
        await page.goto(f"{site}/checkout/?t={await sell()}")

        await expect(page.get_by_role("button", name="Pay")).to_be_visible()
        await expect(page.get_by_role("button", name="Close")).to_be_hidden()


@ON_ONE_FILE
class TestAccessibility:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    async def test_axe_finds_nothing(
        self, browser: Browser, site: str, sell: Sell, inside: Inside, store: SeededStore, scheme: Any
    ) -> None:
        async with inside(store.id) as shop:
            beside = await add_product(shop, upselling=Upselling(enabled=True))
            offer = Recommendation(
                recommended_product_id=beside.id, type="additional", discount_type="fixed", discount_amount=9
            )
            settings = UpsellSettings(enabled=True, recommendation_overrides_enabled=True, recommendation_overrides=(offer,))
            await shop.add(settings)
            taxes = TaxSettings(enabled=True, countries=["US"])
            await shop.change(await shop.get(Store, store.id), {"tax": taxes})
            of_texas = StoreTaxRate(
                country="US", state="TX", name="Tax", tax_code="", basis_points=625, valid_from=clock.now()
            )
            await shop.add(of_texas)
        axe = (LIBRARIES / "axe-core" / "axe.min.js").read_text()
        context = await browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}, bypass_csp=True)
        page = await context.new_page()
        found: list[tuple[str, str]] = []
        for instrument in (None, "Decline (test)", "Pay $9.99 (test)"):
            if instrument is None:
                token = await sell(billing_address=Address(country="US", state=""))
                await page.goto(f"{site}/checkout/?t={token}")
                await expect(page.get_by_label("State")).to_have_value("another")
                await expect(page.get_by_role("button", name="Add Knight")).to_be_visible()
            else:
                await page.get_by_role("button", name=instrument).click()
            await page.evaluate(axe)
            result = await page.evaluate("axe.run()")
            found += [(str(instrument), violation["id"]) for violation in result["violations"]]
        await context.close()

        assert found == []
