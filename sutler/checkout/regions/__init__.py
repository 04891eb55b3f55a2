"""What lines cost where their buyer is."""
