"""One search box over what the other features know."""
