"""Status: what everybody may know of how the service does."""
