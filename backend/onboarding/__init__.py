"""Onboarding: sessions at CĐS Day events that people join by code, with missions ticked by doing them."""
