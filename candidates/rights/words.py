"""What a row and its fields are called for the person they are about, and how a value reads."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.pieces import Text
from buurtbaan.vocabulary import dayparts, languages
from candidates.choices import dutch_levels, guidance_levels, label, work_forms
from candidates.enums import Means
from candidates.rights.reach import Model, label_of
from candidates.summary import DIGITAL_LEVELS

GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (gettext_lazy("Wie je bent"), ("candidates.Candidate", "bureaus.User", "bureaus.Membership")),
    (
        gettext_lazy("Gesprekken en intake"),
        (
            "candidates.FirstConversation", "candidates.Conversation", "candidates.Intake",
            "candidates.SafetyRemark", "candidates.StageChange", "candidates.Measurement",
        ),
    ),
    (
        gettext_lazy("Werk"),
        (
            "matching.Match", "matching.MatchEvent", "matching.Introduction", "matching.Placement",
            "matching.HoursStep", "matching.CheckIn", "matching.CoachPlan", "matching.CoachGoal",
            "matching.CoachHours", "matching.CoachPeriod", "matching.WageValue", "matching.Message",
        ),
    ),
    (
        gettext_lazy("Buurt, leren en geld"),
        (
            "candidates.InwardReferral", "candidates.OutwardReferral", "candidates.GatheringGuest",
            "candidates.TrainingPlace", "candidates.SessionAttendance", "candidates.BudgetLine",
            "candidates.HelpRequest",
        ),
    ),
    (
        gettext_lazy("Toestemming"),
        (
            "candidates.Consent", "impact.Story", "impact.StoryConsent", "impact.StoryUse", "impact.EvidenceLine",
            "impact.EvidenceHour",
        ),
    ),
)  # fmt: skip
"""Which rows stand together; a model that is not named here comes under "Verder"."""

TITLES: dict[str, Text] = {
    "candidates.Candidate": gettext_lazy("Je gegevens"),
    "candidates.SafetyRemark": gettext_lazy("Wie of wat je wilt vermijden"),
    "candidates.StageChange": gettext_lazy("Van fase naar fase"),
    "candidates.FileOpening": gettext_lazy("Collega's die je dossier met een reden openden"),
    "candidates.RetentionStep": gettext_lazy("Bewaren van je dossier"),
    "matching.MatchEvent": gettext_lazy("Stappen in een voorstel"),
    "bureaus.User": gettext_lazy("Je account"),
    "bureaus.Membership": gettext_lazy("Je toegang"),
    "bureaus.AccessLink": gettext_lazy("Links naar je eigen pagina"),
    "bureaus.Invitation": gettext_lazy("Uitnodigingen"),
    "drafts.Submission": gettext_lazy("Formulieren die je verstuurde"),
    "account.EmailAddress": gettext_lazy("E-mailadressen van je account"),
    "mfa.Authenticator": gettext_lazy("Tweede slot op je account"),
}
"""For models whose own plural is not what a person would say."""

LABELS: dict[str, Text] = {
    "at": gettext_lazy("wanneer"),
    "by": gettext_lazy("door"),
    "by_role": gettext_lazy("in de rol van"),
    "created_at": gettext_lazy("opgeschreven op"),
    "updated_at": gettext_lazy("laatst veranderd"),
    "updated_by": gettext_lazy("laatst veranderd door"),
    "recorded_by": gettext_lazy("opgeschreven door"),
    "proposed_by": gettext_lazy("voorgesteld door"),
    "invited_by": gettext_lazy("uitgenodigd door"),
    "changed_at": gettext_lazy("laatst veranderd"),
    "opened_at": gettext_lazy("geopend op"),
    "sent_at": gettext_lazy("verstuurd op"),
    "used_at": gettext_lazy("gebruikt op"),
    "expires_at": gettext_lazy("geldig tot"),
    "accepted_at": gettext_lazy("aangenomen op"),
    "withdrawn_at": gettext_lazy("ingetrokken op"),
    "last_used_at": gettext_lazy("laatst gebruikt op"),
    "until": gettext_lazy("tot"),
    "membership": gettext_lazy("rol"),
    "match": gettext_lazy("voorstel"),
    "placement": gettext_lazy("plaatsing"),
    "gathering": gettext_lazy("bijeenkomst"),
    "referral": gettext_lazy("aanmelding"),
    "link": gettext_lazy("aanmeldlink"),
    "training": gettext_lazy("training"),
    "session": gettext_lazy("trainingsdag"),
    "employer": gettext_lazy("werkgever"),
    "municipality": gettext_lazy("gemeente"),
    "position": gettext_lazy("werkplek"),
    "from_state": gettext_lazy("van"),
    "to_state": gettext_lazy("naar"),
    "note": gettext_lazy("toelichting"),
    "provenance": gettext_lazy("wie schreef wat op"),
    "summary_basis": gettext_lazy("waar de samenvatting op rust"),
    "withdrawn_by": gettext_lazy("ingetrokken door"),
    "done_by": gettext_lazy("gedaan door"),
    "kind": gettext_lazy("soort"),
    "type": gettext_lazy("soort"),
    "recipient": gettext_lazy("aan"),
    "subject": gettext_lazy("onderwerp"),
    "state": gettext_lazy("stand"),
    "error": gettext_lazy("wat ging er mis"),
    "tries": gettext_lazy("aantal pogingen"),
    "target": gettext_lazy("leidt naar"),
    "url": gettext_lazy("leidde naar"),
    "user": gettext_lazy("account"),
}
"""For fields without a Dutch name of their own."""

LEFT_OUT: dict[str, str] = {
    "id": "a number of ours; stands beside the row",
    "bureau": "the same for every row; stands at the top",
    "candidate": "the person",
    "candidates.Candidate.search_name": "the name again, spelled for searching",
    "candidates.Candidate.key": "a random number for the ledger of erasures",
    "import_key": "a hash of the row in the bureau's own workbook",
    "token_hash": "a hash of a secret",
    "number_hash": "a hash of a secret",
    "code_hash": "a hash of a secret",
    "bureaus.User.password": "a hash of a secret",
    "bureaus.User.is_superuser": "a mark of Django's, never set for people who take part",
    "mfa.Authenticator.data": "a secret",
    "matching.Introduction.calendar_uid": "a random number for calendars",
    "matching.Introduction.calendar_sequence": "a counter for calendars",
    "matching.DayMark.kind": "which heading on a colleague's list of the day",
    "matching.DayMark.about": "which matter on a colleague's list of the day; the matter itself is exported",
    "matching.DayMark.triggers": "numbers of the rows that a call answered; the rows are exported",
    "matching.DayMark.was": "numbers that taking the act back restores",
    "drafts.Submission.once": "a random number of a form",
    "drafts.HeldPost.body": "sealed with a key of which only a browser holds the other half; gone within an hour",
    "drafts.Draft.key": "which form on which object; the page stands beside it",
    "drafts.Draft.base": "what the record said when the draft began; the record itself is exported",
    "drafts.Draft.labels": "what the form called its fields",
    "drafts.Draft.schema": "a hash of the form's fields",
    "drafts.Draft.page": "a random number of a browser's page",
    "drafts.Draft.device": "a random number of a browser",
    "drafts.Draft.sequence": "a counter of saves",
    "drafts.Draft.version": "a counter of saves",
    "impact.StoryUse.release": "a number of ours; `where` says it in words",
    "impact.EvidenceHour.attendance": "a number of ours; `on` says which day",
}
"""Fields that an export leaves out, by name or as "app.Model.field", each with the reason."""


JSON_ONLY = frozenset({
    "updated_at", "provenance", "summary_basis", "frozen", "rules_version", "text_version", "tries", "share",
    "answers", "leaving_on", "candidates.Goal.position", "candidates.Step.position", "matching.CoachGoal.position",
    "matching.CoachPeriod.content", "impact.EvidenceLine.content", "matching.CoachPeriod.candidate_signature",
})  # fmt: skip
"""Codes and counters that say little on paper: the JSON file has them, without words beside them."""


def is_left_out(model: Model, name: str) -> bool:
    """Whether an export leaves a field out."""
    return name in LEFT_OUT or f"{label_of(model)}.{name}" in LEFT_OUT


def is_json_only(model: Model, name: str) -> bool:
    """Whether a field stands in the JSON file alone."""
    return name in JSON_ONLY or f"{label_of(model)}.{name}" in JSON_ONLY


def title_of(model: Model) -> str:
    """What a person would call a pile of such rows."""
    text = str(TITLES.get(label_of(model)) or model._meta.verbose_name_plural)
    return text[:1].upper() + text[1:]


def has_label(field: Any) -> bool:
    """Whether a field has a name that a person can read; Django's own guess from the column does not count."""
    return _name(field) is not None


def label_for(field: Any) -> str:
    """The name of a field, with a capital."""
    text = str(_name(field) or field.verbose_name)
    return text[:1].upper() + text[1:]


def _name(field: Any) -> Text | None:
    """The field's own name, or ours, or that of what it points to."""
    own = [field.verbose_name, LABELS.get(field.name)]
    if field.is_relation and field.related_model is not Membership:
        own.append(field.related_model._meta.verbose_name)
    return next((name for name in own if isinstance(name, Promise)), None)


def reads(field: Any, row: models.Model, terms: dict[int, str]) -> str:
    """A value in words; empty when nothing is noted."""
    value = getattr(row, field.name if field.is_relation else field.attname)
    if value is None or value == "":
        return ""
    if field.is_relation:
        return str(value)
    if field.name in _BY_NAME:
        return _BY_NAME[field.name](value)
    if isinstance(field, ArrayField):
        return ", ".join(str(terms.get(one, one)) for one in value) or _("niets")
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return plain(value)


_BY_NAME: dict[str, Any] = {
    "dayparts": dayparts.text,
    "languages": languages.text,
    "means": lambda codes: ", ".join(label(list(Means.choices), code) for code in codes),
    "forms_accepted": lambda codes: ", ".join(label(work_forms(), code) for code in codes),
    "dutch_level": lambda level: label(dutch_levels(), level),
    "guidance_needed": lambda level: label(guidance_levels(), level),
    "digital_level": lambda level: label(list(DIGITAL_LEVELS), level),
}


def plain(value: Any) -> str:
    """Any value as a person reads it; lists and dictionaries line by line."""
    match value:
        case bool():
            return _("ja") if value else _("nee")
        case datetime():
            return date_format(timezone.localtime(value), "j F Y, H:i")
        case date():
            return date_format(value, "j F Y")
        case int() | float() | Decimal():
            return number_format(value, use_l10n=True)
        case dict():
            return "\n".join(f"{key}: {plain(item)}" for key, item in value.items())
        case list() | tuple():
            return "\n".join(plain(item) for item in value)
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        return _("%(since)s tot %(until)s") % {
            "since": plain(value.lower) if value.lower else "…",
            "until": plain(value.upper) if value.upper else _("nu"),
        }
    return str(value)
