"""Marks what the contract calls deprecated: struck through by editors, and a DeprecationWarning where it is called."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

__all__ = ["deprecated"]

if TYPE_CHECKING:
    from typing_extensions import deprecated  # every type checker brings this module along
else:

    def deprecated(message: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Warn whoever calls this method."""

        def mark(method: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(method)
            def called(*given: Any, **named: Any) -> Any:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return method(*given, **named)

            called.__deprecated__ = message
            return called

        return mark
