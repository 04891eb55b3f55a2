"""Making, changing and deleting the commands that run for every product."""

from collections.abc import Sequence
from typing import Any, Final

from sutler.catalog.global_commands.models import GlobalCommand
from sutler.catalog.global_commands.schemas import UpsertGlobalCommandDto
from sutler.catalog.products.models import CommandStage
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.service import game_servers

MOST: Final = 100  # each runs for every unit that is sold


async def list_all(store: StoreContext) -> list[GlobalCommand]:
    """Every global command, in the order in which they run: oldest first."""
    return await store.all(store.rows(GlobalCommand))


async def of_stages(store: StoreContext, stages: Sequence[CommandStage]) -> list[GlobalCommand]:
    """Those that run at any of these stages, oldest first."""
    return await store.all(store.rows(GlobalCommand).where(one_of(GlobalCommand.c.stage, stages)))


async def create(store: StoreContext, new: UpsertGlobalCommandDto) -> GlobalCommand:
    """A new global command; it runs for whatever is delivered from now on. InvalidInput names all that does not pass."""
    values = await _checked(store, new)
    if await store.count(store.rows(GlobalCommand)) >= MOST:
        message = f"A store can have {MOST} global commands; delete one first."
        raise InvalidInput(message)
    return await store.add(GlobalCommand(**values))


async def update(store: StoreContext, id: FlakeId, new: UpsertGlobalCommandDto) -> GlobalCommand:
    """Put another command in the place of this one; what is queued already stays as it was. NotFound if there is none."""
    command = await store.get(GlobalCommand, id)
    return await store.change(command, await _checked(store, new))


async def delete(store: StoreContext, id: FlakeId) -> None:
    """Let a global command run no more; what is queued already still runs. NotFound if there is none."""
    await store.remove(await store.get(GlobalCommand, id))


async def _checked(store: StoreContext, new: UpsertGlobalCommandDto) -> dict[str, Any]:
    """The columns of a command, or InvalidInput."""
    servers = list(dict.fromkeys(new.override_execute_on_gameserver_ids or ()))
    problems = _problems(new)
    known = await game_servers(store, servers)
    problems += [
        FieldError(
            "InvalidGameServer", f"There is no game server {id} in this store.",
            f"override_execute_on_gameserver_ids[{number}]", "gameserver",
        )
        for number, id in enumerate(new.override_execute_on_gameserver_ids or ()) if id not in known
    ]  # fmt: skip
    if problems:
        raise InvalidInput(problems[0].message, problems)
    return {
        "stage": new.stage, "content": new.content, "online_only": new.online_only,
        "override_execute_on_gameserver_ids": servers, "execution_rule": new.execution_rule,
    }  # fmt: skip


def _problems(new: UpsertGlobalCommandDto) -> list[FieldError]:
    found = []
    if new.stage == "invalid":
        found.append(
            FieldError("Invalid", "Say at which `stage` the command runs, such as `on_purchase`.", "stage", "value")
        )
    if new.execution_rule == "invalid":
        text = "Say how often the command runs: `once_per_item` or `once_per_order`."
        found.append(FieldError("Invalid", text, "execution_rule", "value"))
    if not new.content.strip():
        text = "Give the command a content."
        found.append(FieldError("Required", text, "content", "required"))
    return found
