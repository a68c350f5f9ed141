"""The client's own promises."""
