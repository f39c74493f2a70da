"""A council estate on the loopback address: faithful pages of the platforms, for demo and tests."""
