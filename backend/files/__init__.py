"""Files: uploads by ticket, pictures re-encoded, served by visibility."""
