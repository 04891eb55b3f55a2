"""Asking Steam, Mojang and GeyserMC about players."""
