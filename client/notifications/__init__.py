"""Notifications: the inbox, and the bell that counts what is unread."""
