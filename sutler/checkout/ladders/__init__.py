"""Steps of ladders that are bought once: whoever has a lower one pays the difference."""
