"""What is known of one person, across all slices: showing it to them, and forgetting it."""
