"""Holding what a subscription is to be for against what it is for, line by line.

What is asked for goes on where the subscription has a line of the same product; what is left over takes the place of what
is not wanted any more, in order; the rest is new, or goes.
"""

from collections.abc import Sequence

from msgspec import Struct

from sutler.billing.subscription_changes.schemas import UpdateSubscriptionLineRequestDto
from sutler.billing.subscriptions.models import SubscriptionLine
from sutler.catalog.products.service import versions
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId

Asked = Sequence[UpdateSubscriptionLineRequestDto]


class Match(Struct, frozen=True):
    """One line that is asked for: which product, where in the request, and the line that becomes it, if one does."""

    number: int
    product_id: FlakeId
    asked: UpdateSubscriptionLineRequestDto
    line: SubscriptionLine | None = None

    @property
    def goes_on(self) -> bool:
        """Whether the subscription has this product already, in the version that is asked for if one is."""
        line, version_id = self.line, self.asked.product_version_id
        same = line is not None and line.product_id == self.product_id
        return same and line is not None and version_id in (None, line.product_version_id)

    @property
    def as_it_is(self) -> bool:
        """Whether the line goes on exactly as it is: what is not said stays."""
        if not self.goes_on or self.line is None:
            return False
        known = {one.identifier: one.value for one in self.line.custom_variables}
        ids = {one.id: one.identifier for one in self.line.custom_variables}
        same = all(known.get(ids.get(name, name)) == value for name, value in self.asked.custom_variables.items())
        return same and self.asked.selected_gameserver_id in (None, self.line.selected_gameserver_id)


async def products_of(store: StoreContext, asked: Asked) -> list[FlakeId]:
    """The products that are asked for; InvalidInput names lines that name none, or a version of another."""
    known = await versions(store, sorted({line.product_version_id for line in asked if line.product_version_id}))
    found, problems = [], list[FieldError]()
    for number, line in enumerate(asked):
        version = known.get(line.product_version_id or "")
        product_id = line.product_id or (version.product_id if version else "")
        if line.product_version_id and (version is None or version.product_id != product_id):
            text = f"There is no version {line.product_version_id} of this product."
            problems.append(FieldError("InvalidVersion", text, f"lines[{number}].product_version_id", "version"))
        elif not product_id:
            text = "Say what the line is to be for: `product_id` or `product_version_id` is required."
            problems.append(FieldError("Required", text, f"lines[{number}].product_id", "required"))
        found.append(product_id)
    if problems:
        raise InvalidInput(problems[0].message, problems)
    return found


def matched(
    lines: Sequence[SubscriptionLine], asked: Asked, product_ids: Sequence[FlakeId]
) -> tuple[list[Match], list[SubscriptionLine]]:
    """What each line that is asked for takes over from, and the lines that go."""
    left, pairs = list(lines), dict[int, SubscriptionLine]()
    for number, product_id in enumerate(product_ids):
        same = next((line for line in left if line.product_id == product_id), None)
        if same is not None:
            left.remove(same)
            pairs[number] = same
    for number in range(len(asked)):
        if number not in pairs and left:
            pairs[number] = left.pop(0)
    found = [
        Match(number, id, line, pairs.get(number)) for number, (id, line) in enumerate(zip(product_ids, asked, strict=True))
    ]
    return found, left
