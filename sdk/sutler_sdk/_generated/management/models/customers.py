"""What operations of `customers` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from sutler_sdk._wire import Model


class CustomerTokenResponseDto(Model, frozen=True, kw_only=True):
    """`CustomerTokenResponseDto` of the contract."""

    token: str
