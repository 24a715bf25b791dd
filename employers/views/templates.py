"""Templates of positions: keep one, look at all, rename, take off the list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from employers import lists, services
from employers.enums import WorkForm
from employers.forms.templates import TemplateForm
from employers.models import Position, PositionTemplate


def _template(request: Request, pk: int) -> PositionTemplate:
    return get_object_or_404(PositionTemplate.objects.visible_to(request.membership), pk=pk)


@allow(Role.COACH, Role.MANAGER)
@require_GET
def template_list(request: Request) -> HttpResponse:
    """The bureau's templates."""
    forms = lists.labels(WorkForm)
    found = PositionTemplate.objects.visible_to(request.membership).kept()
    page = lists.page_of(found, request.GET.get("page"))
    rows = [
        {
            "template": one,
            "title": one.values.get("title", ""),
            "form": forms.get(one.form, one.form),
            "new_url": f"{reverse('employers:position_new')}?sjabloon={one.pk}",
        }
        for one in page
    ]
    return render(request, "employers/template_list.html", {"page": page, "rows": rows})


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def template_keep(request: Request, pk: int) -> HttpResponse:
    """Keep a position's work as a template."""
    position = get_object_or_404(Position.objects.visible_to(request.membership), pk=pk)
    page = reverse("employers:position", args=[pk])
    form = TemplateForm(request.POST or None, cancel_url=page, initial={"name": position.title})
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            try:
                name = form.cleaned_data["name"]
                made = services.keep_template(position=position, name=name, by=request.membership)
            except NotAllowedNow as reason:
                form.add_error("name", str(reason))
            else:
                tell(
                    request,
                    _("Bewaard als sjabloon “%(name)s”.") % {"name": made.name},
                    undo_url=reverse("employers:template_drop", args=[made.pk]),
                    next_url=reverse("employers:template_list"),
                    next_label=_("Bekijk de sjablonen"),
                )
                return first.done(page)
    return render(request, "employers/template_keep.html", {"form": form, "position": position})


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def template_edit(request: Request, pk: int) -> HttpResponse:
    """Give a template another name."""
    template = _template(request, pk)
    home = reverse("employers:template_list")
    form, clash = settle_row(
        request,
        template,
        lambda data, row: TemplateForm(data, cancel_url=home, initial={"name": row.name}),
    )
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_template(template=template, name=form.cleaned_data["name"], by=request.membership)
        except NotAllowedNow as reason:
            form.add_error("name", str(reason))
        else:
            tell(request, _("Het sjabloon is bewaard."))
            return redirect(home)
    return render(request, "employers/template_edit.html", {"form": form, "template": template})


@allow(Role.COACH, Role.MANAGER)
@require_POST
def template_drop(request: Request, pk: int) -> HttpResponse:
    """Take a template off the list."""
    template = _template(request, pk)
    services.drop_template(template=template, by=request.membership)
    tell(
        request,
        _("Het sjabloon “%(name)s” is weg.") % {"name": template.name},
        undo_url=reverse("employers:template_restore", args=[pk]),
    )
    return redirect("employers:template_list")


@allow(Role.COACH, Role.MANAGER)
@require_POST
def template_restore(request: Request, pk: int) -> HttpResponse:
    """Put a template back on the list."""
    services.restore_template(template=_template(request, pk), by=request.membership)
    tell(request, _("Het sjabloon staat er weer."))
    return redirect("employers:template_list")
