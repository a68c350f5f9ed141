"""What the tests stand on: databases, servers, a browser and people."""
