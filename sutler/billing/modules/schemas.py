"""Modules as managers send and see them, and what visitors see of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, convert, to_builtins

from sutler.billing.modules.models import Module, ModuleType
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Amount, Count, Moment, Wire

Period = Literal["day", "week", "month", "year", "all_time"]
Field = Literal[
    "total_spend_amount_gross", "total_spend_amount_net", "average_spend_amount_gross", "average_spend_amount_net",
    "total_payments",
]  # fmt: skip
Header = Annotated[str, Meta(max_length=200)]
Few = Annotated[int, Meta(ge=1, le=50)]
Goal = Annotated[int, Meta(ge=1, le=2**53)]  # minor units


class PaymentGoal(Wire, rename="camel", forbid_unknown_fields=True):
    """A bar that fills with what the store earns in a period."""

    header: Header = "Goal"
    period: Period = "month"
    goal_target: Goal = 10_000
    bar_style: Literal["normal", "striped"] = "normal"
    animate_goal_bar: bool = False
    allow_percentage_overflow: bool = False
    display_absolute_goal_amount: bool = True


class RecentPayments(Wire, rename="camel", forbid_unknown_fields=True):
    """The latest purchases."""

    header: Header = "Recent payments"
    display_limit: Few = 5
    display_free_payments: bool = False
    display_time_of_purchase: bool = True
    display_price_of_purchase: bool = True
    display_purchased_product: bool = True


class TopCustomer(Wire, rename="camel", forbid_unknown_fields=True):
    """Who spent the most in a period."""

    header: Header = "Top customer"
    field: Field = "total_spend_amount_gross"
    limit: Few = 1
    period: Period = "month"
    display_customer_spend_amount: bool = False


class GiftCardBalance(Wire, rename="camel", forbid_unknown_fields=True):
    """A form that looks a gift card up."""

    header: Header = "Gift card balance"


class TextBox(Wire, rename="camel", forbid_unknown_fields=True):
    """Text of the store's own, in HTML."""

    header: Header = ""
    content: Annotated[str, Meta(max_length=50_000)] = ""


Settings = PaymentGoal | RecentPayments | TopCustomer | GiftCardBalance | TextBox
SETTINGS: Final[Mapping[ModuleType, type[Settings]]] = {
    "payment_goal": PaymentGoal,
    "recent_payments": RecentPayments,
    "top_customer": TopCustomer,
    "giftcard_balance": GiftCardBalance,
    "text_box": TextBox,
}


class UpsertModuleDto(Wire):
    """A module, whole. Settings that are left out have their defaults; without an order it comes last, or stays."""

    type: ModuleType
    enabled: bool = True
    settings: dict[str, Any] | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    sort_order: Count | None = None


class UpdateModuleDto(Wire):
    """What changes about a module; what is left out stays. Settings are replaced as a whole, null clears a time."""

    enabled: bool | UnsetType = UNSET
    settings: dict[str, Any] | UnsetType = UNSET
    starts_at: Moment | UnsetType | None = UNSET
    ends_at: Moment | UnsetType | None = UNSET
    sort_order: Count | UnsetType = UNSET


class ModuleDto(Struct):
    """A module as its managers see it, with every setting of its type."""

    id: FlakeId
    webstore_id: FlakeId
    type: ModuleType
    enabled: bool
    settings: dict[str, Any]
    sort_order: int
    starts_at: datetime | None
    ends_at: datetime | None
    created_at: datetime
    updated_at: datetime | None


class ModuleProfileDto(Struct):
    """The name and the picture that a player goes by."""

    name: str
    avatar_url: str | None


class ModuleCustomerDto(Struct):
    """A customer as everybody may see them: no identity, no address, nothing that only the store knows."""

    id: FlakeId
    name: str | None
    profile: ModuleProfileDto | UnsetType = UNSET
    steam: ModuleProfileDto | UnsetType = UNSET
    minecraft: ModuleProfileDto | UnsetType = UNSET


class ModuleOrderLineDto(Struct):
    """One product of a purchase."""

    product_id: FlakeId
    product_name: str
    product_image_url: str | None
    quantity: int


class ModuleOrderDto(Struct):
    """A purchase as everybody may see it. `lines` are there only when the module shows what was bought."""

    customer: ModuleCustomerDto
    total_amount: Amount
    total_amount_str: str
    currency: str
    completed_at: datetime
    lines: list[ModuleOrderLineDto] | UnsetType = UNSET


class ModuleStatsDto(Struct):
    """What a customer spent in the period, in minor units: gross with the tax, net without."""

    total_spend_amount_gross: Amount
    total_spend_amount_gross_str: str
    total_spend_amount_net: Amount
    total_spend_amount_net_str: str
    average_spend_amount_gross: Amount
    average_spend_amount_gross_str: str
    average_spend_amount_net: Amount
    average_spend_amount_net_str: str
    total_payments: Count


class ModuleTopCustomerDto(ModuleCustomerDto):
    """A customer with what they spent, which is there only when the module shows it."""

    stats: ModuleStatsDto | UnsetType = UNSET


class PreparedModuleDataDto(Struct):
    """The settings of a module, and what it shows according to them."""

    settings: dict[str, Any]
    orders: list[ModuleOrderDto] | UnsetType = UNSET
    revenue: str | UnsetType = UNSET
    customers: list[ModuleTopCustomerDto] | UnsetType = UNSET


class PreparedModuleDto(Struct):
    """A module ready to be shown; its `id` is its type."""

    id: ModuleType
    data: PreparedModuleDataDto


def settings_of(module: Module) -> Settings:
    """The settings of a module; those that came with a later version have their defaults."""
    found: Settings = convert(module.settings, SETTINGS[module.type])
    return found


def shown(module: Module) -> ModuleDto:
    """A module for those who manage the store."""
    return ModuleDto(
        id=module.id,
        webstore_id=module.store_id,
        type=module.type,
        enabled=module.enabled,
        settings=to_builtins(settings_of(module)),
        sort_order=module.sort_order,
        starts_at=module.starts_at,
        ends_at=module.ends_at,
        created_at=module.created_at,
        updated_at=module.updated_at,
    )
