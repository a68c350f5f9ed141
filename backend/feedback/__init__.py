"""Feedback: the life of a case, from the report to the citizen's last word."""
