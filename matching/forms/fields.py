"""What the forms here share."""

from django import forms


def text_box(rows: int = 3) -> forms.Textarea:
    """A box for a few lines."""
    return forms.Textarea({"rows": rows})
