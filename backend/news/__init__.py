"""News: articles for everybody."""
