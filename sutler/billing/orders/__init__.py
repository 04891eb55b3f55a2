"""An order: what was bought, at which price, frozen at purchase."""
