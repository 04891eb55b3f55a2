"""What game servers report. A field that cannot be read makes its entry useless, never the whole report.

Plugins send a report that was refused again and again, with whatever is odd about it.
"""

from typing import Annotated

from msgspec import Meta, Raw, field

from sutler.kernel.wire import Wire

Event = Annotated[Raw, Meta(extra_json_schema={"type": "string", "enum": ["invalid", "player_join"]})]
Moment = Annotated[Raw, Meta(extra_json_schema={"type": "string", "format": "date-time"})]
IpAddress = Annotated[Raw, Meta(extra_json_schema={"type": "string", "format": "ip-address"})]
SteamId = Annotated[Raw, Meta(extra_json_schema={"type": "string", "format": "steam-id"})]
Text = Annotated[Raw, Meta(extra_json_schema={"type": ["null", "string"]})]


def nothing() -> Raw:
    """What a field that was left out holds; a plain default could not be told in the OpenAPI document."""
    return Raw(b"null")


class ReportGameServerEventsEntryPlayerJoinDto(Wire):
    """Who joined, and from where. The address may have a port, and may be the text `null`."""

    ip_address: IpAddress = field(default_factory=nothing)
    steam_id: SteamId = field(default_factory=nothing)
    minecraft_uuid: Text = field(default_factory=nothing)
    minecraft_name: Text = field(default_factory=nothing)


class ReportGameServerEventsEntryDto(Wire):
    """Something that happened on the game server. What it is says the name of the member that tells of it."""

    event: Event = field(default_factory=nothing)
    timestamp: Moment = field(default_factory=nothing)
    player_join: ReportGameServerEventsEntryPlayerJoinDto | None = None
