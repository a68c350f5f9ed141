"""One person's whole way, against the running server."""
