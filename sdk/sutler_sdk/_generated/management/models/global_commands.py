"""What operations of `global_commands` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import ProductCommandExecutionRuleDto, ProductCommandStage
else:  # a text that is new must not break a client
    ProductCommandExecutionRuleDto = ProductCommandStage = str


class GlobalCommandDto(Model, frozen=True, kw_only=True):
    """`GlobalCommandDto` of the contract."""

    content: str
    created_at: datetime
    created_by: ActorDto
    execution_rule: ProductCommandExecutionRuleDto
    id: str
    online_only: bool
    override_execute_on_gameserver_ids: list[str]
    stage: ProductCommandStage
    store_id: str
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None
