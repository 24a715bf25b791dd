"""The workbook a bureau brings on its first day: read safely, checked row by row, taken over in one go."""
