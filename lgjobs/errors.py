"""What a person is told when something can not be done as asked."""


class UsedWrongly(Exception):
    """What was asked for can not be done as asked; the message says why, and what to do."""


class NotNow(Exception):
    """What was asked for can be done, but not at this moment; the message says what to wait for."""
