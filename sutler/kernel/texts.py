"""Characters of texts that are not what they seem: they end lines, turn the text around or cannot be seen."""

from typing import Final
from unicodedata import category

DECEPTIVE: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")  # control and format characters, and the separators of lines
JOINERS: Final = "\u200c\u200d"  # Persian words and families of emoji need them


def is_deceptive(char: str) -> bool:
    """Whether it is a control character, or one that changes how others are read."""
    return not char.isprintable() and char not in JOINERS and category(char) in DECEPTIVE


def honest(text: str) -> str:
    """The text without such characters."""
    return text if text.isprintable() else "".join(char for char in text if not is_deceptive(char))


def name_problem(name: str) -> str | None:
    """What is wrong with a name that somebody reads, if anything."""
    found = next((char for char in name if is_deceptive(char)), None)
    if found is None:
        return None
    return f"A name has no control characters and none that turn or hide other text; leave out U+{ord(found):04X}."
