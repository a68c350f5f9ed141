"""Accounts: people, their roles and units, signing in and out."""
