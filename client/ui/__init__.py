"""What screens are made of. No word of the domain stands here: words and meanings come from the features."""
