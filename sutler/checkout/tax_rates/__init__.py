"""The rates of tax of a store: dated, and the owner's to change."""
