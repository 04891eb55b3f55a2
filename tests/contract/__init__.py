"""The reference contract as data, and the checks that hold our answers and documents against it."""
