"""Reports and money."""

from buurtbaan.bureaus.enums import Role
from tests.access import EVERYBODY, Entry
from tests.world import World

R = Role
MANAGER = frozenset({R.MANAGER})
READERS = frozenset({R.MUNICIPALITY, R.MANAGER, R.COACH})
PLATFORM = frozenset({R.PLATFORM})
PLANNERS = MANAGER | PLATFORM
PLANNED = PLANNERS | {R.MUNICIPALITY}
NO_KEY = frozenset({401})
OFFICER = frozenset({R.MUNICIPALITY})


def days(world: World) -> dict[str, str]:
    """The period of the world's released report."""
    return {"period": f"{world.release.since}_{world.release.until}"}


def dates(world: World) -> dict[str, str]:
    """The same as two dates."""
    return {"since": str(world.release.since), "until": str(world.release.until)}


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
    "verify:verify_report": Entry(roles="public", post=True),
    "impact:definitions": Entry(roles=EVERYBODY),
    "impact:recount": Entry(
        roles=MANAGER,
        args=lambda w: {"pk": w.report.pk, "figure": "funnel:entered"},
        ok=frozenset({200, 404}),
    ),
    "impact:why_hidden": Entry(roles=READERS),
    "impact:fairness_page": Entry(roles=MANAGER),
    "impact:fairness_book": Entry(roles=MANAGER),
    "impact:schedule_list": Entry(roles=PLANNED),
    "impact:schedule_new": Entry(roles=PLANNERS, post=True),
    "impact:schedule_stop": Entry(
        roles=PLANNERS,
        get=False,
        post=True,
        args=lambda w: {"pk": w.schedule.pk},
        reaches_all=PLATFORM,
    ),
    "impact:schedule_resume": Entry(
        roles=PLANNERS,
        get=False,
        post=True,
        args=lambda w: {"pk": w.schedule.pk},
        reaches_all=PLATFORM,
    ),
    "impact:batch_list": Entry(roles=PLATFORM),
    "impact:batch_new": Entry(roles=PLATFORM, post=True),
    "impact:batch": Entry(roles=PLATFORM, args=lambda w: {"pk": w.batch.pk}, reaches_all=PLATFORM),
    "impact:batch_progress": Entry(roles=PLATFORM, args=lambda w: {"pk": w.batch.pk}, reaches_all=PLATFORM),
    "impact:batch_retry": Entry(
        roles=PLATFORM, get=False, post=True, args=lambda w: {"pk": w.batch.pk}, reaches_all=PLATFORM
    ),
    "impact:compare": Entry(roles=READERS),
    "impact:together_list": Entry(roles=OFFICER),
    "impact:together_page": Entry(roles=OFFICER, args=days, other_hidden=False),
    "impact:together_progress": Entry(roles=OFFICER, args=days, other_hidden=False),
    "impact:together_download": Entry(
        roles=OFFICER, args=lambda w: days(w) | {"kind": "csv"}, ok=frozenset({200, 404})
    ),
    "impact:together_recount": Entry(
        roles=OFFICER, args=lambda w: days(w) | {"figure": "funnel:entered"}, ok=frozenset({200, 404})
    ),
    "impact:notice_settings": Entry(roles=frozenset({R.MUNICIPALITY}), post=True),
    "impact:download_log": Entry(roles=MANAGER),
    "impact:download_log_book": Entry(roles=MANAGER, post=True, ok=frozenset({200, 403})),
    "impact:key_list": Entry(roles=frozenset({R.MUNICIPALITY})),
    "impact:key_new": Entry(roles=frozenset({R.MUNICIPALITY}), post=True),
    "impact:key_revoke": Entry(
        roles=frozenset({R.MUNICIPALITY}), get=False, post=True, args=lambda w: {"pk": w.api_key.pk}
    ),
    "api:api_page": Entry(roles="public"),
    "api:openapi": Entry(roles="public"),
    # Nobody gets in without a key, whoever is signed in: tests/impact/test_api.py says who does with one.
    "api:reports": Entry(roles="by_key", ok=NO_KEY),
    "api:report": Entry(roles="by_key", ok=NO_KEY, args=lambda w: {"report_id": w.release.pk}),
    "api:figures": Entry(roles="by_key", ok=NO_KEY, args=lambda w: {"report_id": w.release.pk}),
    "api:figures_csv": Entry(roles="by_key", ok=NO_KEY, args=lambda w: {"report_id": w.release.pk}),
    "api:together": Entry(roles="by_key", ok=NO_KEY),
    "api:together_figures": Entry(roles="by_key", ok=NO_KEY, args=dates),
    "api:together_csv": Entry(roles="by_key", ok=NO_KEY, args=dates),
    "api:definitions": Entry(roles="by_key", ok=NO_KEY),
}
