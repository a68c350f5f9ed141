"""The province: what this installation is called and where it lies."""
