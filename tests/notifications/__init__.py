"""Notices: who hears of what."""
