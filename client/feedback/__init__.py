"""Feedback (phản ánh): citizens' reports, their stories, and the desk where staff answer them."""
