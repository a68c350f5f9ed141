"""Draws the made pictures of the demo: `python -m scripts.pictures`."""
