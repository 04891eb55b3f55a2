"""Checks of the installation: its schema, its file, its key, and that nothing refers to what is not there."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Column, MetaData, Table, and_, func, select

from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.catalog.products.models import Product, ProductVersion
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.checkouts.service import token_of
from sutler.customers.customers.models import Customer, CustomerToken
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.models import DeliveryItem
from sutler.doctor.examination import EXAMPLES, Check, Function, Outcome, Rule
from sutler.kernel.backup.schema import revision_in
from sutler.kernel.data.migrate import UnknownRevisionError
from sutler.kernel.data.queries import Connection, Statement, literal_limit, param
from sutler.kernel.data.records import metadata
from sutler.kernel.secrets import CannotUnseal, sealer
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.schemas import sealed_for
from sutler.stores.stores.models import Store
from sutler.webhooks.deliveries.models import WebhookDelivery, WebhookExecution
from sutler.webhooks.endpoints.models import WebhookEndpoint, secret_context
from sutler.kernel.work.events import EventRow
