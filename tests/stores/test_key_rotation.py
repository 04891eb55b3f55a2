"""API keys that get a new token, and the time of their last use."""

from datetime import timedelta

import pytest

from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.errors import InvalidInput, NotFound
from sutler.stores.api_keys.models import ApiKey
from sutler.stores.api_keys.service import create_key, list_keys, revoke_key, rotate_key, write_down_uses
from tests.conftest import ClientFactory, Inside, SeededStore


async def works(client: ClientFactory, token: str) -> bool:
    """Whether a token is taken."""
    status = (await client(f"APIKey {token}").get("/v1/stores")).status_code
    assert status in (200, 401)
    return status == 200


class TestRotateKey:
    async def test_ends_the_old_token_at_once_unless_told_otherwise(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            made, old = await create_key(context, "CI", ["*"])
        assert await works(client, old)

        async with inside(store.id) as context:
            rotated, new = await rotate_key(context, made.id)

        assert (rotated.id, rotated.name, rotated.permissions) == (made.id, "CI", ["*"])
        assert new.startswith(rotated.hint)
        assert (await works(client, old), await works(client, new)) == (False, True)

    async def test_lets_both_tokens_work_until_the_old_one_ends(
        self, client: ClientFactory, inside: Inside, store: SeededStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with inside(store.id) as context:
            made, old = await create_key(context, "CI", ["*"])
            _, new = await rotate_key(context, made.id, clock.real_now() + timedelta(hours=1))
        assert (await works(client, old), await works(client, new)) == (True, True)

        async with inside(store.id) as context:
            key = await context.get(ApiKey, made.id)
            await context.change(key, {"previous_until": clock.real_now() - timedelta(seconds=1)})
            context.notify("credentials")

        assert (await works(client, old), await works(client, new)) == (False, True)

    async def test_ends_the_token_before_the_last_at_once(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        soon = clock.real_now() + timedelta(hours=1)
        async with inside(store.id) as context:
            made, first = await create_key(context, "CI", ["*"])
            _, second = await rotate_key(context, made.id, soon)
            _, third = await rotate_key(context, made.id, soon)

        assert [await works(client, token) for token in (first, second, third)] == [False, True, True]

    async def test_is_undone_by_revoking_the_key_for_both_tokens(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            made, old = await create_key(context, "CI", ["*"])
            _, new = await rotate_key(context, made.id, clock.real_now() + timedelta(hours=1))
        assert await works(client, old)

        async with inside(store.id) as context:
            await revoke_key(context, made.id)

        assert [await works(client, token) for token in (old, new)] == [False, False]
        with pytest.raises(NotFound):
            async with inside(store.id) as context:
                await rotate_key(context, made.id)

    async def test_refuses_an_overlap_without_end(self, inside: Inside, store: SeededStore) -> None:
        with pytest.raises(InvalidInput, match="90 days"):
            async with inside(store.id) as context:
                made, _ = await create_key(context, "CI", ["*"])
                await rotate_key(context, made.id, clock.real_now() + timedelta(days=91))


class TestLastUse:
    async def test_is_written_down_by_a_sweep_and_not_by_the_request(
        self, client: ClientFactory, inside: Inside, store: SeededStore, database: Database
    ) -> None:
        async with inside(store.id) as context:
            made, token = await create_key(context, "CI", ["*"])
        before = clock.real_now()
        assert await works(client, token)
        async with inside(store.id) as context:
            assert (await context.get(ApiKey, made.id)).last_used_at is None

        await write_down_uses(database)

        async with inside(store.id) as context:
            by_name = {key.name: key for key in await list_keys(context)}
        used = by_name["CI"].last_used_at
        assert used is not None
        assert before <= used <= clock.real_now()
        assert by_name["test"].last_used_at is None

    async def test_never_goes_back(
        self, client: ClientFactory, inside: Inside, store: SeededStore, database: Database
    ) -> None:
        later = clock.real_now() + timedelta(minutes=5)  # as another process wrote it
        async with inside(store.id) as context:
            made, token = await create_key(context, "CI", ["*"])
            await context.change(made, {"last_used_at": later})
        assert await works(client, token)

        await write_down_uses(database)

        async with inside(store.id) as context:
            assert (await context.get(ApiKey, made.id)).last_used_at == later
