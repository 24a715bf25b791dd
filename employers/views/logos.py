"""An employer's logo: to look at, to replace, to take away."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.feedback import tell
from employers.forms.logos import LogoForm
from employers.models import EmployerLogo
from employers.services.logos import keep_logo, remove_logo
from employers.views.companies import home_of
from employers.views.shortcuts import visible_employer


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER, Role.EMPLOYER)
@require_GET
def logo(request: Request, pk: int) -> HttpResponse:
    """The picture, for whoever may see the employer; the browser keeps it and asks whether it changed."""
    found = get_object_or_404(EmployerLogo.objects.visible_to(request.membership), employer=pk)
    tag = f'"{found.digest}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(bytes(found.picture), content_type="image/png")
        response["Content-Disposition"] = "inline"
        response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


@allow(Role.COACH, Role.MANAGER, Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def logo_edit(request: Request, pk: int) -> HttpResponse:
    """Choose a picture; on a page of its own, so that a wrong one costs nothing else."""
    employer = visible_employer(request, pk)
    home = home_of(employer, request.membership)
    posted = request.method == "POST"
    form = LogoForm(request.POST if posted else None, request.FILES if posted else None, cancel_url=home)
    if posted and form.is_valid():
        keep_logo(employer=employer, drawn=form.drawn, by=request.membership)
        tell(request, _("Het logo is bewaard."))
        return redirect(home)
    has_logo = EmployerLogo.objects.filter(employer=employer).exists()
    context = {"form": form, "employer": employer, "home": home, "has_logo": has_logo}
    return render(request, "employers/logo_edit.html", context)


@allow(Role.COACH, Role.MANAGER, Role.EMPLOYER)
@require_POST
def logo_remove(request: Request, pk: int) -> HttpResponse:
    """No picture any more."""
    employer = visible_employer(request, pk)
    remove_logo(employer=employer, by=request.membership)
    tell(request, _("Het logo is weggehaald."))
    return redirect(home_of(employer, request.membership))
