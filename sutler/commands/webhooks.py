"""`sutler webhooks`: what can be typed about webhooks."""

from typing import Annotated

import typer

from sutler.commands.refusal import Refusal

webhooks = typer.Typer(help="Webhooks.", no_args_is_help=True, pretty_exceptions_enable=False)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(webhooks, name="webhooks")


@webhooks.command("listen")
def listen(
    key: Annotated[str, typer.Option(envvar="SUTLER_KEY", help="An API key of the store that may manage webhooks.")],
    *,
    url: Annotated[str | None, typer.Option(help="The server to ask; SUTLER_BASE_URL if left out.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")] = 0,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    public_url: Annotated[
        str | None, typer.Option(help="How the server reaches this place, if not by that address: a tunnel, say.")
    ] = None,
    event: Annotated[
        list[str] | None, typer.Option(help="An event such as OnOrderCompleted; repeat it. Every one if left out.")
    ] = None,
    status: Annotated[int, typer.Option(min=200, max=599, help="The status to answer with.")] = 200,
    delay: Annotated[float, typer.Option(min=0, max=3600, help="Seconds before an answer.")] = 0,
    fail_first: Annotated[
        int, typer.Option(min=0, help="Fail so many times, with 500 or the status given, and then answer 200.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object on each line, for programs.")] = False,
) -> None:
    """Receive the webhooks of a store: verify and show each. The subscriptions that this makes end with it."""
    import os

    from sutler.commands import listening
    from sutler.commands.calls import Away, manager
    from sutler.settings import BadSetting, read

    try:
        address = url or read(os.environ).base_url
    except BadSetting as error:
        raise Refusal(str(error)) from error
    screen = listening.ForPrograms() if as_json else listening.ForPeople()
    inspector = listening.Inspector(screen, listening.Manners(status, delay, fail_first))
    try:
        client = manager(address, key)
    except Away as error:
        raise Refusal(str(error)) from error
    listening.listen(listening.Source(address, client), inspector, (host, port), public_url, event or ())
