"""Setting gateways up, switching them on and off, and choosing the one that a payment goes through."""

from collections.abc import Mapping

import msgspec

from sutler.billing.gateway_accounts.models import GatewayAccount, settings_context
from sutler.billing.gateway_accounts.queries import settings_of
from sutler.billing.gateway_accounts.schemas import GatewayDto, GatewaySettingDto, UpdateGatewayDto
from sutler.billing.gateways.interface import Gateway, Setting
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.payments.models import NoGateway
from sutler.checkout.pricing.presentment import Takes, nothing_else
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import new_id
from sutler.kernel.secrets import sealer
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current


def offered(seller: Store, *, recurring: bool = False) -> list[Gateway]:
    """The gateways that a buyer may choose from; the first is the usual one. In test mode that is the simulator.

    For what is `recurring` only those that can charge again by themselves, unless the owner wants all to be offered.
    """
    names = [*([] if seller.live_mode else [SIMULATOR.name]), *seller.gateways]
    known = [GATEWAYS[name] for name in names if name in GATEWAYS]
    any_will_do = not recurring or seller.show_all_payment_methods_for_subscriptions
    return [
        gateway
        for gateway in known
        if gateway.method_type not in seller.disabled_payment_methods and (any_will_do or gateway.can_recur)
    ]


def chosen(seller: Store, name: str | None, *, recurring: bool = False) -> Gateway:
    """The gateway of this name, or the usual one; NoGateway when the store does not offer it."""
    for gateway in offered(seller, recurring=recurring):
        if name in (None, gateway.name):
            return gateway
    raise NoGateway


def taken_by(seller: Store, name: str | None) -> Takes:
    """What the gateway of this name, or the usual one, can charge in other currencies: nothing if the store has it not."""
    gateway = next((gateway for gateway in offered(seller) if name in (None, gateway.name)), None)
    return gateway.takes if gateway else nothing_else


async def all_of(store: StoreContext) -> list[GatewayDto]:
    """Every gateway that there is, as this store uses it."""
    seller = await current(store)
    accounts = {account.gateway: account for account in await store.all(store.rows(GatewayAccount))}
    return [_shown(gateway, seller, settings_of(accounts.get(gateway.name))) for gateway in GATEWAYS.values()]


async def update(store: StoreContext, name: str, changes: UpdateGatewayDto) -> GatewayDto:
    """Change a gateway's settings and switch it on or off.

    NotFound for a gateway that there is not; InvalidInput for a setting that it has not, and for one that is missing
    when it is on.
    """
    gateway = GATEWAYS.get(name)
    if gateway is None:
        raise NotFound(f"There is no gateway {name!r}. There are: {', '.join(GATEWAYS)}.")
    if gateway.name == SIMULATOR.name and changes.enabled is not None:
        text = "The simulator serves every store that is not in live mode, and no other; it cannot be switched."
        raise InvalidInput(text, [FieldError("Invalid", text, "enabled", "simulator")])
    seller = await store.get(Store, store.store_id)  # in one line with everybody else who changes the store
    settings = await _changed(store, gateway, changes.settings or {})
    enabled = gateway.name in seller.gateways if changes.enabled is None else changes.enabled
    missing = [name for name in gateway.settings if name not in settings] if enabled else []
    if missing:
        text = f"{gateway.title} cannot take money yet: set {', '.join(missing)} first, or in the same request."
        raise InvalidInput(text, [FieldError("Required", text, f"settings.{name}", "required") for name in missing])
    others = [other for other in seller.gateways if other != gateway.name]
    seller = await store.change(seller, {"gateways": [*others, gateway.name] if enabled else others})
    return _shown(gateway, seller, settings)


async def _changed(store: StoreContext, gateway: Gateway, changes: Mapping[str, str | None]) -> dict[str, str]:
    unknown = [name for name in changes if name not in gateway.settings]
    if unknown:
        text = f"{gateway.title} has no setting {unknown[0]!r}. It has: {', '.join(gateway.settings) or 'none'}."
        raise InvalidInput(text, [FieldError("Unknown", text, f"settings.{name}", "unknown") for name in unknown])
    mine = store.rows(GatewayAccount).where(GatewayAccount.c.gateway == gateway.name)
    account = await store.peek(mine)
    merged = settings_of(account) | {name: (value or "").strip() for name, value in changes.items()}
    settings = {name: value for name, value in merged.items() if value}
    if not changes:
        return settings
    id = account.id if account else new_id()
    sealed = sealer().seal(msgspec.json.encode(settings).decode(), settings_context(id))
    if account:
        await store.change(account, {"settings_sealed": sealed})
    else:
        await store.add(GatewayAccount(id=id, gateway=gateway.name, settings_sealed=sealed))
    return settings


def _shown(gateway: Gateway, seller: Store, settings: Mapping[str, str]) -> GatewayDto:
    return GatewayDto(
        name=gateway.name,
        title=gateway.title,
        enabled=not seller.live_mode if gateway.name == SIMULATOR.name else gateway.name in seller.gateways,
        settings=[_setting(name, about, settings.get(name)) for name, about in gateway.settings.items()],
    )


def _setting(name: str, about: Setting, value: str | None) -> GatewaySettingDto:
    return GatewaySettingDto(name, about.text, about.is_secret, value is not None, None if about.is_secret else value)
