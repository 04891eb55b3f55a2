"""The command line: what can be typed. What it does is in `sutler.commands`, imported when it is asked for."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from sutler.commands import audit, backup, clocks, currencies, customers, people, subscriptions, taxes, webhooks
from sutler.commands.refusal import Refusal


class Commands(TyperGroup):
    """All commands; one that refuses says why on standard error and ends with 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from refusal


def group(text: str) -> typer.Typer:
    """Commands about one thing."""
    return typer.Typer(help=text, no_args_is_help=True, pretty_exceptions_enable=False)


app = typer.Typer(
    name="sutler", cls=Commands, help="A store engine for game servers, on your own machine.", no_args_is_help=True,
    add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip
keys, stores = group("API keys, which automate one store."), group("Stores.")
simulated, pretended = group("What else takes a buyer, in test mode."), group("A pretend game server.")
for name, part in {"key": keys, "store": stores, "simulate": simulated, "gameserver": pretended}.items():
    app.add_typer(part, name=name)
for more in (backup, customers, people, audit, webhooks, taxes, currencies, clocks, subscriptions):
    more.register(app)


def tell_version(asked: bool) -> None:
    """Print the version and nothing else."""
    if asked:
        from sutler import __version__

        typer.echo(f"Sutler {__version__}")
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[
        bool, typer.Option("--version", callback=tell_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A store engine for game servers, on your own machine."""


Data = Annotated[Path | None, typer.Option(help="The folder of the SQLite file and the secret key, instead of SUTLER_DATA.")]
Host = Annotated[str | None, typer.Option(help="The address to listen on, instead of SUTLER_HOST.")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="The port to listen on, instead of SUTLER_PORT.")]
OfStore = Annotated[str | None, typer.Option("--store", help="The store's id or slug; needed when there are several.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@app.command()
def serve(
    demo: Annotated[bool, typer.Option("--demo", help="Make a demo store if there is no store yet.")] = False,
    host: Host = None,
    port: Port = None,
    data: Data = None,
) -> None:
    """Serve the API and the pages, and run jobs unless SUTLER_WORKER is 0. Brings the tables up to date first."""
    from sutler.commands import beginning, ground

    beginning.serve(ground.use(host=host, port=port, data=data), with_demo=demo)


@app.command()
def demo(
    host: Host = None,
    port: Port = None,
    data: Data = None,
    as_json: AsJson = False,
    history: Annotated[bool, typer.Option(help="Let a new demo store have traded for a month already.")] = True,
) -> None:
    """Serve a demo store with a dozen products, two game servers and a month of orders, and print fresh credentials for it.

    What was there before stays. With --json, one line is printed as soon as requests are answered.
    """
    from sutler.commands import beginning, ground

    beginning.serve_demo(ground.use(host=host, port=port, data=data), as_json=as_json, history=history)


@app.command()
def worker(data: Data = None) -> None:
    """Run jobs, and nothing else, until told to stop. Any number of workers share the work."""
    from sutler.commands import ground, working

    ground.use(data=data)
    working.work()


@app.command()
def migrate(data: Data = None) -> None:
    """Bring the tables of the database up to date."""
    from sutler.commands import ground

    ground.use(data=data)
    applied = ground.run(ground.upgraded(ground.database()))
    typer.echo(f"Applied {', '.join(applied)}." if applied else "The tables are up to date.")


@app.command()
def openapi(folder: Annotated[Path, typer.Argument(help="The folder to write to; made if it is missing.")]) -> None:
    """Write the four OpenAPI documents, each as .json and .yaml. Needs no database."""
    from sutler.commands import documents

    for file in documents.write(folder):
        typer.echo(file)


@keys.command("create")
def create_key(
    store: OfStore = None,
    name: Annotated[str, typer.Option(help="What the key is for.")] = "Command line",
    permission: Annotated[
        list[str] | None,
        typer.Option(
            help="Something that the key may do, such as customer_read; repeat it for more. Everything if left out."
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Make an API key. Its token goes to standard output, once: only a digest of it is kept."""
    from sutler.commands import ground
    from sutler.commands.keys import create
    from sutler.stores.api_keys.models import ALL

    ground.use(data=data)
    owner, key, token = ground.run(create(store, name, permission or [ALL]))
    typer.echo(f"Key {key.id} of the store {owner.slug}. Its token is not shown again:", err=True)
    typer.echo(token)


@keys.command("list")
def list_keys(store: OfStore = None, data: Data = None) -> None:
    """List a store's API keys, with those that were revoked."""
    from sutler.commands import ground
    from sutler.commands.keys import show_all

    ground.use(data=data)
    ground.run(show_all(store))


@keys.command("revoke")
def revoke_key(
    id: Annotated[str, typer.Argument(help="The key's id, as `sutler key list` shows it.")],
    store: OfStore = None,
    data: Data = None,
) -> None:
    """Make an API key worthless. Running servers notice within seconds."""
    from sutler.commands import ground
    from sutler.commands.keys import revoke

    ground.use(data=data)
    ground.run(revoke(store, id))
    typer.echo(f"Key {id} is revoked.", err=True)


@stores.command("create")
def create_store(
    name: Annotated[str, typer.Argument(help="The store's name.")],
    *,
    slug: Annotated[str | None, typer.Option(help="Its short name in addresses; made from the name if left out.")] = None,
    platform: Annotated[str, typer.Option(help="How its players are known: steam, minecraft, minecraft_geyser …")] = "steam",
    game: Annotated[str, typer.Option(help="The game, as a word.")] = "other",
    currency: Annotated[str, typer.Option(help="The currency of its prices; it never changes.")] = "usd",
    live: Annotated[bool, typer.Option("--live", help="Take real money: nothing can be simulated in this store.")] = False,
    data: Data = None,
) -> None:
    """Make a store. Its id goes to standard output."""
    from sutler.commands import ground
    from sutler.commands.stores import NewStore, create

    ground.use(data=data)
    new = NewStore(name=name, slug=slug, platform=platform, game=game, currency=currency, live=live)
    id = ground.run(create(new))
    typer.echo("The store is made. `sutler key create` makes an API key for it. Its id:", err=True)
    typer.echo(id)


@stores.command("list")
def list_stores(data: Data = None) -> None:
    """List all stores of this installation."""
    from sutler.commands import ground
    from sutler.commands.stores import show_all

    ground.use(data=data)
    ground.run(show_all())


@stores.command("show")
def show_store(
    store: Annotated[str | None, typer.Argument(help="The store's id or slug; needed when there are several.")] = None,
    data: Data = None,
) -> None:
    """Show one store."""
    from sutler.commands import ground
    from sutler.commands.stores import show

    ground.use(data=data)
    ground.run(show(store))


@app.command("mail")
def try_mail(
    recipient: Annotated[str, typer.Argument(help="Whom to send it to.")],
    *,
    data: Data = None,
) -> None:
    """Send a mail, to see whether the mail server that SUTLER_SMTP_URL names takes it."""
    from sutler.commands import ground
    from sutler.commands.mailing import try_out

    ground.use(data=data)
    ground.run(try_out(recipient))
    typer.echo(f"The mail server has taken a mail to {recipient}.")


@simulated.command("pay")
def simulate_payment(
    token: Annotated[str, typer.Argument(help="The token of the checkout, or its whole address.")],
    *,
    outcome: Annotated[
        Literal[
            "succeed",
            "decline",
            "authenticate",
            "succeed_later",
            "decline_later",
            "succeed_unanswered",
            "decline_unanswered",
        ],
        typer.Option(help="What the simulated bank does."),
    ] = "succeed",
    after: Annotated[int, typer.Option(min=0, help="Seconds of the store's time, for the outcomes that come later.")] = 0,
    decline_code: Annotated[str, typer.Option(help="Why it declines, such as insufficient_funds.")] = "generic_decline",
    refund: Annotated[str, typer.Option(help="What becomes of its refunds: fails, succeeds_later, …")] = "succeeds",
    refund_after: Annotated[int, typer.Option(min=0, help="Seconds until refunds that come later are decided.")] = 0,
    url: Annotated[str | None, typer.Option(help="A running server to ask, instead of going to the database.")] = None,
    key: Annotated[str | None, typer.Option(help="An API key for that server.")] = None,
    data: Data = None,
) -> None:
    """Pay a checkout of a store in test mode, without a browser and without money; a server may run meanwhile."""
    from sutler.commands import ground
    from sutler.commands.simulate import pay_here, pay_there, token_in

    ground.use(data=data)
    if (url is None) != (key is None):
        raise typer.BadParameter("Give --url and --key together.")
    if url is not None and key is not None:
        wish: dict[str, object] = {"outcome": outcome, "after_seconds": after, "decline_code": decline_code}
        wish |= {"refund": refund, "refund_after_seconds": refund_after}
        attempt = pay_there(url, key, token_in(token), wish)
    else:
        instrument = f"{outcome}:{decline_code}:{after}:once:{refund}:{refund_after}"
        attempt = ground.run(pay_here(token_in(token), instrument))
    typer.echo(f"Order {attempt.order} {attempt.result}")


@simulated.command("dispute")
def simulate_dispute(
    payment: Annotated[str, typer.Argument(help="The id of the payment.")],
    *,
    state: Annotated[
        Literal["pending", "won", "lost"],
        typer.Option(help="Dispute it, or decide: a dispute that is won leaves the store its money."),
    ] = "pending",
    url: Annotated[str | None, typer.Option(help="A running server to ask, instead of going to the database.")] = None,
    key: Annotated[str | None, typer.Option(help="An API key for that server.")] = None,
    data: Data = None,
) -> None:
    """Let the payer's bank dispute a simulated payment of a store in test mode, or decide the dispute."""
    from sutler.commands import ground
    from sutler.commands.simulate import dispute_here, dispute_there

    ground.use(data=data)
    if (url is None) != (key is None):
        raise typer.BadParameter("Give --url and --key together.")
    if url is not None and key is not None:
        now = dispute_there(url, key, payment, state)
    else:
        now = ground.run(dispute_here(payment, state))
    typer.echo(f"The chargeback of payment {payment} is {now}.")


@simulated.command("card")
def simulate_card(
    method: Annotated[str, typer.Argument(help="The id of the payment method that a subscription is charged to.")],
    *,
    outcome: Annotated[
        Literal[
            "succeed",
            "decline",
            "authenticate",
            "succeed_later",
            "decline_later",
            "succeed_unanswered",
            "decline_unanswered",
        ],
        typer.Option(help="What the simulated bank does with every charge from now on."),
    ] = "succeed",
    after: Annotated[int, typer.Option(min=0, help="Seconds of the store's time, for the outcomes that come later.")] = 0,
    decline_code: Annotated[str, typer.Option(help="Why it declines, such as expired_card.")] = "generic_decline",
    succeeds_first: Annotated[int, typer.Option(min=0, help="So many charges succeed before that.")] = 0,
    url: Annotated[str | None, typer.Option(help="A running server to ask, instead of going to the database.")] = None,
    key: Annotated[str | None, typer.Option(help="An API key for that server.")] = None,
    data: Data = None,
) -> None:
    """Say what becomes of renewals with a kept card of the simulator, in a store in test mode."""
    from sutler.commands import ground
    from sutler.commands.simulate import rehearse_here, rehearse_there

    ground.use(data=data)
    if (url is None) != (key is None):
        raise typer.BadParameter("Give --url and --key together.")
    if url is not None and key is not None:
        wish = {"outcome": outcome, "after_seconds": after, "decline_code": decline_code, "succeeds_first": succeeds_first}
        rehearse_there(url, key, method, wish)
    else:
        ground.run(rehearse_here(method, f"{outcome}:{decline_code}:{after}", succeeds_first))
    typer.echo(f"Charges of payment method {method}: {succeeds_first} succeed, then {outcome.replace('_', ' ')}.")


@pretended.command("play")
def play_gameserver(
    token: Annotated[str, typer.Option(help="The game server's token.")],
    *,
    url: Annotated[str | None, typer.Option(help="The server to link with; SUTLER_BASE_URL if left out.")] = None,
    player: Annotated[
        list[str] | None, typer.Option(help="Somebody who is online: a name, a Steam id or a Minecraft UUID; repeat it.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Fetch once and stop.")] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="Read `join NAME` and `leave NAME` from standard input meanwhile.")
    ] = False,
    stream: Annotated[bool, typer.Option("--stream", help="Receive commands over a stream instead of polling.")] = False,
    interval: Annotated[float, typer.Option(min=0, max=30, help="Seconds that one poll waits for a command.")] = 25,
    as_json: AsJson = False,
) -> None:
    """Be a game server: link, report who joins, fetch queued commands, show them and acknowledge them, for ever."""
    import os
    import sys
    import threading

    from sutler.commands.calls import plugin
    from sutler.play import ForPeople, ForPrograms, GameServer
    from sutler.settings import BadSetting, read

    try:
        address = url or read(os.environ).base_url
    except BadSetting as error:
        raise Refusal(str(error)) from error
    screen = ForPrograms() if as_json else ForPeople()
    client = plugin(address, token)
    pretended_server = GameServer(address, client, player or (), screen, interval, streams=stream)
    if interactive:
        threading.Thread(target=pretended_server.listen, args=(sys.stdin,), daemon=True).start()
    pretended_server.play(once=once)


def main() -> None:
    """Run the command line."""
    app()
