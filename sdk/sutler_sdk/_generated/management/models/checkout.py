"""What operations of `checkout` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from sutler_sdk._wire import Model


class CreateCheckoutSessionResponseDto(Model, frozen=True, kw_only=True):
    """`CreateCheckoutSessionResponseDto` of the contract."""

    id: str
    token: str
    url: str
