"""A player of the game, who is a customer already or becomes one."""
