"""What a store owes in tax, for its tax return."""
