"""News: the list and the article."""
