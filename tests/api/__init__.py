"""The API as a whole: what no single feature can promise."""
