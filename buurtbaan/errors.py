"""What a service says when an act cannot be done, in words for the person who tried."""


class NotAllowedNow(Exception):
    """The act is known and permitted, but not in this state; the message says what to do instead."""


class MovedAway(Exception):
    """What this address names has another address now; a visit is led there."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url
