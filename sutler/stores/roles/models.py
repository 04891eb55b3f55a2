"""The table of roles."""

from sqlalchemy import func

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict


class Role(StoreRecord, table="roles"):
    """What its members may do in the store; `*` stands for everything."""

    name: str
    permissions: list[str]


class RoleNameTaken(Conflict):
    """Another role of this store has this name already."""


class RoleInUse(Conflict):
    """Members of the store have this role; give them another one first."""


unique(RoleNameTaken, Role.c.store_id, func.lower(Role.c.name), name="roles_name")
