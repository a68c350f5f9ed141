"""Accounts: signing in and up, one's own profile."""
