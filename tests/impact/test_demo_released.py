"""What the demo adds for a municipality to find: released reports, a sheet, plans and keys."""

from __future__ import annotations

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from impact.demo.ahead import KEYS, cut_keys
from impact.demo.released import hand_over
from impact.models import ApiKey, Release, SuccessSheet
from tests.bureaus.factories import MembershipFactory
from tests.impact.test_figures import UNTIL, story
from tests.impact.test_report import drawn

__all__ = ["drawn", "story"]


def test_the_demo_hands_over_two_quarters_that_follow_each_other_and_a_sheet_about_the_last(
    story: Bureau, manager: Membership, drawn: None
) -> None:
    hand_over(story, UNTIL)
    with scoped(Scope.for_membership(manager)):
        earlier, last = Release.objects.order_by("since")
        sheet = SuccessSheet.objects.get()
    assert (last.since - earlier.until).days == 1
    assert last.until <= UNTIL
    assert sheet.release_id == last.pk
    assert sheet.issued_at


def test_the_keys_of_the_demo_belong_to_its_municipality(bureau: Bureau) -> None:
    officer = MembershipFactory(role=Role.MUNICIPALITY, bureau=None, municipality=bureau.municipality)
    cut_keys(bureau)
    with scoped(Scope.for_membership(officer)):
        assert sorted(ApiKey.objects.visible_to(officer).values_list("name", flat=True)) == sorted(KEYS)
