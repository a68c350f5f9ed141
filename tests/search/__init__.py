"""Tests of the one search box."""
