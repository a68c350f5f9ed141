"""Where to go and whom to call: offices, numbers, and what one's own place is called now."""
