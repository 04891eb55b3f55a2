"""Global commands as clients send and see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.catalog.global_commands.models import ExecutionRule, GlobalCommand
from sutler.catalog.products.models import CommandStage
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire, or_unset

MOST_SERVERS = 100
Servers = Annotated[list[FlakeId], Meta(max_length=MOST_SERVERS)]


class UpsertGlobalCommandDto(Wire, forbid_unknown_fields=True):
    """A command for all products, whole: without servers of its own it runs where the product's commands run."""

    stage: CommandStage
    content: Annotated[str, Meta(min_length=1, max_length=1_000)]
    online_only: bool
    override_execute_on_gameserver_ids: Servers | None = None
    execution_rule: ExecutionRule


class GlobalCommandDto(Struct):
    """A command that runs for every product."""

    id: FlakeId
    store_id: FlakeId
    stage: CommandStage
    content: str
    online_only: bool
    override_execute_on_gameserver_ids: list[FlakeId]
    execution_rule: ExecutionRule
    created_at: datetime
    created_by: Actor
    updated_at: datetime | None
    updated_by: Actor | UnsetType = UNSET


def shown(command: GlobalCommand) -> GlobalCommandDto:
    """A global command for those who manage the store."""
    return GlobalCommandDto(
        id=command.id,
        store_id=command.store_id,
        stage=command.stage,
        content=command.content,
        online_only=command.online_only,
        override_execute_on_gameserver_ids=command.override_execute_on_gameserver_ids,
        execution_rule=command.execution_rule,
        created_at=command.created_at,
        created_by=command.created_by or Actor("internal"),
        updated_at=command.updated_at,
        updated_by=or_unset(command.updated_by),
    )
