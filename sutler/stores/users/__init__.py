"""A user is a human who owns stores or works in some. Users belong to no store."""
