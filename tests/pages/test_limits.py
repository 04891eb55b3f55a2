"""How often one address may ask for what needs no credentials."""

from collections.abc import AsyncIterator, Callable

import httpx2
import pytest

from sutler.app import create_app
from sutler.kernel.data.database import Database
from sutler.kernel.edge.asgi import Application
from sutler.kernel.edge.limits import VISITS, Limits, Rate
from sutler.kernel.ids import new_id
from tests.pages.conftest import ON_ONE_FILE

OPEN = {
    "a page": ("GET", "/checkout"),
    "a document of the API": ("GET", "/swagger/storefront-api/openapi.json"),
    "a form": ("POST", "/checkout/pay"),
    "an image": ("GET", "/files/1/1.png"),
    "an upload": ("PUT", "/uploads/made-up"),
    "an upload from a form": ("POST", "/uploads/made-up"),
    "an invoice": ("GET", "/documents/made-up"),
    "a notification": ("POST", "/v1/gateways/stripe/{store}/notifications"),
}
TWO = {kind: Rate(2, 60) for kind in VISITS}
pytestmark = ON_ONE_FILE

From = Callable[[str], httpx2.AsyncClient]


@pytest.fixture
async def app(database: Database, request: pytest.FixtureRequest) -> AsyncIterator[Application]:
    """The application, which is asked for everything twice a minute at most, unless a test chooses otherwise."""
    application = create_app(database, works=False, limits=getattr(request, "param", None) or Limits(visits=TWO))
    async with application.running():
        yield application


@pytest.fixture
def somebody(app: Application) -> From:
    """Makes callers at an address."""
    return lambda address: httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app, client=(address, 1)), base_url="http://test"
    )


async def asked(somebody: From, address: str, what: str, times: int) -> list[httpx2.Response]:
    """Ask for something that is open so many times."""
    method, path = OPEN[what]
    url = path.format(store=new_id())  # the same one each time
    async with somebody(address) as caller:
        return [await caller.request(method, url, headers={"Accept": "application/json"}) for _ in range(times)]


class TestVisits:
    async def test_are_refused_with_retry_after_when_there_are_too_many_from_one_address(self, somebody: From) -> None:
        for number, what in enumerate(OPEN):  # each from an address of its own, for some count together
            first, second, refused = await asked(somebody, f"192.0.2.{number}", what, 3)
            (elsewhere,) = await asked(somebody, f"198.51.100.{number}", what, 1)

            assert first.status_code == second.status_code == elsewhere.status_code != 429, what
            assert (refused.status_code, refused.json()["code"]) == (429, "TooManyRequests"), what
            assert 1 <= int(refused.headers["retry-after"]) <= 30, what

    @pytest.mark.parametrize("app", [Limits(visits=TWO, enabled=False)], indirect=True, ids=["off"])
    async def test_are_not_counted_when_nothing_is(self, somebody: From) -> None:
        answers = {what: await asked(somebody, "192.0.2.1", what, 3) for what in OPEN}

        assert not [what for what, given in answers.items() if any(one.status_code == 429 for one in given)]


class TestRefusal:
    async def test_is_a_page_in_a_browser(self, somebody: From) -> None:
        async with somebody("192.0.2.1") as busy:
            refused = [await busy.get("/checkout", headers={"Accept": "text/html"}) for _ in range(3)][-1]

        assert (refused.status_code, refused.headers["content-type"]) == (429, "text/html; charset=utf-8")
        assert "Too many requests" in refused.text
        assert "default-src 'none'" in refused.headers["content-security-policy"]
        assert refused.headers["x-trace-id"] in refused.text

    async def test_can_be_read_by_scripts_of_a_shop(self, somebody: From) -> None:
        async with somebody("192.0.2.1") as busy:
            sent = [await busy.put("/uploads/made-up", headers={"Origin": "https://shop.example"}) for _ in range(3)]

        assert (sent[-1].status_code, sent[-1].headers["access-control-allow-origin"]) == (429, "*")
        assert "retry-after" in sent[-1].headers["access-control-expose-headers"].lower()
