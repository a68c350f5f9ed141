"""The API, the worker and the command line: what decides."""
