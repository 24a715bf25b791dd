"""The bureau's own projects: what came in, what it cost, and whether it breaks even."""

from __future__ import annotations

from decimal import Decimal

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.ui.charts import Bar, Bars, Pair, PairedBars
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.formats import euro
from employers.earnings import Result, project_years
from employers.enums import INCOME_KINDS, EmployerKind
from employers.forms.commissions import LineForm, own_projects
from employers.forms.earning_filters import YearFilter
from employers.models import Commission, Employer, ProjectLine
from employers.services import commissions as services
from employers.views.shortcuts import visible_employer

PER_PAGE = 50


@allow(Role.COACH, Role.MANAGER)
@require_GET
def project_list(request: Request) -> HttpResponse:
    """Every own project with the result of a year."""
    projects = own_projects(request.membership.bureau_id or 0)
    results = project_years([one.pk for one in projects])
    this = timezone.localdate().year
    years = sorted({this, *(year for found in results.values() for year in found)}, reverse=True)
    filters = YearFilter(request.GET, years=years)
    year = (filters.cleaned_data.get("year") if filters.is_valid() else None) or this
    rows = [(one, results[one.pk].get(year, Result())) for one in projects]
    context = {
        "filters": filters,
        "year": year,
        "rows": rows,
        "total": sum((result for _one, result in rows), Result()),
    }
    return render(request, "employers/project_list.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_GET
def project(request: Request, pk: int) -> HttpResponse:
    """One project: the year in words, each amount of it, and the years beside each other."""
    found = visible_employer(request, pk, kind=EmployerKind.OWN_PROJECT)
    results = project_years([pk])[pk]
    this = timezone.localdate().year
    years = sorted({this, *results}, reverse=True)
    filters = YearFilter(request.GET, years=years)
    year = (filters.cleaned_data.get("year") if filters.is_valid() else None) or this
    lines = list(found.lines.filter(on__year=year))
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "employer": found,
        "filters": filters,
        "many_years": len(years) > 1,
        "year": year,
        "this_year": year == this,
        "result": results.get(year, Result()),
        "page": page,
        "lines": [{"line": line, "income": line.kind in INCOME_KINDS} for line in page],
        "commissions": _commissions(found, year) if page.number == 1 else [],
        "by_year": [(one, results[one]) for one in years if one in results],
        "chart": _by_year(results),
        "kinds": _by_kind(lines),
    }
    return render(request, "employers/project.html", context)


def _commissions(project: Employer, year: int) -> QuerySet[Commission]:
    """What others paid this project for in a year."""
    rows: QuerySet[Commission] = project.carried_out.filter(starts_on__year=year)
    return rows.select_related("employer").order_by("-starts_on", "-pk")[:PER_PAGE]


def _by_year(results: dict[int, Result]) -> PairedBars | None:
    """Costs and income beside each other, year by year."""
    if not results:
        return None
    pairs = [
        Pair(str(year), round(results[year].cost), round(results[year].income)) for year in sorted(results)
    ]
    return PairedBars(
        id="jaren",
        title=_("Kosten en inkomsten per jaar"),
        description=_("Per jaar wat het project kostte en wat het opbracht, in hele euro's."),
        pairs=tuple(pairs),
        before=_("kosten"),
        after=_("inkomsten"),
        label=_("Jaar"),
    )


def _by_kind(lines: list[ProjectLine]) -> Bars | None:
    """Where the year's costs went, largest first."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.kind not in INCOME_KINDS:
            label = line.get_kind_display()
            sums[label] = sums.get(label, Decimal(0)) + line.amount
    if len(sums) < 2:
        return None
    ordered = sorted(sums.items(), key=lambda pair: -pair[1])
    return Bars(
        id="kosten",
        title=_("Waar de kosten zitten"),
        description=_("De kosten van het jaar per soort, de grootste boven."),
        bars=tuple(Bar(label, amount, euro(amount)) for label, amount in ordered),
        label=_("Soort"),
        unit=_("Bedrag"),
    )


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def project_line_new(request: Request, pk: int) -> HttpResponse:
    """Note an amount."""
    found = visible_employer(request, pk, kind=EmployerKind.OWN_PROJECT)
    back = reverse("employers:project", args=[pk])
    form = LineForm(request.POST or None, cancel_url=back, initial={"on": timezone.localdate()})
    keep(request, form, title=_("Nieuw bedrag"), new=True)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            made = services.add_line(project=found, values=form.cleaned_data, by=request.membership)
            tell(
                request, _("Het bedrag staat erin."), next_url=request.path, next_label=_("Noteer er nog een")
            )
            return first.done(f"{back}?year={made.on.year}")
    return render(request, "employers/project_line_new.html", {"form": form, "employer": found})


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def project_line_edit(request: Request, pk: int) -> HttpResponse:
    """Correct an amount."""
    found = _line(request, pk)
    back = reverse("employers:project", args=[found.employer_id]) + f"?year={found.on.year}"

    def now(data: QueryDict | None, row: ProjectLine | None = None) -> LineForm:
        return LineForm(data, instance=row or services.locked_line(found), cancel_url=back)

    form, clash = settle(request, now(request.POST or None, found), now)
    if clash:
        return clash
    keep(request, form, title=found.what)
    if request.method == "POST" and form.is_valid():
        services.change_line(line=found, values=form.cleaned_data, by=request.membership)
        tell(request, _("Het bedrag is bewaard."))
        return redirect(back)
    return render(request, "employers/project_line_edit.html", {"form": form, "line": found})


@allow(Role.COACH, Role.MANAGER)
@require_POST
def project_line_remove(request: Request, pk: int) -> HttpResponse:
    """Take an amount away."""
    found = _line(request, pk)
    services.remove_line(line=found, by=request.membership)
    tell(
        request,
        _("“%(what)s” van %(amount)s is weggehaald.") % {"what": found.what, "amount": euro(found.amount)},
    )
    return redirect(reverse("employers:project", args=[found.employer_id]) + f"?year={found.on.year}")


def _line(request: Request, pk: int) -> ProjectLine:
    rows = ProjectLine.objects.visible_to(request.membership).select_related("employer")
    found: ProjectLine = get_object_or_404(rows, pk=pk)
    return found
