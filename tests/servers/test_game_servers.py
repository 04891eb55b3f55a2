"""Game servers over the management API, and their tokens."""

import pytest
from msgspec import structs

from sutler.kernel import secrets
from sutler.kernel.data.database import Database
from sutler.kernel.edge.auth import Authenticator
from sutler.kernel.errors import Forbidden, Unauthorized
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.schemas import shown
from sutler.servers.game_servers.service import GAME_SERVERS, game_servers
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.servers import made_game_server, new_game_server
from tests.make.stores import counted, key


class TestCreateGameServer:
    async def test_gives_the_server_a_token(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_game_server(api, store.id, name=" Survival ")

        assert (made["store_id"], made["name"], made["enabled"]) == (store.id, "Survival", True)
        assert len(made["token"]) == 44
        assert made["token_reset_at"] is None

    async def test_shows_a_blank_link_and_the_creator_where_the_contract_wants_something(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        made = await made_game_server(api, store.id)

        assert made["linked_to"] == {
            "ip": "", "hostname": "", "platform": "", "version": "", "saved_at": made["created_at"],
            "last_fetched_commands_at": None, "last_fetched_commands_from_ip": None,
        }  # fmt: skip
        assert made["created_by"]["type"] == "api_key"
        assert made["updated_by"] == made["created_by"]
        assert made["updated_at"] is None

    async def test_keeps_the_token_sealed(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        made = await made_game_server(api, store.id)

        async with inside(store.id) as context:
            kept = await context.get(GameServer, made["id"])

        assert made["token"].encode() not in kept.token_sealed + kept.token_digest

    @pytest.mark.parametrize(
        ("changes", "path"),
        [({"name": ""}, "name"), ({"name": "  "}, "name"), ({"name": "x" * 101}, "name"), ({"name": None}, "name"),
         ({"name": "a\u202eb"}, "name"), ({"name": "a\nb"}, "name"), ({"enabled": "yes"}, "enabled")],
    )  # fmt: skip
    async def test_refuses_what_is_not_a_game_server(
        self, api: ContractClient, store: SeededStore, changes: dict[str, object], path: str
    ) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/gameservers", json=new_game_server(**changes))

        assert answer.status_code == 400
        assert [error["path"] for error in answer.json()["errors"]] == [path]

    async def test_makes_one_server_when_the_request_comes_twice(self, api: ContractClient, store: SeededStore) -> None:
        headers = {"Idempotency-Key": "once"}

        first = await api.post(f"/v1/stores/{store.id}/gameservers", json=new_game_server(), headers=headers)
        second = await api.post(f"/v1/stores/{store.id}/gameservers", json=new_game_server(), headers=headers)

        assert second.json() == first.json()
        assert len((await api.get(f"/v1/stores/{store.id}/gameservers")).json()) == 1

    async def test_needs_its_own_permission(self, client: ClientFactory, inside: Inside, store: SeededStore) -> None:
        limited = client(await key(inside, store.id, "game_server_read", "game_server_update"))

        assert (await limited.post(f"/v1/stores/{store.id}/gameservers", json=new_game_server())).status_code == 403


class TestGetGameServers:
    async def test_lists_the_store_s_servers_with_their_tokens_oldest_first(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        made = [await made_game_server(api, store.id, name=name) for name in ("first", "second")]
        await made_game_server(client(f"APIKey {other.api_key}"), other.id)

        assert (await api.get(f"/v1/stores/{store.id}/gameservers")).json() == made

    async def test_takes_one_statement(self, api: ContractClient, database: Database, store: SeededStore) -> None:
        for number in range(3):
            await made_game_server(api, store.id, name=f"Server {number}")

        with counted(database) as statements:
            await api.get(f"/v1/stores/{store.id}/gameservers")

        assert len(statements) == 1

    async def test_refuses_the_key_of_another_store(self, api: ContractClient, other: SeededStore) -> None:
        assert (await api.get(f"/v1/stores/{other.id}/gameservers")).status_code == 403

    async def test_shows_no_token_that_this_installation_cannot_unseal(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        made = await made_game_server(api, store.id)
        async with inside(store.id) as context:
            kept = await context.get(GameServer, made["id"])

        secrets.install(secrets.Sealer([b"another key of 32 bytes length!!"]))

        assert shown(kept).token is None


class TestGetGameServer:
    async def test_shows_the_server_as_the_only_one_of_a_list(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_game_server(api, store.id)

        assert (await api.get(f"/v1/stores/{store.id}/gameservers/{made['id']}")).json() == [made]

    async def test_shows_where_the_server_linked_from(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        made = await made_game_server(api, store.id)
        async with inside(store.id) as context:
            linked = await context.change(
                await context.get(GameServer, made["id"]),
                {"link_ip": "192.0.2.7", "link_hostname": "host", "link_platform": "Minecraft", "link_version": "0.1.2"},
            )

        link = shown(structs.replace(linked, linked_at=linked.updated_at)).linked_to

        assert (link.ip, link.hostname, link.platform, link.version) == ("192.0.2.7", "host", "Minecraft", "0.1.2")
        assert link.saved_at == linked.updated_at

    async def test_knows_no_server_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_game_server(client(f"APIKey {other.api_key}"), other.id)

        answer = await api.get(f"/v1/stores/{store.id}/gameservers/{theirs['id']}")

        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")

    async def test_needs_the_permission_to_read_game_servers(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        limited = client(await key(inside, store.id, "game_server_create"))

        assert (await limited.get(f"/v1/stores/{store.id}/gameservers/1")).status_code == 403


class TestUpdateGameServer:
    async def test_changes_what_is_given(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_game_server(api, store.id)
        path = f"/v1/stores/{store.id}/gameservers/{made['id']}"

        renamed = (await api.patch(path, json={"name": " Creative "})).json()
        disabled = (await api.patch(path, json={"enabled": False})).json()

        assert renamed == made | {"name": "Creative", "updated_at": renamed["updated_at"]}
        assert (disabled["name"], disabled["enabled"], disabled["token"]) == ("Creative", False, made["token"])
        assert (await api.get(path)).json() == [disabled]

    @pytest.mark.parametrize(
        "changes", [{"name": " "}, {"name": None}, {"enabled": None}, {"enabled": 1}, {"name": "x" * 101}]
    )
    async def test_refuses_what_is_not_a_game_server(
        self, api: ContractClient, store: SeededStore, changes: dict[str, object]
    ) -> None:
        made = await made_game_server(api, store.id)
        path = f"/v1/stores/{store.id}/gameservers/{made['id']}"

        answer = await api.patch(path, json=changes)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, list(changes))
        assert (await api.get(path)).json() == [made]

    async def test_lets_a_disabled_server_in_again_with_its_old_token(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        server = await made_game_server(api, store.id)
        path, plugin = f"/v1/stores/{store.id}/gameservers/{server['id']}", client(f"Gameserver {server['token']}")

        statuses = []
        for enabled in (True, False, True):
            await api.patch(path, json={"enabled": enabled})
            statuses.append((await plugin.get("/v1/delivery/command-queue")).status_code)

        assert statuses == [200, 403, 200]


class TestDeleteGameServer:
    async def test_takes_the_server_away_and_its_token_at_once(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        server, left = await made_game_server(api, store.id), await made_game_server(api, store.id, name="Left")
        path, plugin = f"/v1/stores/{store.id}/gameservers/{server['id']}", client(f"Gameserver {server['token']}")
        assert (await plugin.get("/v1/delivery/command-queue")).status_code == 200

        answer = await api.delete(path)

        assert (answer.status_code, answer.content) == (204, b"")
        assert (await plugin.get("/v1/delivery/command-queue")).status_code == 401
        assert (await api.get(f"/v1/stores/{store.id}/gameservers")).json() == [left]
        gone = [
            await api.delete(path),
            await api.get(path),
            await api.patch(path, json={}),
            await api.post(f"{path}/reset-token"),
        ]
        assert [one.status_code for one in gone] == [404] * 4

    async def test_leaves_products_without_the_server(self, api: ContractClient, store: SeededStore) -> None:
        server = await made_game_server(api, store.id)
        body = {"name": "VIP", "description": "A rank.", "price": 999, "gameservers": [server["id"]]}
        path = f"/v1/stores/{store.id}/products"
        product = (await api.post(path, json=body)).json()

        await api.delete(f"/v1/stores/{store.id}/gameservers/{server['id']}")
        shown = (await api.get(f"{path}/{product['id']}")).json()
        refused = await api.post(path, json=body | {"slug": "another"})

        assert (product["gameservers"][0]["id"], shown["gameservers"]) == (server["id"], [])
        assert (refused.status_code, refused.json()["errors"][0]["path"]) == (400, "gameservers[0]")


class TestResetGameServerToken:
    async def test_kills_the_old_token_at_once(
        self, app: object, api: ContractClient, database: Database, store: SeededStore
    ) -> None:
        old = await made_game_server(api, store.id)
        authenticator = Authenticator(database, [GAME_SERVERS])

        new = (await api.post(f"/v1/stores/{store.id}/gameservers/{old['id']}/reset-token")).json()

        assert new["token"] != old["token"]
        assert new["token_reset_at"] is not None
        assert new["updated_by"]["type"] == "api_key"
        with pytest.raises(Unauthorized):
            await authenticator.grant(f"Gameserver {old['token']}".encode())
        assert (await authenticator.grant(f"Gameserver {new['token']}".encode())).actor.id == old["id"]

    async def test_is_heard_of_by_processes_that_remember_the_old_token(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        server = await made_game_server(api, store.id)
        plugin = client(f"Gameserver {server['token']}")
        assert (await plugin.get("/v1/stores")).status_code == 403  # known, but no key

        await api.post(f"/v1/stores/{store.id}/gameservers/{server['id']}/reset-token")

        assert (await plugin.get("/v1/stores")).status_code == 401

    async def test_knows_no_server_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_game_server(client(f"APIKey {other.api_key}"), other.id)

        assert (await api.post(f"/v1/stores/{store.id}/gameservers/{theirs['id']}/reset-token")).status_code == 404

    async def test_needs_the_permission_to_update_game_servers(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        limited = client(await key(inside, store.id, "game_server_read"))

        assert (await limited.post(f"/v1/stores/{store.id}/gameservers/1/reset-token")).status_code == 403


class TestToken:
    async def test_is_good_for_the_game_server_s_own_operations_only(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        server = await made_game_server(api, store.id)

        answer = await client(f"Gameserver {server['token']}").get(f"/v1/stores/{store.id}/gameservers")

        assert answer.status_code == 403

    @pytest.mark.parametrize("form", ["Gameserver {}", "gameserver {}", "Bearer {}"])
    async def test_says_which_server_of_which_store_it_is(
        self, app: object, api: ContractClient, database: Database, store: SeededStore, form: str
    ) -> None:
        server = await made_game_server(api, store.id)

        grant = await Authenticator(database, [GAME_SERVERS]).grant(form.format(server["token"]).encode())

        assert (grant.actor.type, grant.actor.id, grant.store_id) == ("game_server", server["id"], store.id)
        assert grant.permissions == {"gameserver"}

    async def test_of_a_disabled_server_is_refused(
        self, api: ContractClient, database: Database, store: SeededStore
    ) -> None:
        server = await made_game_server(api, store.id, enabled=False)

        with pytest.raises(Forbidden, match=r"This game server is disabled\."):
            await Authenticator(database, [GAME_SERVERS]).grant(f"Gameserver {server['token']}".encode())


class TestGameServers:
    async def test_are_found_by_id_in_their_own_store_only(
        self, api: ContractClient, client: ClientFactory, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        ours = await made_game_server(api, store.id)
        theirs = await made_game_server(client(f"APIKey {other.api_key}"), other.id)

        async with inside(store.id) as context:
            found = await game_servers(context, [ours["id"], theirs["id"], "7"])

        assert list(found) == [ours["id"]]
