"""Names of Python for names of the contract."""

import keyword
import re

WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[-.]")
VERBS = ("get_", "list_")


def snake(name: str) -> str:
    """`GetCustomers`, `game-servers` and `storeId` in lower case, words parted by underscores."""
    return WORDS.sub("_", name.replace("IDs", "Ids")).lower()


def argument(name: str) -> str:
    """A parameter of the contract as an argument: `from` is a word of Python's, and our headers share a prefix."""
    plain = snake(name.removeprefix("x-paynow-"))
    return f"{plain}_" if keyword.iskeyword(plain) else plain


def attribute(name: str) -> str:
    """A member of an object as an attribute."""
    return f"{name}_" if keyword.iskeyword(name) else name


def pascal(name: str) -> str:
    """`game-servers` as the name of a class."""
    return "".join(word.capitalize() for word in re.split(r"[-_]", name))


def method(operation_id: str) -> str:
    """`Customers_GetCustomers` as a method: what comes after the controller."""
    return snake(operation_id.partition("_")[2])


def words(name: str) -> str:
    """`get_customers` as the beginning of a sentence."""
    return name.replace("_", " ").capitalize()


def subject(name: str) -> str:
    """What an operation that lists something lists: `customers` of `get_customers`."""
    for verb in VERBS:
        name = name.removeprefix(verb)
    return name


def input_name(schema: str) -> str:
    """The name of a dictionary that goes into a request."""
    return f"{schema.removesuffix('Dto')}Input"
