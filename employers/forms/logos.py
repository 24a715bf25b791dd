"""The picture that somebody sends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import form_helper
from employers.logos import ACCEPT, Drawn, LogoRefused, draw


class LogoForm(forms.Form):
    """`drawn` is the picture as we keep it, once the form is valid."""

    drawn: Drawn

    logo = forms.FileField(
        label=_("Plaatje"),
        help_text=_(
            "PNG, JPEG of WebP, van hooguit 2 MB. We maken het klein en halen alle extra gegevens eruit."
        ),
        error_messages={
            "required": _("Kies eerst een plaatje."),
            "missing": _("Kies eerst een plaatje."),
            "empty": _("Dit bestand is leeg. Kies een ander plaatje."),
        },
        max_length=200,
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["logo"].widget.attrs["accept"] = ACCEPT
        form_helper(self, submit=_("Bewaar logo"), cancel_url=cancel_url)

    def clean_logo(self) -> UploadedFile:
        """What it is follows from the content; what does not fit is said beside the field."""
        file: UploadedFile = self.cleaned_data["logo"]
        try:
            self.drawn = draw(file, file.size or 0)
        except LogoRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return file
