"""What a change of a subscription would do and cost, before anything is written."""
