"""OPTIONS, and permission for browsers on any site to call the storefront. Cookies are never part of it."""

import re
from collections.abc import Mapping

from sutler.kernel.edge.requests import Answer, Endpoint, Request

ORIGIN = (b"access-control-allow-origin", b"*")
EXPOSED = (b"access-control-expose-headers", b"x-trace-id, retry-after")
DAY = (b"access-control-max-age", b"86400")
ALLOWED_HEADERS = (
    b"authorization, content-type, idempotency-key, x-paynow-store-id, x-paynow-customer-ip, x-paynow-customer-countrycode"
)
NAMES = re.compile(rb"[A-Za-z0-9_-]{1,100}( *, *[A-Za-z0-9_-]{1,100}){0,50}")


def allowed(endpoints: Mapping[str, Endpoint]) -> str:
    """The methods of a path, for `Allow`."""
    methods = set(endpoints) | {"OPTIONS"} | ({"HEAD"} if "GET" in endpoints else set())
    return ", ".join(sorted(methods))


def other_method(request: Request, endpoints: Mapping[str, Endpoint]) -> Answer | None:
    """The answer to OPTIONS, a browser's preflight included; None for any other method."""
    if request.scope["method"] != "OPTIONS":
        return None
    methods = allowed(endpoints).encode()
    plain = Answer(204, headers=((b"allow", methods),))
    if not any(endpoint.cors for endpoint in endpoints.values()):
        return plain
    asked = request.headers.get(b"access-control-request-headers", b"")
    wanted = asked if NAMES.fullmatch(asked) else ALLOWED_HEADERS  # nothing else of a request is ever sent back
    grants = ((b"access-control-allow-methods", methods), (b"access-control-allow-headers", wanted), DAY)
    return plain._replace(headers=(*plain.headers, ORIGIN, *grants))


def opened(answer: Answer) -> Answer:
    """The answer, readable by a script on any site."""
    return answer._replace(headers=(*answer.headers, ORIGIN, EXPOSED))
