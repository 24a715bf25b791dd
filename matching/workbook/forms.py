"""What the browser sends: a file, and whether bad rows may be skipped."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import form_helper
from matching.workbook.container import check_container
from matching.workbook.errors import WorkbookRefused


class WorkbookForm(forms.Form):
    """A workbook, refused at once when it is something else."""

    file = forms.FileField(
        label=_("Werkboek"),
        help_text=_("Een Excel-bestand (.xlsx) van hooguit 20 MB."),
        error_messages={
            "required": _("Kies eerst een bestand."),
            "empty": _("Dit bestand is leeg."),
            "missing": _("Kies eerst een bestand."),
        },
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"
        form_helper(
            self, submit=_("Lees het werkboek"), cancel_url=reverse("matching:import_list"), once=True
        )

    def clean_file(self) -> UploadedFile:
        """Look at the container only; the rows are for the worker."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            check_container(file)
        except WorkbookRefused as refused:
            raise forms.ValidationError(refused.reason) from refused
        return file


class TakeOverForm(forms.Form):
    """Asked only where there are bad rows."""

    skip_bad_rows = forms.BooleanField(
        label=_("Sla de foute rijen over"),
        help_text=_("De goede rijen gaan mee. De foute kun je verbeteren en later opnieuw brengen."),
        error_messages={
            "required": _("Er zijn foute rijen. Verbeter ze in het bestand, of kies dat we ze overslaan.")
        },
    )

    def __init__(self, *args: Any, bad_rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not bad_rows:
            del self.fields["skip_bad_rows"]
        form_helper(self, submit="", tag=False)
