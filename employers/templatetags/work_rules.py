"""The rules that a form of work brings up, beside the page of that work."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from employers.enums import PAID_FORMS, WorkForm

register = template.Library()

OF_FORM: dict[str, tuple[str, ...]] = {
    WorkForm.VOLUNTEERING: ("vrijwilligerswerk-en-uitkering", "aansprakelijkheid"),
    WorkForm.ACTIVATION: ("ontheffing", "aansprakelijkheid"),
    WorkForm.WORK_EXPERIENCE: ("verdringing", "aansprakelijkheid"),
    WorkForm.LEARN_WORK: ("verdringing", "aansprakelijkheid"),
    WorkForm.TRIAL: ("proefplaatsing", "aansprakelijkheid"),
    WorkForm.PARTICIPATION_JOB: ("inkomstenvrijlating", "minimumloon"),
    WorkForm.SECONDMENT: ("minimumloon", "no-riskpolis"),
    WorkForm.SHELTERED: ("beschut-werk", "loonkostensubsidie"),
    WorkForm.BASIC_JOB: ("minimumloon", "no-riskpolis"),
    WorkForm.SUPPORTED_JOB: ("loonkostensubsidie", "no-riskpolis"),
    WorkForm.REGULAR_JOB: ("minimumloon", "no-riskpolis"),
    WorkForm.OWN_BUSINESS: ("eigen-onderneming", "inkomstenvrijlating"),
}
"""Two at most: the page is about the work."""
OF_EMPLOYERS = ("no-riskpolis", "aansprakelijkheid")


@register.inclusion_tag("employers/_work_rules.html", takes_context=True)
def work_rules(context: Context, form: str = "", hours: object = "") -> dict[str, Any]:
    """The rules of a form of work, or those that every employer asks about; with the sum where a wage is paid.

    hours: a week's, taken along to the sum.
    """
    return {
        "codes": OF_FORM.get(form, OF_EMPLOYERS),
        "with_sum": not form or form in PAID_FORMS,
        "hours": hours,
        "request": context["request"],
    }
