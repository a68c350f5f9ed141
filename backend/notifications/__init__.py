"""Notifications: the inbox, written by listeners, shown live."""
