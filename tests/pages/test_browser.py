"""The pages in a real Chromium: with and without scripts, on a phone, in the dark, in another site's frame, by keyboard."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from sutler.billing.payments.models import Payment
from tests.conftest import Inside, SeededStore
from tests.make.webhooks import receiving, status
from tests.pages.conftest import ON_ONE_FILE, Sell

PHONE = {"width": 360, "height": 740}
FRAME = {"width": 800, "height": 760}  # as the library that embeds the page makes it


@asynccontextmanager
async def tab(browser: Browser, **options: Any) -> AsyncIterator[Page]:
    """A fresh tab; afterwards, nothing may have been refused or gone wrong in it."""
    context = await browser.new_context(**options)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []
    await context.close()


async def payments(inside: Inside, store: SeededStore) -> list[str]:
    """The states of all payments, oldest first."""
    async with inside(store.id) as context:
        return [payment.status for payment in await context.all(context.rows(Payment))]


class TestBuying:
    @pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
    async def test_works(
        self, browser: Browser, site: str, sell: Sell, inside: Inside, store: SeededStore, scripts: bool
    ) -> None:
        token = await sell()
        async with tab(browser, java_script_enabled=scripts) as page:
            await page.goto(f"{site}/checkout/?t={token}")
            await page.get_by_role("button", name="Decline (test)").click()
            await expect(page.get_by_role("alert")).to_contain_text("declined, and nothing was charged")

            await page.get_by_label("E-mail").fill("sam@example.com")
            await page.get_by_label("Country").select_option("Denmark")
            await page.get_by_role("button", name="Pay $9.99 (test)").click()
            await expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")

        assert await payments(inside, store) == ["failed", "completed"]

    async def test_works_by_keyboard(self, browser: Browser, site: str, sell: Sell) -> None:
        async with tab(browser) as page:
            await page.goto(f"{site}/checkout/?t={await sell()}")
            focused = []
            for _ in range(7):
                await page.keyboard.press("Tab")
                focused.append(await page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
            await page.get_by_label("Name").press("Enter")
            await expect(page.get_by_role("status")).to_contain_text("was received")

        assert focused == [
            "Skip to the content", "Enter a code or gift card", "email", "name", "country", "Pay $9.99 (test)",
            "Decline (test)",
        ]  # fmt: skip

    async def test_works_in_a_frame_of_another_site(
        self, browser: Browser, site: str, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        address = f"{site}/checkout/?t={await sell(return_url='https://shop.example/', auto_redirect=True)}"
        shop = status(200, f'<iframe src="{address}" width="800" height="760"></iframe>', Content_Type="text/html")
        async with receiving(shop) as elsewhere, tab(browser) as page:
            await page.goto(elsewhere.url.replace("127.0.0.1", "localhost"))
            frame = page.frame_locator("iframe")
            await frame.get_by_role("button", name="Pay").click()
            await expect(frame.get_by_role("heading", level=1)).to_have_text("Thank you")

        assert await payments(inside, store) == ["completed"]

    async def test_leads_to_the_shop_afterwards(self, browser: Browser, site: str, sell: Sell) -> None:
        async with receiving(status(200, "<h1>Welcome back</h1>", Content_Type="text/html")) as shop, tab(browser) as page:
            token = await sell(return_url=shop.url, auto_redirect=True)
            await page.goto(f"{site}/checkout/?t={token}")
            await page.get_by_role("button", name="Pay").click()
            await expect(page.get_by_role("heading")).to_have_text("Welcome back")
            await page.wait_for_url(shop.url)


@ON_ONE_FILE
class TestLooks:
    @pytest.mark.parametrize("path", ["/", "/docs", "/docs/management-api/webhooks", "/checkout/?t="])
    async def test_fit_a_phone(self, browser: Browser, site: str, sell: Sell, path: str) -> None:
        address = site + path + (await sell(name="A" * 60) if path.endswith("=") else "")
        async with tab(browser, viewport=PHONE) as page:
            await page.goto(address)
            await page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
            width = await page.evaluate("document.documentElement.scrollWidth")

        assert width == PHONE["width"]

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    async def test_have_enough_contrast_in_light_and_dark(
        self, browser: Browser, site: str, sell: Sell, scheme: Any
    ) -> None:
        async with tab(browser, color_scheme=scheme) as page:
            await page.goto(f"{site}/checkout/?t={await sell()}")
            page_colour = await colour(page, "body", "backgroundColor")
            text, soft = await colour(page, "body", "color"), await colour(page, ".fine", "color")
            button, label = [await colour(page, "form[action$=pay] button", name) for name in ("backgroundColor", "color")]
            banner, warning = [await colour(page, ".banner", name) for name in ("backgroundColor", "color")]

        assert (luminance(page_colour) < 0.1) is (scheme == "dark")
        pairs = [(page_colour, text), (page_colour, soft), (button, label), (banner, warning)]
        assert min(contrast(*pair) for pair in pairs) >= 4.5

    async def test_show_in_the_frame_of_a_shop_how_to_pay(self, browser: Browser, site: str, sell: Sell) -> None:
        async with tab(browser, viewport=FRAME) as page:
            await page.goto(f"{site}/checkout/?t={await sell()}")
            await page.get_by_role("button", name="Decline (test)").click()
            await expect(page.get_by_role("alert")).to_be_visible()
            button = await page.get_by_role("button", name="Pay").bounding_box()

        assert button is not None
        assert button["y"] + button["height"] <= FRAME["height"]

    async def test_name_every_field_and_button(self, browser: Browser, site: str, sell: Sell) -> None:
        async with tab(browser) as page:
            await page.goto(f"{site}/checkout/?t={await sell()}")
            tree = await page.locator("body").aria_snapshot()

        for part in (
            'heading "Checkout" [level=1]',
            'textbox "E-mail',
            'combobox "Country',
            'button "Pay $9.99 (test)"',
            "main:",
        ):
            assert part in tree


async def colour(page: Page, selector: str, name: str) -> str:
    """A computed colour of the first such element."""
    found: str = await page.evaluate("([s, n]) => getComputedStyle(document.querySelector(s))[n]", [selector, name])
    return found


def luminance(colour: str) -> float:
    """The relative luminance of `rgb(…)`, as WCAG 2 defines it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 defines it; text needs 4.5."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
