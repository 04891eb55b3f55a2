"""`sutler user`, `sutler role`, `sutler member` and `sutler key rotate`: what can be typed."""

from pathlib import Path
from typing import Annotated

import typer

from sutler.commands.refusal import Refusal

Data = Annotated[Path | None, typer.Option(help="The folder of the SQLite file and the secret key, instead of SUTLER_DATA.")]
OfStore = Annotated[str | None, typer.Option("--store", help="The store's id or slug; needed when there are several.")]
WhichUser = Annotated[str, typer.Argument(metavar="USER", help="The user's e-mail address or id.")]
WhichRole = Annotated[str, typer.Argument(metavar="ROLE", help="The role's name or id.")]
Permissions = Annotated[list[str], typer.Argument(help="What the role permits, such as customer_read; * for everything.")]
Password = Annotated[
    str | None, typer.Option(envvar="SUTLER_PASSWORD", help="Asked for if left out, which keeps it off the screen.")
]
user = typer.Typer(help="Users, who own stores or work in them.", no_args_is_help=True, pretty_exceptions_enable=False)
role = typer.Typer(help="Roles: what members may do.", no_args_is_help=True, pretty_exceptions_enable=False)
member = typer.Typer(help="Who works in a store.", no_args_is_help=True, pretty_exceptions_enable=False)


def register(app: typer.Typer) -> None:
    """Add these commands; `sutler key`, which must be there already, gets `rotate`."""
    for name, group in {"user": user, "role": role, "member": member}.items():
        app.add_typer(group, name=name)
    keys = next(group.typer_instance for group in app.registered_groups if group.name == "key")
    if keys is not None:
        keys.command("rotate")(rotate)


def asked(password: str | None) -> str:
    """The password, typed twice without being shown unless it was given."""
    return password or str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


@user.command("create")
def create_user(
    email: Annotated[str, typer.Argument(help="The e-mail address to sign in with.")],
    first_name: Annotated[str | None, typer.Option(help="The first name.")] = None,
    last_name: Annotated[str | None, typer.Option(help="The last name.")] = None,
    password: Password = None,
    data: Data = None,
) -> None:
    """Make a user. They own nothing yet: `sutler member own` makes them the owner of a store."""
    from sutler.commands import accounts, ground
    from sutler.stores.users.service import Names

    ground.use(data=data)
    names = Names(first_name=first_name, last_name=last_name)
    typer.echo(ground.run(accounts.create(email, asked(password), names)))


@user.command("list")
def list_users(data: Data = None) -> None:
    """List all users."""
    from sutler.commands import accounts, ground

    ground.use(data=data)
    ground.run(accounts.show_all())


@user.command("password")
def change_password(who: WhichUser, password: Password = None, data: Data = None) -> None:
    """Give a user a new password. They are signed out everywhere, and a lock because of wrong passwords ends."""
    from sutler.commands import accounts, ground

    ground.use(data=data)
    ground.run(accounts.change_password(who, asked(password)))


@user.command("totp")
def second_factor(
    who: WhichUser,
    remove: Annotated[bool, typer.Option("--remove", help="Ask the user for no codes any more.")] = False,
    data: Data = None,
) -> None:
    """Give a user a second factor for an authenticator app, and recovery codes; all of it is shown once."""
    from sutler.commands import accounts, ground

    ground.use(data=data)
    ground.run(accounts.remove_factor(who) if remove else accounts.enrol(who))


@user.command("token")
def create_token(
    who: WhichUser,
    days: Annotated[int, typer.Option(min=1, max=365, help="How long the token works.")] = 7,
    data: Data = None,
) -> None:
    """Make a token that manages the user's stores: `Authorization: User TOKEN`. It goes to standard output, once."""
    from sutler.commands import accounts, ground

    ground.use(data=data)
    typer.echo(ground.run(accounts.create_token(who, days)))


@user.command("disable")
def disable_user(who: WhichUser, data: Data = None) -> None:
    """Let a user do nothing any more; what they did stays."""
    from sutler.commands import accounts, ground

    ground.use(data=data)
    ground.run(accounts.disable(who))


@user.command("enable")
def enable_user(who: WhichUser, data: Data = None) -> None:
    """Let a disabled user work again."""
    from sutler.commands import accounts, ground

    ground.use(data=data)
    ground.run(accounts.enable(who))


@role.command("permissions")
def list_permissions() -> None:
    """List every permission that an operation needs."""
    from sutler.app import routes
    from sutler.kernel.edge.access import permissions

    routes()
    typer.echo("\n".join(sorted(permissions())))


@role.command("create")
def create_role(
    name: Annotated[str, typer.Argument(help="What to call the role.")],
    permission: Permissions,
    store: OfStore = None,
    data: Data = None,
) -> None:
    """Make a role."""
    from sutler.commands import ground, staff

    ground.use(data=data)
    typer.echo(ground.run(staff.create_role(store, name, permission)))


@role.command("change")
def change_role(name: WhichRole, permission: Permissions, store: OfStore = None, data: Data = None) -> None:
    """Give a role other permissions instead of those it has."""
    from sutler.commands import ground, staff

    ground.use(data=data)
    ground.run(staff.change_role(store, name, permission))


@role.command("delete")
def delete_role(name: WhichRole, store: OfStore = None, data: Data = None) -> None:
    """Remove a role that nobody has."""
    from sutler.commands import ground, staff

    ground.use(data=data)
    ground.run(staff.delete_role(store, name))


@role.command("list")
def list_roles(store: OfStore = None, data: Data = None) -> None:
    """List the roles of a store."""
    from sutler.commands import ground, staff

    ground.use(data=data)
    ground.run(staff.show_roles(store))


@member.command("add")
def add_member(
    who: WhichUser,
    role_name: Annotated[str | None, typer.Option("--role", help="A role; without one they may do nothing.")] = None,
    store: OfStore = None,
    data: Data = None,
) -> None:
    """Let a user work in a store."""
    from sutler.commands import ground, staff

    ground.use(data=data)
    typer.echo(ground.run(staff.add_member(store, who, role_name)))


@member.command("role")
def give_role(who: WhichUser, role_name: WhichRole, store: OfStore = None, data: Data = None) -> None:
    """Give a member another role."""
    from sutler.commands import ground, staff

    ground.use(data=data)
    ground.run(staff.give_role(store, who, role_name))


@member.command("remove")
def remove_member(who: WhichUser, store: OfStore = None, data: Data = None) -> None:
    """Let a user work in a store no more."""
    from sutler.commands import ground, staff

    ground.use(data=data)
    ground.run(staff.remove_member(store, who))


@member.command("own")
def hand_over(who: WhichUser, store: OfStore = None, data: Data = None) -> None:
    """Make a user the owner of a store. Whoever was it before stays a member, without a role."""
    from sutler.commands import ground, staff

    ground.use(data=data)
    ground.run(staff.hand_over(store, who))


@member.command("list")
def list_members(store: OfStore = None, data: Data = None) -> None:
    """List who works in a store."""
    from sutler.commands import ground, staff

    ground.use(data=data)
    ground.run(staff.show_members(store))


def rotate(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key's id.")],
    overlap: Annotated[int, typer.Option(min=0, max=90 * 24, help="For how many hours the old token works on.")] = 24,
    store: OfStore = None,
    data: Data = None,
) -> None:
    """Give an API key another token, which goes to standard output, once. The old one works for a while."""
    from sutler.commands import ground, staff

    if not (key.isascii() and key.isdigit()):
        message = "A key's id is a number; `sutler key list` shows it."
        raise Refusal(message)
    ground.use(data=data)
    typer.echo(ground.run(staff.rotate(store, key, overlap)))
