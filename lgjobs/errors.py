"""What a person is told when something can not be done as asked."""


class UsedWrongly(Exception):
    """What was asked for can not be done as asked; the message says why, and what to do."""
