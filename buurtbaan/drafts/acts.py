"""Showing a form and doing its act once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from buurtbaan.access import Request
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text


def act_once(
    request: Request, form: Any, *, do: Callable[[], tuple[Text, str]], template: str, context: dict[str, Any]
) -> HttpResponse:
    """Show a form; when it holds, do the act once. `do` gives what to tell and where to go.

    An act that is not possible now is said in the form, with everything that was typed.
    """
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                said, url = do()
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                tell(request, said)
                return first.done(url)
    return render(request, template, {**context, "form": form})
