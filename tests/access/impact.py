"""Reports and money."""

from buurtbaan.bureaus.enums import Role
from tests.access import EVERYBODY, Entry

R = Role
MANAGER = frozenset({R.MANAGER})
READERS = frozenset({R.MUNICIPALITY, R.MANAGER, R.COACH})

ENTRIES = {
    "impact:report_list": Entry(roles=MANAGER),
    "impact:report_new": Entry(roles=MANAGER, post=True),
    "impact:report": Entry(roles=MANAGER, args=lambda w: {"pk": w.report.pk}),
    "impact:report_progress": Entry(roles=MANAGER, args=lambda w: {"pk": w.report.pk}),
    "impact:report_retry": Entry(roles=MANAGER, get=False, post=True, args=lambda w: {"pk": w.report.pk}),
    "impact:report_cancel": Entry(roles=MANAGER, get=False, post=True, args=lambda w: {"pk": w.report.pk}),
    "impact:report_release": Entry(roles=MANAGER, get=False, post=True, args=lambda w: {"pk": w.report.pk}),
    "impact:report_pdf": Entry(roles=MANAGER, args=lambda w: {"pk": w.report.pk}, ok=frozenset({200, 404})),
    "impact:released_list": Entry(roles=READERS),
    "impact:released": Entry(roles=READERS, args=lambda w: {"pk": w.release.pk}),
    "impact:release_download": Entry(roles=READERS, args=lambda w: {"pk": w.release.pk, "kind": "pdf"}),
    "impact:release_withdraw": Entry(roles=MANAGER, post=True, args=lambda w: {"pk": w.release.pk}),
    "impact:definitions": Entry(roles=EVERYBODY),
    "impact:recount": Entry(
        roles=MANAGER,
        args=lambda w: {"pk": w.report.pk, "figure": "funnel:entered"},
        ok=frozenset({200, 404}),
    ),
    "impact:why_hidden": Entry(roles=READERS),
    "impact:fairness_page": Entry(roles=MANAGER),
    "impact:fairness_book": Entry(roles=MANAGER),
    "impact:money": Entry(roles=MANAGER),
    "impact:assignment_new": Entry(roles=MANAGER, post=True),
    "impact:assignment_edit": Entry(roles=MANAGER, post=True, args=lambda w: {"pk": w.assignment.pk}),
    "impact:assignment_remove": Entry(
        roles=MANAGER, get=False, post=True, args=lambda w: {"pk": w.assignment.pk}
    ),
    "impact:flow_new": Entry(roles=MANAGER, post=True),
    "impact:flow_edit": Entry(roles=MANAGER, post=True, args=lambda w: {"pk": w.flow.pk}),
    "impact:flow_remove": Entry(roles=MANAGER, get=False, post=True, args=lambda w: {"pk": w.flow.pk}),
}
