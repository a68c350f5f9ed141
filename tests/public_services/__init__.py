"""Tests of procedures, places and hotlines."""
