"""Tests of offices, places and numbers to call."""
