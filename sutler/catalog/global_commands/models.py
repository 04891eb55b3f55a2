"""The table of commands that run for every product of a store."""

from typing import Literal

from sutler.catalog.products.models import CommandStage
from sutler.kernel.data.records import StoreRecord, index
from sutler.kernel.ids import FlakeId

ExecutionRule = Literal["invalid", "once_per_item", "once_per_order"]


class GlobalCommand(StoreRecord, table="global_commands"):
    """A console command with placeholders. It runs where the product's own commands run, unless it names servers itself."""

    stage: CommandStage
    content: str
    online_only: bool
    override_execute_on_gameserver_ids: list[FlakeId]
    execution_rule: ExecutionRule


index("global_commands_stage", GlobalCommand.c.store_id, GlobalCommand.c.stage)
