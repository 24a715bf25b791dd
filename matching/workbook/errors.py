"""What can be wrong with a workbook as a whole, and with one value in it."""

from django.utils.functional import Promise


class WorkbookRefused(Exception):
    """The file as a whole cannot be read; `reason` tells the user in Dutch what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ValueProblem(Exception):
    """One cell cannot be understood; `reason` tells the user in Dutch what is wrong and how to write it.

    `hide` is set when the value itself must not be shown again (it looks like a BSN).
    """

    def __init__(self, reason: str | Promise, *, hide: bool = False) -> None:
        super().__init__(reason)
        self.reason = str(reason)
        self.hide = hide
