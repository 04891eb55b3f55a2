"""The kinds of payment that buyers can choose, such as card, and switching them off."""
