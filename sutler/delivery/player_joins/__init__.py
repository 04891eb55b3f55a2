"""Who joined which game server when, and from where: evidence that a buyer plays."""
