"""Gateways as the owner of a store sees and sets them."""

from typing import Annotated

from msgspec import Meta, Struct

from sutler.kernel.wire import Wire

SettingName = Annotated[str, Meta(max_length=40)]
SettingValue = Annotated[str, Meta(max_length=4_000)]


class GatewaySettingDto(Struct):
    """One thing that a gateway needs to know. The value of a secret is never shown, only whether there is one."""

    name: str
    description: str
    is_secret: bool
    is_set: bool
    value: str | None


class GatewayDto(Struct):
    """A way to take money, and whether this store uses it."""

    name: str
    title: str
    enabled: bool
    settings: list[GatewaySettingDto]


class UpdateGatewayDto(Wire):
    """What to change: a setting that is left out stays, null takes it away."""

    enabled: bool | None = None
    settings: Annotated[dict[SettingName, SettingValue | None], Meta(max_length=20)] | None = None
