"""Members as clients send and see them."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from sutler.kernel.data.records import Actor, ActorType
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire, or_unset
from sutler.stores.members.models import Member
from sutler.stores.users.models import User


class StoreMemberUserDto(Struct):
    """The user behind a member."""

    type: ActorType
    id: FlakeId
    email: str | None
    first_name: str | None
    last_name: str | None
    nickname: str | None


class StoreMemberDto(Struct):
    """Somebody who works in the store. The owner, and whoever may do nothing yet, has no role."""

    id: FlakeId
    user_id: FlakeId
    user: StoreMemberUserDto
    added_at: datetime | None
    added_by: Actor | UnsetType = UNSET
    role_id: FlakeId | UnsetType = UNSET


class UpdateStoreMemberDto(Wire):
    """The role that a member gets instead of the one they have."""

    role_id: FlakeId


def shown(member: Member, user: User) -> StoreMemberDto:
    """A member for those who manage the store."""
    return StoreMemberDto(
        id=member.id,
        user_id=member.user_id,
        user=StoreMemberUserDto("user", user.id, user.email, user.first_name, user.last_name, user.nickname),
        added_at=member.created_at,
        added_by=or_unset(member.created_by),
        role_id=or_unset(member.role_id),
    )
