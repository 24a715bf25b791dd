"""Days at the edge of the calendar are said back in the form; nothing is reckoned from them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.forms.job_coaching import SpanForm
from matching.forms.meetings import MeetingForm, TimesForm
from matching.forms.placements import EndForm
from matching.forms.work import TermsForm
from matching.models import Placement

FIRST, LAST = "0001-01-01", "9999-12-31"


@pytest.mark.parametrize("day", [FIRST, LAST, "1899-12-31", "2101-01-01"])
def test_a_day_that_nobody_can_mean_is_asked_again(bureau, day):
    placement = Placement(starts_on=timezone.localdate() - timedelta(days=9))
    forms = {
        "day": MeetingForm({"day": day, "time": "23:59"}, bureau_id=bureau.pk, cancel_url=""),
        "day1": TimesForm({"day1": day, "time1": "23:59"}),
        "last_day": EndForm({"last_day": day}, placement=placement, cancel_url=""),
        "tot": SpanForm({"van": day, "tot": day}),
    }
    for name, form in forms.items():
        assert "tussen 1900 en 2100" in str(form.errors[name]), name
    with pytest.raises(Exception, match="tussen 1900 en 2100"):
        TermsForm.base_fields["starts_on"].clean(day)


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_an_address_with_such_a_day_shows_last_month(coach, sign_in, day):
    page = sign_in(coach).get(reverse("matching:my_coaching"), {"van": day, "tot": day})
    assert page.status_code == 200
