"""Benchmarks: requests per second of the app beside a floor, measured side by side in one run. Never timed tests."""
