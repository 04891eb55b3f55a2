"""The composition root: every slice is named here, once."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any

import sutler.customers.transfer.models  # noqa: F401 - a table that only the command line writes
from sutler.answers import connect
from sutler.billing.disputes import routes as disputes
from sutler.billing.explanations import routes as explanations
from sutler.billing.explanations import storefront_routes as storefront_explanations
from sutler.billing.gateway_accounts import routes as gateways
from sutler.billing.gateway_refunds import routes as gateway_refunds
from sutler.billing.invoice_settings import routes as invoice_settings
from sutler.billing.invoices import routes as invoices
from sutler.billing.modules import routes as modules
from sutler.billing.modules import storefront_routes as storefront_modules
from sutler.billing.notifications.service import VOICES
from sutler.billing.orders import routes as orders
from sutler.billing.payment_method_types import routes as payment_method_types
from sutler.billing.payment_settings import routes as payment_settings
from sutler.billing.payments import routes as payments
from sutler.billing.purchases import storefront_routes as storefront_orders
from sutler.billing.recurring_revenue import routes as recurring_revenue
from sutler.billing.refund_settlements import routes as refund_settlements
from sutler.billing.refunds import routes as refunds
from sutler.billing.settlements import routes as settlements
from sutler.billing.simulator import routes as simulator
from sutler.billing.subscription_changes import routes as subscription_changes
from sutler.billing.subscriptions import routes as subscriptions
from sutler.billing.subscriptions import storefront_routes as storefront_subscriptions
from sutler.billing.tax_evidence import routes as tax_evidence
from sutler.billing.tax_report import routes as tax_report
from sutler.billing.tier_changes import storefront_routes as storefront_tier_groups
from sutler.billing.trials import routes as trials
from sutler.catalog.custom_variables import routes as custom_variables
from sutler.catalog.global_commands import routes as global_commands
from sutler.catalog.navlinks import routes as navlinks
from sutler.catalog.navlinks import storefront_routes as storefront_navlinks
from sutler.catalog.products import routes as products
from sutler.catalog.regional_pricing import routes as regional_pricing
from sutler.catalog.tags import routes as tags
from sutler.catalog.tags import storefront_routes as storefront_tags
from sutler.catalog.tier_groups import routes as tier_groups
from sutler.checkout.carts import storefront_routes as carts
from sutler.checkout.checkouts import routes as checkouts
from sutler.checkout.checkouts import storefront_routes as storefront_checkouts
from sutler.checkout.showcase import storefront_routes as storefront_products
from sutler.checkout.tax_rates import routes as tax_rates
from sutler.checkout.taxes import routes as taxes
from sutler.customers.bans import routes as bans
from sutler.customers.bulk import routes as bulk_customers
from sutler.customers.customers import routes as customers
from sutler.customers.customers import storefront_routes as storefront_customers
from sutler.customers.customers.service import CUSTOMERS
from sutler.customers.sign_in import storefront_routes as storefront_sign_in
from sutler.customers.trial_overrides import routes as trial_overrides
from sutler.delivery.assignments import routes as assignments
from sutler.delivery.command_log import routes as command_log
from sutler.delivery.commands import gameserver_routes as command_queue
from sutler.delivery.commands.service import QUEUED, QUIET
from sutler.delivery.evidence import routes as evidence
from sutler.delivery.interventions import routes as interventions
from sutler.delivery.items import routes as delivery_items
from sutler.delivery.items import storefront_routes as storefront_items
from sutler.delivery.player_joins import gameserver_routes as player_joins
from sutler.delivery.product_migrations import routes as product_migrations
from sutler.delivery.revocations import routes as revocations
from sutler.delivery.streams import gameserver_routes as command_streams
from sutler.kernel.data.database import Database
from sutler.kernel.data.running import opened
from sutler.kernel.data.store_clocks import MOVED, StoreClocks
from sutler.kernel.edge.asgi import Application
from sutler.kernel.edge.auth import CHANGED, Authenticator
from sutler.kernel.edge.health import Alive, MetricsEndpoint, Ping, Ready
from sutler.kernel.edge.http import Api, Route
from sutler.kernel.edge.limits import Counted, Limits
from sutler.kernel.edge.openapi import document, webhooks_document
from sutler.kernel.edge.published import Published
from sutler.kernel.edge.requests import Endpoint
from sutler.kernel.metrics import Watch
from sutler.kernel.outside import installed
from sutler.kernel.outside.http import Outside
from sutler.kernel.work.jobs import JOBS, WAITING
from sutler.kernel.work.runner import Worker
from sutler.kernel.work.sweeps import sweep
from sutler.pages.app import pages
from sutler.pages.documents import DocumentDownload
from sutler.pages.files import Download, Upload
from sutler.pages.notifications import Notifications
from sutler.promotions.affiliate_links import routes as affiliate_links
from sutler.promotions.coupons import routes as coupons
from sutler.promotions.gift_cards import routes as gift_cards
from sutler.promotions.gift_cards import storefront_routes as storefront_gift_cards
from sutler.promotions.sales import routes as sales
from sutler.promotions.upsell_settings import routes as upsell_settings
from sutler.promotions.wallets import routes as wallets
from sutler.servers.game_servers import routes as game_servers
from sutler.servers.game_servers.service import GAME_SERVERS
from sutler.settings import settings
from sutler.stores.api_keys.service import API_KEYS
from sutler.stores.audit import routes as audit_log
from sutler.stores.audit.service import AuditLog
from sutler.stores.exchange_rates import routes as exchange_rates
from sutler.stores.mails import routes as mails
from sutler.stores.members import routes as members
from sutler.stores.members.queries import USERS
from sutler.stores.stores import routes as stores
from sutler.stores.stores import storefront_routes as storefront_stores
from sutler.stores.test_clocks import routes as test_clocks
from sutler.stores.trust import routes as trust
from sutler.webhooks.endpoints import routes as webhooks
from sutler.webhooks.payloads.events import EVENTS
from sutler.webhooks.variables.service import marked
from sutler.worker import SWEEPS, SWEEPS_EVERYWHERE

SLICES = (
    test_clocks, product_migrations,
    stores, game_servers, products, customers, checkouts, orders, payments, simulator, delivery_items, webhooks,
    storefront_stores, storefront_products, storefront_customers, storefront_checkouts,
    global_commands, command_log, interventions, player_joins, mails,
    command_queue, members, bans, bulk_customers, assignments, revocations, storefront_items, storefront_sign_in, audit_log,
    gateways, payment_method_types, payment_settings, settlements, storefront_orders, disputes, evidence,
    modules, storefront_modules, command_streams,
    refunds, refund_settlements, gateway_refunds, invoices, invoice_settings,
    gift_cards, storefront_gift_cards, taxes, exchange_rates, tax_rates, tax_report, tax_evidence, explanations,
    storefront_explanations, upsell_settings, trust,
    coupons, sales, affiliate_links, wallets, trials, trial_overrides,
    subscriptions, storefront_subscriptions, recurring_revenue, subscription_changes, tier_groups,
    storefront_tier_groups,
    tags, storefront_tags, navlinks, storefront_navlinks, custom_variables, carts, regional_pricing,
)  # fmt: skip
TITLES: dict[Api, tuple[str, str]] = {
    "management-api": (
        "Sutler Management API",
        "Manage a store with an API key: what it sells, to whom, and what became of it.",
    ),
    "storefront-api": (
        "Sutler Storefront API",
        "Show a store to visitors and let customers buy. Meant to be called from browsers.",
    ),
    "gameserver-api": ("Sutler Game Server API", "Link a game server and run the commands that purchases queue for it."),
}
WEBHOOKS = "webhook-definitions"

connect()


def routes() -> list[Route]:
    """Every operation."""
    return [route for slice_ in SLICES for route in slice_.routes.all]


@cache
def documents() -> dict[str, dict[str, Any]]:
    """The OpenAPI documents by the name under which they are published."""
    known = routes()
    found = {api: document(*text, [route for route in known if route.api == api]) for api, text in TITLES.items()}
    text = "Sutler Webhooks", "What a webhook subscription receives, event by event."
    return found | {WEBHOOKS: marked(webhooks_document(*text, EVENTS))}


def published(api: str) -> dict[str, Any]:
    """One of the documents."""
    return documents()[api]


def create_app(database: Database, *, works: bool = True, limits: Limits | None = None) -> Application:
    """The application on a database; with `works` it runs jobs as well. `limits`: others than the settings choose."""
    watch = Watch()
    database.watch_turns(watch.slow_turn)
    authenticator, clocks = Authenticator(database, (API_KEYS, USERS, CUSTOMERS, GAME_SERVERS)), StoreClocks(database)
    limits = limits or Limits(enabled=settings().rate_limits)
    endpoints: list[Endpoint] = [route.serve_from(database, authenticator, clocks, limits, AuditLog()) for route in routes()]
    endpoints += [
        Counted(Published(api, ending, partial(published, api)), limits, "page")
        for api in (*TITLES, WEBHOOKS)
        for ending in ("json", "yaml")
    ]
    endpoints += [Ping(), Alive(), Ready(database), MetricsEndpoint(watch)]
    endpoints += [Counted(Upload(database, method), limits, "upload") for method in ("PUT", "POST")]
    endpoints += [Counted(Download(database), limits, "file"), Counted(DocumentDownload(database), limits, "document")]
    endpoints += [Notifications(database, limits, gateway) for gateway in VOICES]

    @asynccontextmanager
    async def running() -> AsyncIterator[None]:
        async with opened(database):
            database.listen(CHANGED, lambda _: authenticator.forget())
            database.listen(MOVED, lambda _: clocks.forget())
            database.listen(QUEUED, QUIET.disturb)
            async with working(database, watch) if works else serving(database):
                yield

    return Application(endpoints, running, pages(database, documents, limits), watch)


@asynccontextmanager
async def serving(database: Database) -> AsyncIterator[None]:
    """A server without a worker: others run the jobs, but what is in its memory only it can write down."""
    async with calling(), beside(sweep(database, SWEEPS_EVERYWHERE)):
        yield


@asynccontextmanager
async def beside(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """This work goes on beside whatever happens inside, and ends with it."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


@asynccontextmanager
async def calling() -> AsyncIterator[None]:
    """What happens inside may call the outside."""
    async with Outside(allow_private=settings().webhooks_allow_private) as client:
        installed.use(client)
        try:
            yield
        finally:
            installed.use(None)


@asynccontextmanager
async def working(database: Database, watch: Watch) -> AsyncIterator[Worker]:
    """A worker beside whatever happens inside."""
    async with calling():
        worker = Worker(database, JOBS, watch)
        database.listen(WAITING, lambda _: worker.wake())
        async with beside(worker.run(), sweep(database, (*SWEEPS, *SWEEPS_EVERYWHERE))):
            yield worker
