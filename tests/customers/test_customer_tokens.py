"""Tokens that end: by themselves, with their customer's others, or with all of the store."""

from datetime import timedelta

import httpx2
import pytest

from sutler.app import create_app
from sutler.kernel import clock
from sutler.kernel.data.connect import database as database_at
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.customers import made_customer, signed_in
from tests.make.stores import key

OURS = ("/v1/stores/{storeId}/customers/tokens",)  # the contract has no such operation


@pytest.fixture
def caretaker(api: ContractClient) -> ContractClient:
    """The store's key, used for an operation of our own as well."""
    return ContractClient(transport=api._transport, base_url="http://test", headers=api.headers, allow=OURS)


async def status(caller: ContractClient) -> int:
    """How the storefront receives a customer."""
    return (await caller.get("/v1/store/customer")).status_code


class TestInvalidateCustomerTokens:
    async def test_signs_one_customer_out_at_once(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        alice, bob = await made_customer(api, store.id), await made_customer(api, store.id)
        first, second, others = [client(await signed_in(api, store.id, one["id"])) for one in (alice, alice, bob)]
        assert [await status(caller) for caller in (first, second, others)] == [200, 200, 200]

        answer = await api.delete(f"/v1/stores/{store.id}/customers/{alice['id']}/tokens")

        assert (answer.status_code, answer.content) == (204, b"")
        assert [await status(caller) for caller in (first, second, others)] == [401, 401, 200]

    async def test_leaves_new_tokens_valid(self, api: ContractClient, client: ClientFactory, store: SeededStore) -> None:
        alice = await made_customer(api, store.id)
        await api.delete(f"/v1/stores/{store.id}/customers/{alice['id']}/tokens")

        assert await status(client(await signed_in(api, store.id, alice["id"]))) == 200

    async def test_knows_no_customer_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs_api = client(f"APIKey {other.api_key}")
        theirs = await made_customer(theirs_api, other.id)
        token = client(await signed_in(theirs_api, other.id, theirs["id"]))

        assert (await api.delete(f"/v1/stores/{store.id}/customers/{theirs['id']}/tokens")).status_code == 404
        assert await status(token) == 200

    async def test_needs_the_permission_to_update_customers(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        limited = client(await key(inside, store.id, "customer_read", "store_update"))

        assert (await limited.delete(f"/v1/stores/{store.id}/customers/1/tokens")).status_code == 403


class TestInvalidateStoreCustomerTokens:
    async def test_signs_everybody_out_but_the_customers_of_other_stores(
        self, api: ContractClient, caretaker: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs_api = client(f"APIKey {other.api_key}")
        theirs = await made_customer(theirs_api, other.id)
        stranger = client(await signed_in(theirs_api, other.id, theirs["id"]))
        ours = [client(await signed_in(api, store.id, (await made_customer(api, store.id))["id"])) for _ in range(2)]

        answer = await caretaker.delete(f"/v1/stores/{store.id}/customers/tokens")

        assert answer.status_code == 204
        assert [await status(caller) for caller in (*ours, stranger)] == [401, 401, 200]

    @pytest.mark.parametrize("held", [("store_update",), ("customer_update",), ("customer_read", "store_read")])
    async def test_needs_both_permissions(
        self, client: ClientFactory, inside: Inside, store: SeededStore, held: tuple[str, ...]
    ) -> None:
        answer = await client(await key(inside, store.id, *held)).delete(f"/v1/stores/{store.id}/customers/tokens")

        assert answer.status_code == 403
        assert "customer_update" in answer.json()["message"]

    async def test_is_enough_to_have_both_permissions(
        self, caretaker: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        caretaker.headers["authorization"] = await key(inside, store.id, "store_update", "customer_update")

        assert (await caretaker.delete(f"/v1/stores/{store.id}/customers/tokens")).status_code == 204

    async def test_is_heard_by_another_process(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, database_url: str
    ) -> None:
        alice = await made_customer(api, store.id)
        token = await signed_in(api, store.id, alice["id"])
        elsewhere = create_app(database_at(database_url), works=False)
        async with elsewhere.running():
            transport = httpx2.ASGITransport(app=elsewhere, raise_app_exceptions=False)
            async with ContractClient(
                transport=transport, base_url="http://test", headers={"Authorization": token}
            ) as there:
                assert await status(there) == 200

                await api.delete(f"/v1/stores/{store.id}/customers/{alice['id']}/tokens")

                started = clock.real_now()
                while await status(there) == 200:
                    assert clock.real_now() - started < timedelta(seconds=4)


class TestTokenThatExpires:
    async def test_works_until_then(self, api: ContractClient, client: ClientFactory, store: SeededStore) -> None:
        alice = await made_customer(api, store.id)
        later = (clock.now() + timedelta(hours=1)).isoformat()

        answer = await api.post(f"/v1/stores/{store.id}/customers/{alice['id']}/tokens", json={"expires_at": later})

        assert await status(client(f"Customer {answer.json()['token']}")) == 200

    @pytest.mark.parametrize("moment", ["2020-01-01T00:00:00Z", "2099-01-01T00:00:00", "tomorrow"])
    async def test_cannot_have_expired_and_names_its_zone(
        self, api: ContractClient, store: SeededStore, moment: str
    ) -> None:
        alice = await made_customer(api, store.id)

        answer = await api.post(f"/v1/stores/{store.id}/customers/{alice['id']}/tokens", json={"expires_at": moment})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "expires_at")

    @pytest.mark.parametrize("body", [{}, {"expires_at": None}, None])
    async def test_is_not_what_anybody_gets_who_does_not_ask_for_it(
        self, api: ContractClient, store: SeededStore, body: dict[str, None] | None
    ) -> None:
        alice = await made_customer(api, store.id)

        answer = await api.post(f"/v1/stores/{store.id}/customers/{alice['id']}/tokens", json=body)

        assert len(answer.json()["token"]) == 71
