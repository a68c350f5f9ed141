"""Offices and numbers to call: where to go, when it is open, whom to ring."""
