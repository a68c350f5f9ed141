"""One search box over everything."""
