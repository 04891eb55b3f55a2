"""API keys: made, used, revoked and expired."""

from datetime import timedelta

import pytest

from sutler.kernel import clock
from sutler.kernel.errors import InvalidInput, NotFound
from sutler.stores.api_keys.models import ApiKey
from sutler.stores.api_keys.service import EVERYTHING, create_key, list_keys, revoke_key
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.make.stores import key


class TestCreateKey:
    async def test_gives_a_token_of_the_known_shape_and_keeps_only_its_digest(
        self, inside: Inside, store: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            made, token = await create_key(context, " CI ", ["order_read", "customer_read", "customer_read"])

        assert token.startswith("pnapi_v1_")
        assert len(token) == 53
        assert (made.name, made.permissions) == ("CI", ["customer_read", "order_read"])
        assert token.startswith(made.hint)
        assert len(made.hint) == 13
        assert token.encode() not in made.token_digest

    @pytest.mark.parametrize("name", ["", "   ", "x" * 51])
    async def test_refuses_a_name_that_is_blank_or_too_long(self, inside: Inside, store: SeededStore, name: str) -> None:
        with pytest.raises(InvalidInput, match="name"):
            async with inside(store.id) as context:
                await create_key(context, name, ["*"])

    @pytest.mark.parametrize("permissions", [[], ["Customer_Read"], ["customer read"], ["_"], ["**"]])
    async def test_refuses_what_cannot_be_a_permission(
        self, inside: Inside, store: SeededStore, permissions: list[str]
    ) -> None:
        with pytest.raises(InvalidInput, match="permissions"):
            async with inside(store.id) as context:
                await create_key(context, "CI", permissions)


class TestUse:
    async def test_permits_what_the_key_names(self, client: ClientFactory, inside: Inside, store: SeededStore) -> None:
        limited = client(await key(inside, store.id, "store_read", "customer_read"))

        assert (await limited.get(f"/v1/stores/{store.id}")).status_code == 200
        assert (await limited.get(f"/v1/stores/{store.id}/customers")).status_code == 200
        assert (await limited.get(f"/v1/stores/{store.id}/products")).status_code == 403

    @pytest.mark.parametrize("form", ["APIKey {}", "apikey {}", "Bearer {}", "{}"])
    async def test_works_in_every_form_that_clients_send(self, client: ClientFactory, store: SeededStore, form: str) -> None:
        answer = await client(form.format(store.api_key)).get("/v1/stores")

        assert answer.status_code == 200

    async def test_with_a_star_permits_what_later_versions_add(self) -> None:
        assert "a_permission_of_the_future" in EVERYTHING

    async def test_ends_when_the_key_expires(self, client: ClientFactory, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            _, old = await create_key(context, "old", ["*"], clock.now() - timedelta(seconds=1))
            _, new = await create_key(context, "new", ["*"], clock.now() + timedelta(hours=1))

        assert (await client(f"APIKey {old}").get("/v1/stores")).status_code == 401
        assert (await client(f"APIKey {new}").get("/v1/stores")).status_code == 200

    async def test_is_refused_for_a_key_that_nobody_made(self, client: ClientFactory, store: SeededStore) -> None:
        answer = await client(f"APIKey pnapi_v1_{'2' * 44}").get("/v1/stores")

        assert (answer.status_code, answer.json()["code"]) == (401, "Unauthorized")


class TestRevokeKey:
    async def test_ends_the_use_of_the_key_at_once(self, client: ClientFactory, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            made, token = await create_key(context, "leaked", ["*"])
        caller = client(f"APIKey {token}")
        assert (await caller.get("/v1/stores")).status_code == 200

        async with inside(store.id) as context:
            revoked = await revoke_key(context, made.id)

        assert revoked.revoked_at is not None
        assert (await caller.get("/v1/stores")).status_code == 401

    async def test_knows_no_key_of_another_store(self, inside: Inside, store: SeededStore, other: SeededStore) -> None:
        async with inside(store.id) as context:
            made, _ = await create_key(context, "ours", ["*"])

        with pytest.raises(NotFound):
            async with inside(other.id) as context:
                await revoke_key(context, made.id)

    async def test_works_once(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            made, _ = await create_key(context, "ours", ["*"])
            await revoke_key(context, made.id)

        with pytest.raises(NotFound):
            async with inside(store.id) as context:
                await revoke_key(context, made.id)


class TestListKeys:
    async def test_shows_the_store_s_keys_with_those_that_were_revoked(
        self, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            made, _ = await create_key(context, "second", ["*"])
            await revoke_key(context, made.id)
            found: list[ApiKey] = await list_keys(context)

        assert [known.name for known in found] == ["test", "second"]
        assert [known.revoked_at is None for known in found] == [True, False]
