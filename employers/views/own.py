"""What an employer's own contact sees: the company and its positions. Never a candidate."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.ui.feedback import tell
from buurtbaan.vocabulary.words import named, words
from employers import services
from employers.displacement import answered
from employers.enums import PositionStatus
from employers.forms.companies import CompanyProfileForm
from employers.models import Employer, Position
from employers.reading import about
from employers.services.positions import latest_check

PER_PAGE = 25


def _mine(request: Request) -> Employer:
    rows = Employer.objects.visible_to(request.membership).annotate(logo_digest=F("logo__digest"))
    return get_object_or_404(rows)


@allow(Role.EMPLOYER)
@require_GET
def my_company(request: Request) -> HttpResponse:
    """What candidates and the bureau know of us."""
    employer = _mine(request)
    context = {
        "employer": employer,
        "environment": named(employer.environment, words(employer.environment)),
        "locations": employer.locations.select_related("area"),
        "contacts": employer.contacts.all(),
    }
    return render(request, "employers/my_company.html", context)


@allow(Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def my_company_edit(request: Request) -> HttpResponse:
    """Tell about the company in one's own words."""
    employer = _mine(request)
    home = reverse("employers:my_company")

    def now(data: QueryDict | None, row: Employer | None = None) -> CompanyProfileForm:
        return CompanyProfileForm(data, instance=row or services.locked_employer(employer), cancel_url=home)

    form, clash = settle(request, now(request.POST or None, employer), now)
    if clash:
        return clash
    keep(request, form, title=_("Over jullie"))
    if request.method == "POST" and form.is_valid():
        services.change_employer(employer=employer, values=form.cleaned_data, by=request.membership)
        tell(request, _("Dankjewel, de gegevens zijn bewaard."))
        return redirect(home)
    return render(request, "employers/my_company_edit.html", {"form": form})


@allow(Role.EMPLOYER)
@require_GET
def my_positions(request: Request) -> HttpResponse:
    """Our positions, what state they are in, and how the check went."""
    rows = Position.objects.visible_to(request.membership).exclude(status=PositionStatus.CLOSED)
    rows = rows.select_related("location__area").prefetch_related("displacement_checks")
    page = Paginator(rows.order_by("title", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    shown = [{"position": one, "check": next(iter(one.displacement_checks.all()), None)} for one in page]
    return render(request, "employers/my_positions.html", {"page": page, "rows": shown})


@allow(Role.EMPLOYER)
@require_GET
def my_position(request: Request, pk: int) -> HttpResponse:
    """One of our positions as candidates get to hear about it, with its check as filled in."""
    rows = Position.objects.visible_to(request.membership).select_related(
        "employer", "location__area", "bureau__municipality"
    )
    position = get_object_or_404(rows, pk=pk)
    check = latest_check(position)
    context = {
        "position": position,
        "about": about(position),
        "check": check,
        "answers": answered(check.version, check.answers) if check else [],
    }
    return render(request, "employers/my_position.html", context)
