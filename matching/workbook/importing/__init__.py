"""Takes a workbook over into a bureau: read, matched to who is known already, written in one transaction."""

from matching.workbook.importing.result import ImportResult, SheetCount
from matching.workbook.importing.run import preview, take_over

__all__ = ["ImportResult", "SheetCount", "preview", "take_over"]
