"""Members over the management API, and what their roles let them do."""

import pytest

from sutler.kernel.data.database import Database
from sutler.kernel.edge.access import permissions
from sutler.kernel.errors import Conflict, Forbidden, InvalidInput
from sutler.stores.members.service import add_member
from sutler.stores.roles.models import RoleInUse
from sutler.stores.roles.service import change_role, create_role, delete_role
from sutler.stores.users.service import disable
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.people import add_role, add_user, join, own, signed_in
from tests.make.stores import key


class TestRights:
    async def test_are_those_of_the_role_in_the_store_that_the_path_names(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        user = await add_user(database)
        await join(inside, store.id, user, await add_role(inside, store.id, "customer_read", "customer_create"))
        await join(inside, other.id, user, await add_role(inside, other.id, "product_read"))
        caller = client(await signed_in(database, user))

        made = await caller.post(f"/v1/stores/{store.id}/customers", json={"name": "Alex"})

        assert made.status_code == 200
        assert (await caller.get(f"/v1/stores/{store.id}/customers")).status_code == 200
        assert (await caller.get(f"/v1/stores/{other.id}/products")).status_code == 200
        assert (await caller.get(f"/v1/stores/{other.id}/customers")).status_code == 403
        assert (await caller.get(f"/v1/stores/{store.id}/products")).status_code == 403

    async def test_are_none_without_a_role(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        user = await add_user(database)
        await join(inside, store.id, user)

        answer = await client(await signed_in(database, user)).get(f"/v1/stores/{store.id}")

        assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")

    async def test_are_none_in_a_store_of_others(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        user = await add_user(database)
        await own(inside, other.id, user)

        answer = await client(await signed_in(database, user)).get(f"/v1/stores/{store.id}")

        assert (answer.status_code, answer.json()["message"]) == (403, "You are not a member of this store.")

    async def test_are_all_for_the_owner(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        user = await add_user(database)
        await own(inside, store.id, user)
        caller = client(await signed_in(database, user))

        held = (await caller.get(f"/v1/stores/{store.id}/members/{user.id}/permissions")).json()

        assert set(held) == permissions()
        assert all(held.values())

    async def test_do_not_reach_what_customers_and_game_servers_do(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        user = await add_user(database)
        await own(inside, store.id, user)
        caller = client(await signed_in(database, user))

        assert (await caller.get("/v1/store/customer")).status_code == 403
        assert (await caller.post("/v1/delivery/command-queue", json={})).status_code == 403

    async def test_follow_a_change_of_the_role_at_once(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        user = await add_user(database)
        role = await add_role(inside, store.id, "customer_read")
        await join(inside, store.id, user, role)
        caller = client(await signed_in(database, user))
        assert (await caller.get(f"/v1/stores/{store.id}/customers")).status_code == 200

        async with inside(store.id) as context:
            await change_role(context, role, ["product_read"], permissions())

        assert (await caller.get(f"/v1/stores/{store.id}/customers")).status_code == 403
        assert (await caller.get(f"/v1/stores/{store.id}/products")).status_code == 200

    async def test_end_when_the_user_is_disabled(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        user = await add_user(database)
        await own(inside, store.id, user)
        caller = client(await signed_in(database, user))
        assert (await caller.get(f"/v1/stores/{store.id}")).status_code == 200

        async with database.writing() as connection:
            await disable(connection, user.id)

        assert (await caller.get(f"/v1/stores/{store.id}")).status_code == 401


class TestGetMembers:
    async def test_lists_who_works_here_with_the_owner(
        self, api: ContractClient, database: Database, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        owner, helper, stranger = [await add_user(database) for _ in range(3)]
        await own(inside, store.id, owner)
        role = await add_role(inside, store.id, "customer_read")
        joined = await join(inside, store.id, helper, role)
        await join(inside, other.id, stranger)

        first, second = (await api.get(f"/v1/stores/{store.id}/members")).json()

        assert (first["user_id"], first["user"]["email"]) == (owner.id, owner.email)
        assert "role_id" not in first
        assert (second["id"], second["user_id"], second["role_id"]) == (joined.id, helper.id, role.id)
        assert second["user"]["type"] == "user"

    async def test_needs_the_permission(self, client: ClientFactory, inside: Inside, store: SeededStore) -> None:
        limited = client(await key(inside, store.id, "store_read"))

        assert (await limited.get(f"/v1/stores/{store.id}/members")).status_code == 403


class TestGetMemberPermissions:
    async def test_tells_for_each_permission_whether_the_member_has_it(
        self, api: ContractClient, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        member = await join(inside, store.id, await add_user(database), await add_role(inside, store.id, "ban_read"))

        held = (await api.get(f"/v1/stores/{store.id}/members/{member.id}/permissions")).json()

        assert set(held) == permissions()
        assert [name for name, has in held.items() if has] == ["ban_read"]

    async def test_knows_no_member_of_another_store(
        self, api: ContractClient, database: Database, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await join(inside, other.id, await add_user(database))

        answer = await api.get(f"/v1/stores/{store.id}/members/{theirs.id}/permissions")

        assert answer.status_code == 404


class TestUpdateMember:
    async def test_gives_another_role(
        self, api: ContractClient, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        user = await add_user(database)
        member = await join(inside, store.id, user)
        caller = client(await signed_in(database, user))
        assert (await caller.get(f"/v1/stores/{store.id}/bans")).status_code == 403
        role = await add_role(inside, store.id, "ban_read")

        answer = await api.patch(f"/v1/stores/{store.id}/members/{member.id}", json={"role_id": role.id})

        assert answer.status_code == 204
        assert (await caller.get(f"/v1/stores/{store.id}/bans")).status_code == 200

    async def test_gives_only_what_the_caller_may_do(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        manager, helper = await add_user(database), await add_user(database)
        await join(inside, store.id, manager, await add_role(inside, store.id, "member_update", "ban_read"))
        member = await join(inside, store.id, helper)
        more = await add_role(inside, store.id, "ban_read", "ban_delete")
        as_much = await add_role(inside, store.id, "ban_read")
        caller, path = client(await signed_in(database, manager)), f"/v1/stores/{store.id}/members/{member.id}"

        refused = await caller.patch(path, json={"role_id": more.id})

        assert (refused.status_code, refused.json()["code"]) == (403, "Forbidden")
        assert "ban_delete" in refused.json()["message"]
        assert (await caller.patch(path, json={"role_id": as_much.id})).status_code == 204

    async def test_takes_nothing_that_the_caller_may_not_do(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        member = await join(inside, store.id, await add_user(database), await add_role(inside, store.id, "*"))
        less = await add_role(inside, store.id, "ban_read")
        limited = client(await key(inside, store.id, "member_update", "ban_read"))

        answer = await limited.patch(f"/v1/stores/{store.id}/members/{member.id}", json={"role_id": less.id})

        assert answer.status_code == 403

    async def test_refuses_to_change_the_owner(
        self, api: ContractClient, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        owner = await add_user(database)
        await own(inside, store.id, owner)
        role = await add_role(inside, store.id, "ban_read")

        answer = await api.patch(f"/v1/stores/{store.id}/members/{owner.id}", json={"role_id": role.id})

        assert (answer.status_code, answer.json()["code"]) == (409, "IsOwner")

    async def test_knows_no_role_of_another_store(
        self, api: ContractClient, database: Database, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        member = await join(inside, store.id, await add_user(database))
        theirs = await add_role(inside, other.id, "ban_read")

        answer = await api.patch(f"/v1/stores/{store.id}/members/{member.id}", json={"role_id": theirs.id})

        assert answer.status_code == 404


class TestKickMember:
    async def test_ends_what_they_may_do_at_once(
        self, api: ContractClient, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        user = await add_user(database)
        member = await join(inside, store.id, user, await add_role(inside, store.id, "ban_read"))
        caller, path = client(await signed_in(database, user)), f"/v1/stores/{store.id}/members/{member.id}"
        assert (await caller.get(f"/v1/stores/{store.id}/bans")).status_code == 200

        assert (await api.delete(path)).status_code == 204

        assert (await caller.get(f"/v1/stores/{store.id}/bans")).status_code == 403
        assert (await api.delete(path)).status_code == 404

    async def test_refuses_to_remove_the_owner(
        self, api: ContractClient, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        owner = await add_user(database)
        await own(inside, store.id, owner)

        assert (await api.delete(f"/v1/stores/{store.id}/members/{owner.id}")).status_code == 409

    async def test_removes_nobody_who_may_do_more_than_the_caller(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        member = await join(inside, store.id, await add_user(database), await add_role(inside, store.id, "ban_read"))
        limited = client(await key(inside, store.id, "member_delete"))

        assert (await limited.delete(f"/v1/stores/{store.id}/members/{member.id}")).status_code == 403


class TestRoles:
    async def test_have_names_of_their_own_in_any_case(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            await create_role(context, "Support", ["ban_read"], permissions())

        with pytest.raises(Conflict):
            async with inside(store.id) as context:
                await create_role(context, " SUPPORT ", ["ban_read"], permissions())

    async def test_name_only_permissions_that_an_operation_needs(self, inside: Inside, store: SeededStore) -> None:
        with pytest.raises(InvalidInput, match="bann_read"):
            async with inside(store.id) as context:
                await create_role(context, "Support", ["ban_read", "bann_read"], permissions())

    async def test_go_no_further_than_what_their_maker_may_do(self, inside: Inside, store: SeededStore) -> None:
        with pytest.raises(Forbidden, match=r"you lack \*"):
            async with inside(store.id) as context:
                await create_role(context, "Everything", ["*"], permissions())

    async def test_stay_while_somebody_has_them(self, inside: Inside, store: SeededStore, database: Database) -> None:
        role = await add_role(inside, store.id, "ban_read")
        await join(inside, store.id, await add_user(database), role)

        with pytest.raises(RoleInUse):
            async with inside(store.id) as context:
                await delete_role(context, role, permissions())

    async def test_of_two_who_add_a_member_one_does(self, inside: Inside, store: SeededStore, database: Database) -> None:
        user = await add_user(database)
        await join(inside, store.id, user)

        with pytest.raises(Conflict):
            async with inside(store.id) as context:
                await add_member(context, user.id, None, permissions())
