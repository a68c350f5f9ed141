"""What administrators set for feedback, and the locks that dispatchers answer for."""
