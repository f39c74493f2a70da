"""The static jobs section: plain pages that any web server can serve."""
