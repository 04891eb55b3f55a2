"""The management API of custom variables."""

from typing import Annotated

from sutler.catalog.custom_variables import service
from sutler.catalog.custom_variables.models import CustomVariable
from sutler.catalog.custom_variables.schemas import CustomVariableDto, UpsertCustomVariableRequestDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/custom-variables", tag="custom-variables")
Reader = Annotated[StoreContext, reads("custom_variable_read")]
Creator = Annotated[StoreContext, writes("custom_variable_create")]
Updater = Annotated[StoreContext, writes("custom_variable_update")]
Deleter = Annotated[StoreContext, writes("custom_variable_delete")]


@routes.get("", "CustomVariables_GetCustomVariablesForStore")
async def list_custom_variables(store: Reader) -> list[CustomVariableDto]:
    """List all custom variables, oldest first."""
    return [shown(variable) for variable in await store.all(store.rows(CustomVariable))]


@routes.post("", "CustomVariables_CreateCustomVariableForStore")
async def create_custom_variable(store: Creator, new: UpsertCustomVariableRequestDto) -> CustomVariableDto:
    """Make a custom variable that products can ask their buyers for.

    Its identifier in braces, such as `{colour}`, stands for the answer in the commands of those products.
    """
    return shown(await service.create(store, new))


@routes.get("/{customVariableId}", "CustomVariables_GetCustomVariableByIdForStore")
async def get_custom_variable(store: Reader, custom_variable_id: FlakeId) -> CustomVariableDto:
    """Show one custom variable."""
    return shown(await store.get(CustomVariable, custom_variable_id))


@routes.patch("/{customVariableId}", "CustomVariables_UpdateCustomVariableForStore")
async def update_custom_variable(
    store: Updater, custom_variable_id: FlakeId, changes: UpsertCustomVariableRequestDto
) -> CustomVariableDto:
    """Change a custom variable: what is left out stays, and options are replaced as a whole.

    What was bought or put into a checkout before keeps the answer and the price of that time.
    """
    return shown(await service.update(store, custom_variable_id, changes))


@routes.delete("/{customVariableId}", "CustomVariables_DeleteCustomVariableForStore")
async def delete_custom_variable(store: Deleter, custom_variable_id: FlakeId) -> None:
    """Delete a custom variable with its options; products go on without it."""
    await service.delete(store, custom_variable_id)
