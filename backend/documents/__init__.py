"""Official documents: found by number, words, agency, kind and year."""
