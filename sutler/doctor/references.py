"""The check that nothing refers to what is not there, or to what belongs to another store."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Column, ColumnElement, MetaData, Table, and_, exists, select

from sutler.billing.invoices.models import Invoice
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import Refund
from sutler.billing.simulator.models import SimulatedRefund
from sutler.billing.subscription_changes.models import SubscriptionChange, SubscriptionChangeLine
from sutler.billing.trials.models import Trial
from sutler.catalog.navlinks.models import NavLink
from sutler.catalog.products.models import ProductVersion
from sutler.catalog.tags.models import Tag
from sutler.catalog.tier_groups.models import TierGroup
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.customers.bans.models import Ban
from sutler.customers.customers.models import Customer
from sutler.customers.trial_overrides.models import TrialOverride
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.product_migrations.models import ProductMigration
from sutler.doctor.examination import EXAMPLES, Check, Function, Outcome, Rule
from sutler.kernel.data.queries import Connection
from sutler.kernel.data.records import Flake, Record, metadata
from sutler.kernel.edge.access import NO_STORE
from sutler.kernel.work.events import EventRow
from sutler.promotions.affiliate_links.models import AffiliateLink
from sutler.promotions.coupons.models import Coupon, CouponVersion
from sutler.promotions.gift_card_uses.models import GiftCardUse
from sutler.promotions.gift_cards.models import GiftCard
from sutler.promotions.sales.models import Sale, SaleVersion
from sutler.stores.audit.models import AuditEntry
from sutler.stores.files.models import File
from sutler.stores.roles.models import Role
from sutler.stores.stores.models import Store
from sutler.stores.users.models import User
from sutler.webhooks.deliveries.models import WebhookDelivery

PARENTS: Final[Mapping[str, type[Record]]] = {
    "affiliate_id": AffiliateLink,
    "affiliate_link_id": AffiliateLink,
    "attempt_id": CommandAttempt,
    "ban_id": Ban,
    "card_id": GiftCard,
    "checkout_id": Checkout,
    "checkout_line_id": CheckoutLine,
    "coupon_id": Coupon,
    "coupon_version_id": CouponVersion,
    "created_giftcard_id": GiftCard,
    "customer_id": Customer,
    "delivery_id": WebhookDelivery,
    "entry_id": AuditEntry,
    "event_id": EventRow,
    "change_id": SubscriptionChange,
    "gift_to_customer_id": Customer,
    "image_id": File,
    "item_id": DeliveryItem,
    "order_customer_id": Customer,
    "once_for_order_id": Order,
    "migration_id": ProductMigration,
    "order_id": Order,
    "order_line_id": OrderLine,
    "override_id": TrialOverride,
    "parent_invoice_id": Invoice,
    "parent_node_id": NavLink,
    "payment_id": Payment,
    "payment_method_id": PaymentMethod,
    "product_version_id": ProductVersion,
    "prorated_order_id": Order,
    "refund_id": Refund,
    "renewal_order_id": Order,
    "replaced_by_line_id": CheckoutLine,
    "role_id": Role,
    "sale_id": Sale,
    "sale_version_id": SaleVersion,
    "store_id": Store,
    "subscription_change_id": SubscriptionChange,
    "tag_id": Tag,
    "tier_group_id": TierGroup,
    "usable_by_customer_id": Customer,
    "use_id": GiftCardUse,
    "used_on_trial_id": Trial,
    "user_id": User,
    "version_id": ProductVersion,
}
"""What the columns of these names refer to, in whichever table they are."""

LOOSE: Final[Mapping[str, str]] = {
    "actor_id": "whoever did something, of any kind, here or no longer",
    "cart_line_id": "a line leaves its cart when it is bought",
    "reversal_id": "a movement of money; the check of refunds that came back looks at it",
    "decision_id": "a movement of money, which is none when nothing is left to move; the checks of the books look at them",
    "execute_on_gameserver_id": "a game server may be deleted",
    "gameserver_id": "a game server may be deleted",
    "global_command_id": "a global command may be deleted; what it queued stays",
    "held_by": "the check of held checkouts looks at it",
    "offer_version_id": "a version of a sale or a coupon, as its row says",
    "owner_id": "a store may be made before there is any user",
    "product_id": "a product may be deleted; its versions stay",
    "selected_gameserver_id": "a game server may be deleted",
    "source_id": "a sale, coupon, affiliate link or gift card, as its row says",
    "transaction_id": "whatever moved money; the checks of the books look at it",
    "subscription_id": "the subscription that an order is about to begin, there once it is paid; a check of them looks",
    "subscription_line_id": "a line of it, likewise",
    "upsell_of": "a product may be deleted; its versions stay",
    "trial_id": "the trial that an order is about to begin, there once the order is completed",
    "webhook_id": "a subscription may be deleted",
}
"""Columns of ids that may refer to nothing, and why."""


OR_ELSE: Final[Mapping[str, type[Record]]] = {
    "simulated_refunds.refund_id": SimulatedRefund, "stock_usages.checkout_line_id": SubscriptionChangeLine,
}  # fmt: skip
"""Columns that may refer to something else instead: changes of subscriptions take units, too, and what the simulated bank
gives back on its own page has no other name than its own."""


def references(tables: MetaData = metadata) -> list[tuple[Column[str], Table]]:
    """Every column that has to refer to something, and what it refers to."""
    columns = [column for table in tables.sorted_tables for column in table.columns if isinstance(column.type, Flake)]
    return [(column, PARENTS[column.name].table) for column in columns if column.name in PARENTS]


def rule(column: Column[str], parent: Table) -> Rule:
    """The check of one column. What belongs to the installation as a whole belongs to the store 0, which has no row."""
    child, other = column.table, parent.alias()  # a table may refer to itself
    both = "store_id" in child.c and "store_id" in other.c
    found = and_(other.c.id == column, other.c.store_id == child.c.store_id) if both else other.c.id == column
    problem: tuple[ColumnElement[bool], ...] = (column.is_not(None), column != NO_STORE, other.c.id.is_(None))
    instead = OR_ELSE.get(f"{child.name}.{column.name}")
    if instead is not None:
        its = instead.table.alias().c  # it may be the table itself
        problem = (*problem, ~exists().where(its.id == column, its.store_id == child.c.store_id))
    shown = [child.c[name] for name in ("id", "store_id") if name in child.c]
    return Rule(
        "",
        select(*shown, column.label("reference")).outerjoin_from(child, other, found).where(*problem),
        f"{child.name} {{id}}{' of store {store_id}' if 'store_id' in child.c else ''}: "
        f"there is no {column.name} {{reference}} in {parent.name}.",
    )


RULES: Final = [rule(column, parent) for column, parent in references()]


async def dangling(connection: Connection) -> Outcome:
    """Follow every reference."""
    outcomes = [await one(connection) for one in RULES]
    examples = [example for outcome in outcomes for example in outcome.examples]
    return Outcome(sum(outcome.problems for outcome in outcomes), tuple(examples[:EXAMPLES]))


CHECKS: Final[Mapping[str, Check]] = {
    "references": Function("Whatever is referred to is there, in the same store.", dangling),
}
