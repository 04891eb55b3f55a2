"""The table of members. The owner of a store is a member like others, but needs no role."""

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class Member(StoreRecord, table="members"):
    """A user in a store. Without a role they may do nothing, unless the store is theirs."""

    user_id: FlakeId
    role_id: FlakeId | None = None


class AlreadyMember(Conflict):
    """This user is a member of the store already."""


class IsOwner(Conflict):
    """The owner of a store cannot be removed and needs no role; hand the store over first."""


unique(AlreadyMember, Member.c.store_id, Member.c.user_id, name="members_user_of_store")
index("members_user", Member.c.user_id)
index("members_role", Member.c.store_id, Member.c.role_id)
