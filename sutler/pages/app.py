"""The pages: everything outside the API that a browser can open."""

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sutler.kernel.data.database import Database
from sutler.kernel.edge.limits import Limits
from sutler.kernel.errors import NotFound, ShopError
from sutler.pages.answers import FOR_EVER, Guard, Turnstile, failure, static_files
from sutler.pages.bank import BankPages
from sutler.pages.checkout import CheckoutPages
from sutler.pages.codes import CodePages
from sutler.pages.landing import Landing
from sutler.pages.reference import Reference
from sutler.pages.upsells import UpsellPages

Documents = Callable[[], dict[str, dict[str, Any]]]


def pages(database: Database, documents: Documents, limits: Limits) -> Starlette:
    """The pages on a database; `documents` gives the OpenAPI documents by name when the reference is first read."""
    checkout, bank, codes = CheckoutPages(database), BankPages(database), CodePages(database)
    reference, upsells = Reference(documents), UpsellPages(database)
    routes = [
        Route("/", Landing(database).show),
        Route("/docs", reference.index),
        Route("/docs/", reference.index),
        Route("/docs/{api}/{tag}", reference.tag),
        Route("/checkout", checkout.show),
        Route("/checkout/", checkout.show),
        Route("/checkout/pay", checkout.pay, methods=["POST"]),
        Route("/checkout/code", codes.enter, methods=["POST"]),
        Route("/checkout/code/remove", codes.remove, methods=["POST"]),
        Route("/checkout/offer", upsells.take, methods=["POST"]),
        Route("/checkout/offer/remove", upsells.take_off, methods=["POST"]),
        Route("/checkout/details", upsells.give_details, methods=["POST"]),
        Route("/checkout/offers/done", upsells.pass_on, methods=["POST"]),
        Route("/checkout/other", checkout.give_up, methods=["POST"]),
        Route("/checkout/bank", bank.ask, methods=["GET"]),
        Route("/checkout/bank", bank.answer, methods=["POST"]),
        Route("/static/{name}", static),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard), Middleware(Turnstile, limits=limits)],
        exception_handlers={HTTPException: failure, ShopError: failure},
    )
    app.router.redirect_slashes = False
    return app


async def static(request: Request) -> Response:
    """A file whose name changes with its content, so that browsers keep it for ever."""
    found = static_files().get(request.path_params["name"])
    if found is None:
        raise NotFound("There is no such file.")
    content, kind = found
    return Response(content, media_type=kind, headers={"Cache-Control": FOR_EVER})
