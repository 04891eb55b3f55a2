"""What crosses the wire about tier groups."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from sutler.catalog.tier_groups.models import TierGroup
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire, or_unset

Name = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]


class CreateTierGroupRequestDto(Wire):
    """A new ladder."""

    name: Name


class UpdateTierGroupRequestDto(Wire):
    """What a ladder is to be called."""

    name: Name


class TierGroupDto(Wire):
    """A ladder of products. Its steps are the products that name it, in the order of the shop."""

    id: FlakeId
    store_id: FlakeId
    name: str
    created_at: datetime
    created_by: Actor
    updated_at: datetime | None
    updated_by: Actor | UnsetType = UNSET


def shown(group: TierGroup) -> TierGroupDto:
    """The group as the wire has it."""
    return TierGroupDto(
        id=group.id,
        store_id=group.store_id,
        name=group.name,
        created_at=group.created_at,
        created_by=group.created_by or Actor("internal"),
        updated_at=group.updated_at,
        updated_by=or_unset(group.updated_by),
    )
