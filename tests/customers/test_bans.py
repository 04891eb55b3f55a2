"""Bans over the management API, and what they keep from happening."""

from datetime import timedelta

import pytest

from sutler.customers.bans.models import Ban, BanIdentity, BanType
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.bans import ban_of, identity, made_ban
from tests.make.billing import attempt
from tests.make.checkout import add_customer, add_product, checkout, line, open_checkout
from tests.make.customers import made_customer, signed_in, steam_id
from tests.make.stores import counted, key

STEAM = "76561198000000001"


class TestCreate:
    async def test_answers_201_with_the_identities_in_their_one_form(self, api: ContractClient, store: SeededStore) -> None:
        ban = await made_ban(
            api, store.id, identity("ip", "10.1.2.3/8"), identity("ip", "::ffff:192.0.2.7"),
            identity("ip", "2001:DB8::0/32"), identity("email", " Eve@Example.org "), identity("steam", STEAM),
        )  # fmt: skip

        assert [one["ban_type_value"] for one in ban["identities"]] == [
            "10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "Eve@Example.org", STEAM,
        ]  # fmt: skip
        assert (ban["reason"], ban["enabled"], ban["expires_at"], ban["updated_at"]) == ("Chargeback", True, None, None)
        assert ban["created_by"]["type"] == "api_key"
        assert "updated_by" not in ban

    async def test_keeps_an_identity_that_is_named_twice_once(self, api: ContractClient, store: SeededStore) -> None:
        ban = await made_ban(api, store.id, identity("customer_name", "Eve"), identity("customer_name", "EVE"))

        assert ban["identities"] == [identity("customer_name", "Eve")]

    @pytest.mark.parametrize(
        ("ban_type", "value"),
        [
            ("steam", "123"), ("steam", "eve"), ("ip", "10.0.0.256"), ("ip", "10.0.0.0/33"), ("ip", "10.0.0.0/255.0.0.0"),
            ("ip", "fe80::1%eth0"), ("ip", "example.org"), ("ip", ""), ("customer", "eve"), ("customer_name", "  "),
            ("email", "eve"), ("email", "a@b@c"), ("unknown", "eve"),
        ],
    )  # fmt: skip
    async def test_refuses_what_cannot_be_an_identity_of_its_type(
        self, api: ContractClient, store: SeededStore, ban_type: str, value: str
    ) -> None:
        body = {"identities": [identity("steam", STEAM), identity(ban_type, value)]}

        answer = await api.post(f"/v1/stores/{store.id}/bans", json=body)

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")
        assert [error["path"] for error in answer.json()["errors"]] == ["identities[1].ban_type_value"]

    @pytest.mark.parametrize("body", [{}, {"identities": None}, {"identities": []}])
    async def test_refuses_a_ban_for_nobody(self, api: ContractClient, store: SeededStore, body: dict[str, object]) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/bans", json=body)

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "identities")

    async def test_refuses_a_ban_that_is_over(self, api: ContractClient, store: SeededStore) -> None:
        over = (clock.now() - timedelta(seconds=1)).isoformat()

        answer = await api.post(
            f"/v1/stores/{store.id}/bans", json={"identities": [identity("steam", STEAM)], "expires_at": over}
        )

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "expires_at")

    async def test_answers_a_repeated_request_with_the_first_ban(self, api: ContractClient, store: SeededStore) -> None:
        body = {"identities": [identity("steam", STEAM)]}
        headers = {"Idempotency-Key": "once"}

        first = await api.post(f"/v1/stores/{store.id}/bans", json=body, headers=headers)
        second = await api.post(f"/v1/stores/{store.id}/bans", json=body, headers=headers)

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.content == second.content
        assert len((await api.get(f"/v1/stores/{store.id}/bans")).json()) == 1

    async def test_needs_the_permission(self, client: ClientFactory, inside: Inside, store: SeededStore) -> None:
        limited = client(await key(inside, store.id, "ban_read", "ban_update", "ban_delete"))

        answer = await limited.post(f"/v1/stores/{store.id}/bans", json={"identities": [identity("steam", STEAM)]})

        assert answer.status_code == 403


class TestGet:
    async def test_shows_what_was_made(self, api: ContractClient, store: SeededStore) -> None:
        ban = await made_ban(api, store.id, identity("steam", STEAM), identity("customer_name", "Eve"))

        assert (await api.get(f"/v1/stores/{store.id}/bans/{ban['id']}")).json() == ban

    async def test_knows_no_ban_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_ban(client(f"APIKey {other.api_key}"), other.id, identity("steam", STEAM))

        assert (await api.get(f"/v1/stores/{store.id}/bans/{theirs['id']}")).status_code == 404
        assert (await api.get(f"/v1/stores/{other.id}/bans/{theirs['id']}")).status_code == 403


class TestList:
    async def test_shows_the_newest_first_with_their_identities(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        first = await made_ban(api, store.id, identity("steam", STEAM))
        second = await made_ban(api, store.id, identity("customer_name", "Eve"), enabled=False)
        await made_ban(client(f"APIKey {other.api_key}"), other.id, identity("steam", STEAM))

        assert (await api.get(f"/v1/stores/{store.id}/bans")).json() == [second, first]
        assert (await api.get(f"/v1/stores/{store.id}/bans", params={"asc": "true", "limit": 1})).json() == [first]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"ban_type": "steam"}, ["steam"]),
            ({"ban_type": "email", "ban_type_value": "eve@example.ORG"}, ["email"]),
            ({"ban_type_value": "EVE@example.org"}, ["email"]),
            ({"ban_type": "ip", "ban_type_value": "10.9.9.9/8"}, ["ip"]),
            ({"ban_type": "ip", "ban_type_value": "nonsense"}, []),
            ({"ban_type": "customer_name"}, []),
            ({"reason": "100%"}, ["email"]),
            ({"reason": "HARGEB"}, ["steam"]),
            ({"reason": "_"}, []),
        ],
    )
    async def test_shows_those_that_a_filter_lets_through(
        self, api: ContractClient, store: SeededStore, query: dict[str, str], expected: list[str]
    ) -> None:
        await made_ban(api, store.id, identity("steam", STEAM))
        await made_ban(api, store.id, identity("email", "Eve@example.org"), reason="A 100% fraud")
        await made_ban(api, store.id, identity("ip", "10.0.0.0/8"), reason="Proxies")

        found = (await api.get(f"/v1/stores/{store.id}/bans", params=query)).json()

        assert [ban["identities"][0]["ban_type"] for ban in found] == expected

    async def test_takes_two_statements_however_long_it_is(
        self, api: ContractClient, store: SeededStore, database: Database
    ) -> None:
        for _ in range(3):
            await made_ban(api, store.id, identity("steam", STEAM), identity("customer_name", "Eve"))

        with counted(database) as statements:
            await api.get(f"/v1/stores/{store.id}/bans")

        assert len(statements) == 2


class TestUpdate:
    async def test_keeps_what_is_left_out(self, api: ContractClient, store: SeededStore) -> None:
        ban = await made_ban(api, store.id, identity("steam", STEAM))

        changed = (await api.patch(f"/v1/stores/{store.id}/bans/{ban['id']}", json={"enabled": False})).json()

        assert (changed["enabled"], changed["reason"], changed["identities"]) == (False, "Chargeback", ban["identities"])
        assert changed["updated_by"]["type"] == "api_key"

    async def test_replaces_the_identities_that_are_given(self, api: ContractClient, store: SeededStore) -> None:
        ban = await made_ban(api, store.id, identity("steam", STEAM), identity("customer_name", "Eve"))
        path = f"/v1/stores/{store.id}/bans/{ban['id']}"

        await api.patch(path, json={"identities": [identity("customer_name", "eve"), identity("email", "e@example.org")]})

        assert [one["ban_type"] for one in (await api.get(path)).json()["identities"]] == ["customer_name", "email"]
        assert await ban_of(api, store.id, identity("steam", STEAM)) is None
        assert await ban_of(api, store.id, identity("email", "e@example.org")) == ban["id"]

    async def test_clears_the_reason_and_the_end_by_null_and_keeps_the_identities(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        end = (clock.now() + timedelta(days=1)).isoformat()
        ban = await made_ban(api, store.id, identity("steam", STEAM), expires_at=end)
        nothing = {"reason": None, "expires_at": None, "identities": None, "enabled": None}

        changed = (await api.patch(f"/v1/stores/{store.id}/bans/{ban['id']}", json=nothing)).json()

        assert (changed["reason"], changed["expires_at"], changed["enabled"]) == ("", None, True)
        assert changed["identities"] == ban["identities"]

    async def test_refuses_to_leave_nobody(self, api: ContractClient, store: SeededStore) -> None:
        ban = await made_ban(api, store.id, identity("steam", STEAM))

        answer = await api.patch(f"/v1/stores/{store.id}/bans/{ban['id']}", json={"identities": []})

        assert answer.status_code == 400
        assert await ban_of(api, store.id, identity("steam", STEAM)) == ban["id"]

    async def test_knows_no_ban_with_another_id(self, api: ContractClient, store: SeededStore) -> None:
        assert (await api.patch(f"/v1/stores/{store.id}/bans/1", json={})).status_code == 404


class TestDelete:
    async def test_lifts_the_ban_and_leaves_nothing(self, api: ContractClient, store: SeededStore, inside: Inside) -> None:
        ban = await made_ban(api, store.id, identity("steam", STEAM))
        path = f"/v1/stores/{store.id}/bans/{ban['id']}"

        assert (await api.delete(path)).status_code == 204

        assert (await api.get(path)).status_code == 404
        assert (await api.delete(path)).status_code == 404
        async with inside(store.id) as context:
            assert await context.count(context.rows(Ban)) == 0
            assert await context.count(context.rows(BanIdentity)) == 0


class TestCheck:
    @pytest.mark.parametrize(
        ("banned", "shown"),
        [
            (("steam", STEAM), ("steam", f" {STEAM} ")),
            (("ip", "203.0.113.9"), ("ip", "203.0.113.9")),
            (("ip", "203.0.113.0/24"), ("ip", "203.0.113.255")),
            (("ip", "203.0.113.0/24"), ("ip", "::ffff:203.0.113.1")),
            (("ip", "203.0.113.0/24"), ("ip", "203.0.113.64/26")),
            (("ip", "0.0.0.0/0"), ("ip", "198.51.100.1")),
            (("ip", "2001:db8::/32"), ("ip", "2001:DB8:1:2:3:4:5:6")),
            (("ip", "::/0"), ("ip", "2001:db8::1")),
            (("customer", "411486491630370816"), ("customer", "411486491630370816")),
            (("customer_name", "Straße"), ("customer_name", "STRASSE")),
            (("email", "Eve@Example.org"), ("email", "eVE@eXAMPLE.ORG")),
        ],
    )
    async def test_finds_the_ban(
        self, api: ContractClient, store: SeededStore, banned: tuple[str, str], shown: tuple[str, str]
    ) -> None:
        ban = await made_ban(api, store.id, identity(*banned))

        assert await ban_of(api, store.id, identity("steam", "76561198000000999"), identity(*shown)) == ban["id"]

    @pytest.mark.parametrize(
        ("banned", "shown"),
        [
            (("ip", "203.0.113.0/24"), ("ip", "203.0.114.0")),
            (("ip", "203.0.113.64/26"), ("ip", "203.0.113.0/24")),
            (("ip", "0.0.0.0/0"), ("ip", "2001:db8::1")),
            (("customer_name", "eve@example.org"), ("email", "eve@example.org")),
            (("customer_name", "Eve"), ("customer_name", "Evelyn")),
        ],
    )
    async def test_finds_nothing_for_others(
        self, api: ContractClient, store: SeededStore, banned: tuple[str, str], shown: tuple[str, str]
    ) -> None:
        await made_ban(api, store.id, identity(*banned))

        assert await ban_of(api, store.id, identity(*shown)) is None

    async def test_finds_nothing_for_nobody(self, api: ContractClient, store: SeededStore) -> None:
        assert await ban_of(api, store.id) is None

    async def test_finds_only_bans_in_force(self, api: ContractClient, store: SeededStore, inside: Inside) -> None:
        disabled = await made_ban(api, store.id, identity("steam", STEAM), enabled=False)
        over = await made_ban(
            api, store.id, identity("steam", STEAM), expires_at=(clock.now() + timedelta(hours=1)).isoformat()
        )
        assert await ban_of(api, store.id, identity("steam", STEAM)) == over["id"]

        past = (clock.now() - timedelta(seconds=1)).isoformat()
        await api.patch(f"/v1/stores/{store.id}/bans/{over['id']}", json={"expires_at": past})

        assert await ban_of(api, store.id, identity("steam", STEAM)) is None
        await api.patch(f"/v1/stores/{store.id}/bans/{disabled['id']}", json={"enabled": True})
        assert await ban_of(api, store.id, identity("steam", STEAM)) == disabled["id"]

    async def test_finds_no_ban_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        await made_ban(client(f"APIKey {other.api_key}"), other.id, identity("steam", STEAM))

        assert await ban_of(api, store.id, identity("steam", STEAM)) is None

    async def test_is_one_statement(self, api: ContractClient, store: SeededStore, database: Database) -> None:
        await made_ban(api, store.id, identity("ip", "2001:db8::/32"))

        with counted(database) as statements:
            await ban_of(api, store.id, identity("ip", "2001:db8::1"), identity("steam", STEAM))

        assert len(statements) == 1

    async def test_refuses_what_cannot_be_an_identity(self, api: ContractClient, store: SeededStore) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/bans/check", json={"identities": [identity("ip", "here")]})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "identities[0].ban_type_value")


class TestBanned:
    @pytest.mark.parametrize(
        "banned",
        [
            ("steam", "STEAM"), ("customer", "ID"), ("customer_name", "eVE"), ("email", "EVE@example.org"),
            ("email", "Bill@example.org"),
        ],
    )  # fmt: skip
    async def test_customers_get_no_checkout(
        self, api: ContractClient, store: SeededStore, inside: Inside, banned: tuple[str, str]
    ) -> None:
        async with inside(store.id) as context:
            product = await add_product(context)
            customer = await add_customer(context, steam_id=steam_id(), name="Eve", email="eve@Example.org")
        values = {"STEAM": customer.steam_id or "", "ID": customer.id}
        await made_ban(api, store.id, identity(banned[0], values.get(banned[1], banned[1])))
        body = checkout(customer.id, line(product.id), customer_details={"billing_email": "bill@example.org"})

        answer = await api.post(f"/v1/stores/{store.id}/checkouts", json=body)

        assert (answer.status_code, answer.json()["code"]) == (403, "Banned")
        assert "Chargeback" not in answer.text

    async def test_addresses_get_no_checkout_until_the_ban_is_lifted(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            product = await add_product(context)
        customer = await made_customer(api, store.id)
        visitor = client(await signed_in(api, store.id, customer["id"]))
        ban = await made_ban(api, store.id, identity("ip", "203.0.113.0/24"))
        body, here = {"lines": [line(product.id)]}, {"x-paynow-customer-ip": "203.0.113.77"}

        refused = await visitor.post("/v1/checkouts", json=body, headers=here)
        from_elsewhere = await visitor.post("/v1/checkouts", json=body, headers={"x-paynow-customer-ip": "192.0.2.1"})
        await api.delete(f"/v1/stores/{store.id}/bans/{ban['id']}")
        lifted = await visitor.post("/v1/checkouts", json=body, headers=here)

        assert (refused.status_code, refused.json()["code"]) == (403, "Banned")
        assert (from_elsewhere.status_code, lifted.status_code) == (200, 200)

    async def test_customers_still_sign_in(self, api: ContractClient, client: ClientFactory, store: SeededStore) -> None:
        customer = await made_customer(api, store.id)
        await made_ban(api, store.id, identity("customer", customer["id"]))

        visitor = client(await signed_in(api, store.id, customer["id"]))

        assert (await visitor.get("/v1/store/customer")).status_code == 200

    @pytest.mark.parametrize("kind", ["customer", "steam", "customer_name"])
    async def test_customers_get_no_gifts_neither_then_nor_later(
        self, api: ContractClient, store: SeededStore, inside: Inside, kind: BanType
    ) -> None:
        async with inside(store.id) as context:
            product = await add_product(context)
            buyer, eve = await add_customer(context), await add_customer(context, steam_id=steam_id(), name="Eve")
        gift = line(product.id, gift_to={"platform": "steam", "id": eve.steam_id})
        body = checkout(buyer.id, line(product.id), gift)
        opened = await open_checkout(api, store.id, body)
        await made_ban(api, store.id, identity(kind, {"customer": eve.id, "steam": eve.steam_id or ""}.get(kind, "eve")))

        answers = [
            await api.post(f"/v1/stores/{store.id}/checkouts", json=body),
            await attempt(api, store.id, opened["token"]),
        ]

        told = [(answer.status_code, answer.json()["code"]) for answer in answers]
        assert told == [(403, "Banned")] * 2
        assert all("may not receive" in answer.json()["message"] for answer in answers)
        mine = await open_checkout(api, store.id, checkout(buyer.id, line(product.id)))
        assert (await attempt(api, store.id, mine["token"])).status_code == 200
