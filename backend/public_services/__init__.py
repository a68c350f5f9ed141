"""Public services: procedures to look up, places old and new, numbers to call."""
