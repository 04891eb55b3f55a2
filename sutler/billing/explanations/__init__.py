"""Why something costs what it costs."""
