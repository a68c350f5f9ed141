"""Official documents: the list and one of them."""
