"""Public services: procedures, places old and new, numbers to call."""
