"""How a command says no."""


class Refusal(Exception):
    """The command cannot do what was asked; the message is one line that says why and what to do."""
