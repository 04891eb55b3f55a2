"""Creating checkouts as a signed-in customer."""

from typing import Any

import pytest

from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.queries import by_token, lines_of
from sutler.customers.customers.models import Customer
from sutler.customers.customers.service import create_token
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import add_customer, line

PATH = "/v1/checkouts"


@pytest.fixture
async def mine(client: ClientFactory, store: SeededStore, customer: Customer, inside: Inside) -> ContractClient:
    """A client with the customer's own token."""
    async with inside(store.id) as context:
        token = await create_token(context, customer.id)
    return client(f"Customer {token}")


def basket(*lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The body of a checkout that a customer creates."""
    return {"lines": list(lines)} | changes


class TestCreate:
    async def test_opens_a_checkout_for_the_customer(
        self, mine: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        opened = (await mine.post(PATH, json=basket(line(product.id, quantity=2), return_url="https://a.example/"))).json()

        async with inside(store.id) as context:
            kept = await by_token(context, opened["token"])
            (kept_line,) = await lines_of(context, opened["id"])
        assert (kept.id, kept.customer_id, kept.return_url) == (opened["id"], customer.id, "https://a.example/")
        assert (kept_line.quantity, kept_line.gift_to_customer_id, kept_line.metadata) == (2, None, {})
        assert kept.created_by is not None
        assert kept.created_by.id == customer.id

    async def test_keeps_where_the_visitor_is(
        self, mine: ContractClient, store: SeededStore, product: Product, inside: Inside
    ) -> None:
        headers = {"x-paynow-customer-ip": "2001:DB8::0:1", "x-paynow-customer-countrycode": "NL"}

        opened = (await mine.post(PATH, json=basket(line(product.id)), headers=headers)).json()

        async with inside(store.id) as context:
            kept = await by_token(context, opened["token"])
        assert kept.customer_ip == "2001:db8::1"
        assert kept.billing_address is not None
        assert kept.billing_address.country == "NL"

    @pytest.mark.parametrize("country", ["XX", "T1"])
    async def test_takes_an_unknown_country_for_none(
        self, mine: ContractClient, store: SeededStore, product: Product, inside: Inside, country: str
    ) -> None:
        headers = {"x-paynow-customer-countrycode": country}

        opened = (await mine.post(PATH, json=basket(line(product.id)), headers=headers)).json()

        async with inside(store.id) as context:
            assert (await by_token(context, opened["token"])).billing_address is None

    @pytest.mark.parametrize(
        "headers", [{"x-paynow-customer-ip": "home"}, {"x-paynow-customer-countrycode": "nl"}], ids=["ip", "country"]
    )
    async def test_refuses_a_place_that_is_none(
        self, mine: ContractClient, product: Product, headers: dict[str, str]
    ) -> None:
        answer = await mine.post(PATH, json=basket(line(product.id)), headers=headers)

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")

    async def test_takes_the_older_flag_of_the_whole_checkout(self, mine: ContractClient, product: Product) -> None:
        off = await mine.post(PATH, json=basket(line(product.id), subscription=False))
        on = await mine.post(PATH, json=basket(line(product.id), subscription=True))

        assert (off.status_code, on.status_code) == (200, 400)
        assert [error["path"] for error in on.json()["errors"]] == ["lines[0].subscription"]

    async def test_has_no_say_in_metadata_and_inline_products(
        self, mine: ContractClient, store: SeededStore, product: Product, inside: Inside
    ) -> None:
        wanted = line(product.id, metadata={"a": "b"}, inline_product={"price": 1})

        opened = (await mine.post(PATH, json=basket(wanted, metadata={"a": "b"}, customer_id="1"))).json()

        async with inside(store.id) as context:
            assert (await by_token(context, opened["token"])).metadata == {}
            assert [one.metadata for one in await lines_of(context, opened["id"])] == [{}]

    async def test_names_what_does_not_pass(self, mine: ContractClient, product: Product) -> None:
        wanted = [line(product.id, trial=True), line(product.id, quantity=0), {"quantity": 1}]

        paths = [[error["path"] for error in (await mine.post(PATH, json=basket(one))).json()["errors"]] for one in wanted]

        assert paths == [["lines[0].trial"], ["lines[0].quantity"], ["lines[0].product_id"]]

    async def test_needs_a_customer(self, client: ClientFactory, store: SeededStore, product: Product) -> None:
        for authorization, status in ((None, 401), ("Customer ", 401), (f"APIKey {store.api_key}", 403)):
            answer = await client(authorization).post(PATH, json=basket(line(product.id)))

            assert answer.status_code == status


class TestGifts:
    async def test_to_a_known_customer_reach_them(
        self, mine: ContractClient, store: SeededStore, product: Product, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            friend = await add_customer(context, steam_id="76561198000000001", name="Sam")
        accounts = [{"platform": "steam", "id": "76561198000000001"}, {"platform": "paynow_name", "id": "Sam"}]
        gifts = [line(product.id, gift_to_customer_id=friend.id), *(line(product.id, gift_to=one) for one in accounts)]

        opened = (await mine.post(PATH, json=basket(*gifts))).json()

        async with inside(store.id) as context:
            kept = await lines_of(context, opened["id"])
        assert [one.gift_to_customer_id for one in kept] == [friend.id] * 3

    @pytest.mark.parametrize(
        ("platform", "id", "column", "value"),
        [
            ("steam", "76561198000000002", "steam_id", "76561198000000002"),
            ("xbox_xuid", "2535428504476914", "xbox_xuid", "2535428504476914"),
            ("minecraft_uuid", "069A79F444E94726A5BEFCA90E38AAF5", "minecraft_uuid", "069a79f4-44e9-4726-a5be-fca90e38aaf5"),
            ("paynow_name", "Robin", "name", "Robin"),
            ("paynow", "Robin", "name", "Robin"),
            ("minecraft", "Notch", "minecraft_name", "Notch"),
            ("minecraft_java_name", "Notch", "minecraft_name", "Notch"),
            ("minecraft_bedrock_name", "Notch", "minecraft_name", "Notch"),
        ],
    )
    async def test_to_somebody_new_make_them_a_customer_once(
        self, mine: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside,
        platform: str, id: str, column: str, value: str,
    ) -> None:  # fmt: skip
        gift = line(product.id, gift_to={"platform": platform, "id": id})

        opened = [(await mine.post(PATH, json=basket(gift, gift))).json() for _ in range(2)]

        async with inside(store.id) as context:
            received = {one.gift_to_customer_id for sent in opened for one in await lines_of(context, sent["id"])}
            (friend,) = [one for one in await context.all(context.rows(Customer)) if one.id != customer.id]
        assert received == {friend.id}
        assert getattr(friend, column) == value

    async def test_to_oneself_are_no_gifts(
        self, mine: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        me = [line(product.id, gift_to_customer_id=customer.id)]
        steam_ids = (customer.steam_id, int(customer.steam_id or 0))
        me += [line(product.id, gift_to={"platform": "steam", "id": id}) for id in steam_ids]

        opened = (await mine.post(PATH, json=basket(*me))).json()

        async with inside(store.id) as context:
            assert [one.gift_to_customer_id for one in await lines_of(context, opened["id"])] == [None, None, None]

    async def test_to_a_customer_of_another_store_are_refused(
        self, mine: ContractClient, other: SeededStore, product: Product, inside: Inside
    ) -> None:
        async with inside(other.id) as context:
            foreign = await add_customer(context)

        answer = await mine.post(PATH, json=basket(line(product.id, gift_to_customer_id=foreign.id)))

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "lines[0].gift_to_customer_id")
