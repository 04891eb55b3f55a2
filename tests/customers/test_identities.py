"""What identities look like, and which follow from others."""

from uuid import UUID

import pytest

from sutler.customers.identities.service import (
    FIRST_STEAM_ID,
    LAST_STEAM_ID,
    BadIdentity,
    bedrock_uuid,
    display_name,
    is_offline_uuid,
    key_of,
    minecraft_uuid,
    offline_uuid,
    player_name,
    steam_id,
    xbox_xuid,
)

NOTCH = "069a79f4-44e9-4726-a5be-fca90e38aaf5"


class TestSteamId:
    @pytest.mark.parametrize("value", [FIRST_STEAM_ID, LAST_STEAM_ID, "76561197960287930", " 76561197960287930 "])
    def test_is_that_of_a_personal_account(self, value: str | int) -> None:
        assert steam_id(value) == str(value).strip()

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "abc",
            "1",
            FIRST_STEAM_ID - 1,
            LAST_STEAM_ID + 1,
            "076561197960287930",
            "-76561197960287930",
            "٧٦٥٦١١٩٧٩٦٠٢٨٧٩٣٠",
        ],
    )
    def test_is_nothing_else(self, value: str | int) -> None:
        with pytest.raises(BadIdentity, match="17 digits"):
            steam_id(value)


class TestMinecraftUuid:
    @pytest.mark.parametrize("text", [NOTCH, NOTCH.upper(), NOTCH.replace("-", ""), f" {NOTCH} "])
    def test_is_dashed_and_in_lower_case(self, text: str) -> None:
        assert minecraft_uuid(text) == NOTCH

    @pytest.mark.parametrize(
        "text", ["", "Notch", NOTCH[:-1], NOTCH + "0", "{" + NOTCH + "}", "069a79f444e94726-a5be-fca90e38aaf5"]
    )
    def test_is_nothing_else(self, text: str) -> None:
        with pytest.raises(BadIdentity, match="32 hexadecimal digits"):
            minecraft_uuid(text)


class TestXboxXuid:
    def test_is_a_decimal_number_without_leading_zeros(self) -> None:
        assert xbox_xuid(" 002535428504324680 ") == "2535428504324680"
        assert xbox_xuid(str(2**64 - 1)) == "18446744073709551615"

    @pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "0x10", str(2**64), "²"])
    def test_is_nothing_else(self, text: str) -> None:
        with pytest.raises(BadIdentity, match="decimal number"):
            xbox_xuid(text)


class TestNames:
    def test_of_customers_have_1_to_50_characters(self) -> None:
        assert display_name(" Alice ") == "Alice"
        assert display_name("x" * 50) == "x" * 50
        for text in (" ", "x" * 51):
            with pytest.raises(BadIdentity, match="1 to 50"):
                display_name(text)

    @pytest.mark.parametrize("text", ["\u0007", "\u202e\u200b", " \u00ad "])
    def test_of_customers_can_be_seen(self, text: str) -> None:
        with pytest.raises(BadIdentity, match="can be seen"):
            display_name(text)

    @pytest.mark.parametrize("text", ["", "two words", "x" * 17, "naïve", "line\nbreak"])
    def test_of_java_players_are_short_and_plain(self, text: str) -> None:
        with pytest.raises(BadIdentity, match="Minecraft player"):
            player_name(text, bedrock=False)

    def test_of_bedrock_players_have_underscores_for_blanks(self) -> None:
        assert player_name(".Some Gamer 4321", bedrock=True) == ".Some_Gamer_4321"


class TestUuids:
    def test_of_offline_players_follow_from_the_name_in_its_exact_case(self) -> None:
        # What Java's UUID.nameUUIDFromBytes("OfflinePlayer:Notch".getBytes()) gives.
        assert offline_uuid("Notch") == "b50ad385-829d-3141-a216-7e7d7539ba7f"
        assert offline_uuid("notch") != offline_uuid("Notch")

    def test_of_offline_players_are_told_from_those_of_accounts(self) -> None:
        assert is_offline_uuid(offline_uuid("Notch"))
        assert not is_offline_uuid(NOTCH)

    def test_of_bedrock_players_hold_the_xuid(self) -> None:
        assert bedrock_uuid("2535428504324680") == str(UUID(int=0x901F5735A8A48))


class TestKeyOf:
    @pytest.mark.parametrize(
        ("platform", "identifier", "key"),
        [("Steam", "1", "steam_id"), ("minecraft", NOTCH, "minecraft_uuid"), ("minecraft", "Notch", "minecraft_java_name"),
         ("minecraft_bedrock_name", "Notch", "minecraft_bedrock_name"), ("xbox", "1", "xbox_xuid"),
         ("paynow_name", "A", "name")],
    )  # fmt: skip
    def test_tells_what_an_account_stands_for(self, platform: str, identifier: str, key: str) -> None:
        assert key_of(platform, identifier) == key

    def test_names_the_platforms_that_there_are(self) -> None:
        with pytest.raises(BadIdentity, match=r"minecraft, .*steam"):
            key_of("playstation", "1")
