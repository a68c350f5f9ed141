"""Dossiers: where one stands, what its owner has to do next, and which ones she follows."""
