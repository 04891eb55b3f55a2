"""Texts that the gameserver API knows. Made by `make sdk`; changes are lost."""

from typing import Literal

GameServerEventDto = Literal["invalid", "player_join"]
