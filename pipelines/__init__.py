"""What every advert's text means: one stage a module, each a pure function with a thin wrapper."""
