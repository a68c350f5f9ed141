"""Proof: unit, API, architecture, and journeys in a browser."""
