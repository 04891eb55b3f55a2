"""What to give by hand, and to whom."""

from typing import Annotated

from msgspec import Meta

from sutler.checkout.checkouts.schemas import Answers
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Moment, Wire

MOST_ITEMS = 250  # of one call
INT32 = {"format": "int32"}


class DeliveryItemAssignmentDto(Wire, forbid_unknown_fields=True):
    """Units of a product, named by its id or by that of one of its versions.

    `skip_commands` leaves out what runs on purchase; what runs when the item ends still does. With `override_expires_at` the
    item ends then, whatever the product says.
    """

    product_id: FlakeId | None = None
    product_version_id: FlakeId | None = None
    execute_on_gameserver_id: FlakeId | None = None
    quantity: Annotated[int, Meta(ge=1, le=20, extra_json_schema=INT32)] | None = None
    override_expires_at: Moment | None = None
    skip_commands: bool | None = None
    custom_variables: Answers | None = None


class DeliveryItemAssignmentBulkDto(Wire, forbid_unknown_fields=True):
    """Units of a product for one of several customers."""

    customer_id: FlakeId
    product_id: FlakeId | None = None
    product_version_id: FlakeId | None = None
    execute_on_gameserver_id: FlakeId | None = None
    quantity: Annotated[int, Meta(ge=1, le=MOST_ITEMS, extra_json_schema=INT32)] | None = None
    override_expires_at: Moment | None = None
    skip_commands: bool | None = None
    custom_variables: Answers | None = None


Assignments = Annotated[list[DeliveryItemAssignmentBulkDto], Meta(max_length=MOST_ITEMS)]


class BulkAssignmentsDto(Wire):
    """The guides' way to send a list: as a member of an object."""

    assignments: Assignments
