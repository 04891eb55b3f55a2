"""Ladders of products: who has a lower step pays only the difference for a higher one."""
