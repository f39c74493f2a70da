"""`python -m lgjobs` is `lgjobs`."""

from lgjobs.cli import main

main()
