"""Onboarding: joining a session, its missions, and the facilitator's side."""
