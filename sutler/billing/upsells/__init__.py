"""What a checkout offers beside what its buyer came for."""
