"""What leaves the store: files for programs, and the jobs section for readers."""
