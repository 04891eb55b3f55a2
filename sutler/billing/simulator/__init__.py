"""The simulator: paying without a browser and without money, for stores in test mode."""
