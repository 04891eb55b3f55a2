"""What is sent, and what becomes of answers."""

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from sutler_sdk import (
    ApiError,
    AsyncManagementClient,
    ConnectionFailed,
    ManagementClient,
    StorefrontClient,
    UnreadableAnswer,
    is_api_error,
)
from sutler_sdk.types.management import CustomerDto
from tests.sdk.project.shop import find_or_create
from tests.sdk.server import Answer, Server, failure

CUSTOMER = {"id": "9007199254740993", "store_id": "1", "created_at": "2030-01-01T00:00:00Z", "metadata": {}}


class TestRequests:
    def test_say_who_calls(self, server: Server, management: ManagementClient, storefront: StorefrontClient) -> None:
        server.answers.extend([Answer([]), Answer([]), Answer([])])

        management.tags.get_tags()
        storefront.tags.get_storefront_tags()
        storefront.for_visitor("abc", ip="192.0.2.1", country="DE").tags.get_storefront_tags()

        first, second, third = (request.headers for request in server.received)
        assert first["authorization"] == "APIKey key"
        assert second["x-paynow-store-id"] == third["x-paynow-store-id"] == "1"
        assert "authorization" not in second
        assert third["authorization"] == "Customer abc"
        assert third["x-paynow-customer-ip"] == "192.0.2.1"
        assert third["x-paynow-customer-countrycode"] == "DE"

    def test_leave_out_what_was_not_given_and_send_none_as_null(self, server: Server, management: ManagementClient) -> None:
        server.answers.append(Answer(CUSTOMER))

        management.customers.update_customer("5", name=None, metadata={"a": "b"})

        assert server.received[0].method == "PATCH"
        assert server.received[0].path == "/v1/stores/1/customers/5"
        assert server.received[0].body == {"name": None, "metadata": {"a": "b"}}

    def test_write_queries_as_servers_read_them(self, server: Server, management: ManagementClient) -> None:
        server.answers.append(Answer([]))

        management.customers.get_customers(customer_id=["1", "2"], asc=False, limit=5, search="a&b")

        assert server.received[0].query == [
            ("search", "a&b"), ("customer_id", "1"), ("customer_id", "2"), ("limit", "5"), ("asc", "false"),
        ]  # fmt: skip

    def test_write_maps_with_brackets_and_members_with_dots(self, server: Server, storefront: StorefrontClient) -> None:
        storefront.cart.add_line(product_id="7", quantity=1, custom_variables={"colour": "red"}, gift_to_id="3")

        assert {("custom_variables[colour]", "red"), ("gift_to.id", "3")} <= set(server.received[0].query)

    def test_write_moments_in_utc_and_refuse_those_without_a_time_zone(
        self, server: Server, management: ManagementClient
    ) -> None:
        server.answers.append(Answer({}))
        begin, end = datetime(2030, 1, 1, tzinfo=UTC), datetime(2030, 1, 2, tzinfo=UTC)

        management.request("GET", "/v1/stores/{store_id}/x", dict, query={"from": begin, "to": end})

        assert server.received[0].query == [("from", "2030-01-01T00:00:00Z"), ("to", "2030-01-02T00:00:00Z")]
        with pytest.raises(ValueError, match="time zone"):
            management.request("GET", "/v1/x", dict, query={"from": begin.replace(tzinfo=None)})
        with pytest.raises(ValueError, match="time zone"):
            management.products.update_product("7", enabled_until=end.replace(tzinfo=None))

    def test_let_no_id_lead_elsewhere(self, server: Server, management: ManagementClient) -> None:
        server.answers.append(Answer(CUSTOMER))

        management.customers.get_customer_by_id("../tags?x=1")

        assert server.received[0].path == "/v1/stores/1/customers/..%2Ftags%3Fx%3D1"
        for nothing in ("", ".", ".."):
            with pytest.raises(ValueError, match="customer_id"):
                management.customers.get_customer_by_id(nothing)

    @pytest.mark.parametrize(
        "address", ["api.paynow.gg", "ftp://x", "https://", "https://x?y=1", "https://x:y", "https://x:99999"]
    )
    def test_need_an_address(self, address: str) -> None:
        with pytest.raises(ValueError, match="base_url"):
            ManagementClient("1", "key", base_url=address)


class TestClients:
    def test_know_their_options(self) -> None:
        misspelt: Any = {"base_uri": "https://store.example.com"}

        with pytest.raises(TypeError, match="no option 'base_uri'; there are base_url"):
            ManagementClient("1", "key", **misspelt)
        with pytest.raises(TypeError, match="no option 'base_uri'"):
            ManagementClient("1", "key").with_options(**misspelt)

    @pytest.mark.parametrize("given", [("", "key"), ("1", "")])
    def test_need_a_store_and_a_token(self, given: tuple[str, str]) -> None:
        with pytest.raises(ValueError, match="missing"):
            ManagementClient(*given)

    @pytest.mark.parametrize("token", ["key\n", " key", "k\x00y", "schlüssel"])
    def test_need_a_token_that_fits_into_a_header(self, token: str) -> None:
        with pytest.raises(ValueError, match="characters that no token has"):
            ManagementClient("1", token)

    def test_say_what_they_are_without_their_token(self, management: ManagementClient, server: Server) -> None:
        assert repr(management) == f"<ManagementClient of {server.url}, store 1>"


class TestLines:
    def test_come_as_they_are_sent_up_to_the_end(self, server: Server, management: ManagementClient) -> None:
        server.answers.append(Answer("event: one\ndata: {}\n\n: still here\n"))

        lines = list(management.lines("/v1/stores/{store_id}/stream", query={"seconds": 0}))

        assert lines == ["event: one", "data: {}", "", ": still here"]
        assert (server.received[0].path, server.received[0].query) == ("/v1/stores/1/stream", [("seconds", "0")])
        assert server.received[0].headers["accept"] == "text/event-stream"

    async def test_come_to_those_who_await_them(self, server: Server, awaited: AsyncManagementClient) -> None:
        server.answers.append(Answer("one\ntwo\n"))

        assert [line async for line in awaited.lines("/v1/x")] == ["one", "two"]

    async def test_say_why_none_come(
        self, server: Server, management: ManagementClient, awaited: AsyncManagementClient
    ) -> None:
        server.answers.extend([failure(503), failure(404), Answer(drop=True), Answer(drop=True)])

        with pytest.raises(ApiError, match="It did not work"):  # nothing is tried again
            list(management.lines("/v1/x"))
        with pytest.raises(ApiError, match="404"):
            [line async for line in awaited.lines("/v1/x")]
        with pytest.raises(ConnectionFailed):
            list(management.lines("/v1/x"))
        with pytest.raises(ConnectionFailed):
            [line async for line in awaited.lines("/v1/x")]
        assert len(server.received) == 4


class TestAnswers:
    def test_may_have_members_and_texts_that_nobody_knows_yet(self, server: Server, management: ManagementClient) -> None:
        server.answers.append(Answer(CUSTOMER | {"minecraft_platform": "holodeck", "mood": {"good": True}}))

        customer = management.customers.get_customer_by_id("5")

        assert isinstance(customer, CustomerDto)
        assert str(customer.minecraft_platform) == "holodeck"
        assert customer.created_at == datetime(2030, 1, 1, tzinfo=UTC)

    def test_keep_ids_as_text(self, server: Server, management: ManagementClient) -> None:
        server.answers.extend([Answer(CUSTOMER), Answer(CUSTOMER | {"id": 9007199254740993})])

        ids = [management.customers.get_customer_by_id("5").id for _ in range(2)]

        assert ids == ["9007199254740993", "9007199254740993"]

    def test_that_differ_from_the_contract_are_not_lost(self, server: Server, management: ManagementClient) -> None:
        odd = {"id": "5", "steam": {"id": 76561198000000000, "name": None}, "metadata": None, "created_at": "yesterday"}
        server.answers.append(Answer([odd]))

        (customer,) = management.customers.get_customers()

        assert isinstance(customer, CustomerDto)
        assert customer.store_id is None
        assert customer.steam is not None
        assert customer.steam.id == "76561198000000000"
        assert str(customer.created_at) == "yesterday"

    def test_may_be_nothing(self, server: Server, management: ManagementClient) -> None:
        server.answers.append(Answer(None, 204))

        assert management.tags.delete_tag("7") is None  # type: ignore[func-returns-value]  # that it is None is the point

    @pytest.mark.parametrize("body", [None, "<html>", "{"])
    def test_that_are_no_json_are_refused(self, body: str | None, server: Server, management: ManagementClient) -> None:
        server.answers.append(Answer(body))

        with pytest.raises(UnreadableAnswer, match="200"):
            management.customers.get_customer_by_id("5")


class TestConnections:
    def test_go_through_a_proxy(self, server: Server) -> None:
        server.answers.append(Answer([]))

        with ManagementClient("1", "key", base_url="http://store.invalid", proxy=server.url) as client:
            client.tags.get_tags()

        assert server.received[0].headers["host"] == "store.invalid"

    def test_are_closed_by_whoever_opened_them(self, server: Server, http: httpx2.Client) -> None:
        with ManagementClient("1", "key", base_url=server.url, http_client=http):
            pass
        with ManagementClient("1", "key", base_url=server.url) as client:
            pass

        assert not http.is_closed
        with pytest.raises(RuntimeError, match="closed"):
            client.tags.get_tags()

    def test_are_shared_by_clients_with_other_habits(self, server: Server, management: ManagementClient) -> None:
        server.respond = lambda _: Answer([])

        management.with_options(headers={"X-Shop": "blue", "Authorization": "none"}).tags.get_tags()

        assert server.received[0].headers["x-shop"] == "blue"
        assert server.received[0].headers["authorization"] == "APIKey key"


class TestErrors:
    def test_tell_everything_that_the_server_said(self, server: Server, management: ManagementClient) -> None:
        wrong = {"code": "too_long", "message": "At most 3.", "path": ["tags", 0], "validation": "max"}
        said = {"status": 400, "code": "InvalidInput", "message": "No.", "trace_id": "t1", "errors": [wrong]}
        server.answers.append(Answer(said, 400))

        with pytest.raises(ApiError) as raised:
            management.tags.get_tags()

        error = raised.value
        assert (error.status, error.code, error.message, error.trace_id) == (400, "InvalidInput", "No.", "t1")
        assert [(one.path, one.code, one.message) for one in error.errors] == [("tags.0", "too_long", "At most 3.")]
        assert str(error) == "400 InvalidInput: No. [tags.0: At most 3.] (trace t1)"

    @pytest.mark.parametrize("body", [None, "<html>gone</html>", [1], {"errors": 5}])
    def test_may_look_like_anything(self, body: object, server: Server, management: ManagementClient) -> None:
        server.answers.append(Answer(body, 418))

        with pytest.raises(ApiError) as raised:
            management.tags.get_tags()

        assert (raised.value.status, raised.value.code) == (418, "HttpError")
        assert raised.value.message

    def test_can_be_asked_for(self, server: Server, management: ManagementClient) -> None:
        server.answers.append(failure(404, "NotFound"))

        with pytest.raises(ApiError) as raised:
            management.tags.get_tags()

        assert is_api_error(raised.value)
        assert is_api_error(raised.value, status=404, code="NotFound")
        assert not is_api_error(raised.value, status=409)
        assert not is_api_error(ValueError())

    def test_steer_what_a_shop_does(self, server: Server, management: ManagementClient) -> None:
        server.answers.extend([failure(404, "NotFound"), Answer(CUSTOMER)])

        assert find_or_create(management, "76561198000000000").id == CUSTOMER["id"]
        assert server.received[1].body == {"steam_id": "76561198000000000", "metadata": {"from": "game"}}
