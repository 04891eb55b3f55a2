"""What a store and its products cost in which region."""
