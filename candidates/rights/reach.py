"""Every row about one person, found by construction: from Candidate along each foreign key that leads to it.

A model that deletes with its candidate (CASCADE, directly or through a parent) belongs to the person: it is exported
and erased without being named anywhere. `tests/candidates/test_rights.py` fails for a table that is neither reached
nor listed in `NOT_ABOUT_A_CANDIDATE`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Count, Q, QuerySet, Value

from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate

Model = type[models.Model]

# Tables that hold nothing about a candidate, each with the reason. A new table belongs here only when no row in it
# can be about one candidate; otherwise give it a foreign key to Candidate with CASCADE.
NOT_ABOUT_A_CANDIDATE = {
    "bureaus.Municipality": "public register",
    "bureaus.Area": "public register",
    "bureaus.Bureau": "the tenant itself",
    "bureaus.Bureau_areas": "which areas a bureau serves",
    "bureaus.Postcode": "public register",
    "bureaus.Rate": "public figures",
    "rules.RuleCard": "rules that anybody may know",
    "rules.RuleVersion": "rules that anybody may know",
    "vocabulary.Term": "public words",
    "candidates.Organisation": "organisations around the bureau",
    "candidates.Fund": "who pays for hours",
    "candidates.FundDeadline": "a day on which a fund wants something",
    "candidates.HourClaim": "hours of a colleague, as accounted for to a fund",
    "candidates.Gathering": "a meeting that anybody may come to",
    "candidates.GatheringLink": "how an organisation signs people up; says nothing of whom",
    "candidates.Training": "what is taught, not to whom",
    "candidates.TrainingSession": "a day of a training",
    "candidates.HelpRequest": "what a neighbour asks; names go after months (candidates/forgetting.py)",
    "candidates.Erasure": "the ledger of erasures: a hash and counts, so that a restore brings nobody back",
    "employers.Employer": "companies",
    "employers.FormerEmployer": "companies",
    "employers.Location": "companies",
    "employers.Contact": "people at companies, not candidates",
    "employers.Position": "work",
    "employers.DisplacementCheck": "about a position",
    "employers.EmployerLogo": "a picture of a company",
    "employers.PositionMove": "what state a position had, and why",
    "employers.PositionTemplate": "work, kept as an example",
    "employers.TeamPicture": "tasks of a team, by role and never by name",
    "employers.TeamTask": "tasks of a team, by role and never by name",
    "employers.Talk": "a talk with a company",
    "employers.Reminder": "what to do for a company",
    "employers.Agreement": "what was agreed with a company",
    "employers.Contribution": "how a company helped",
    "employers.SocialReturn": "a promise in a contract",
    "employers.SocialReturnLine": "a kind of effort and its proof, without a name",
    "employers.Subscription": "what a company buys",
    "employers.SubscriptionPosition": "what a company buys",
    "employers.SubscriptionMonth": "hours that a company bought, of everybody together",
    "employers.SubscriptionWarning": "what a company buys",
    "employers.Commission": "what somebody orders of the bureau",
    "employers.CommissionPosition": "what somebody orders of the bureau",
    "employers.ProjectLine": "money of an own project",
    "matching.ImportJob": "files go after a day, details after a week, and at an erasure (matching/forgetting.py)",
    "impact.Snapshot": "figures, never persons",
    "impact.ImpactReport": "figures, never persons",
    "impact.Release": "figures, never persons",
    "impact.Download": "officers, not candidates",
    "impact.ImpactAssignment": "agreements with a municipality",
    "impact.FundingFlow": "money per year",
    "impact.CashbookEntry": "what an activity cost and brought, without names",
    "impact.ReportSchedule": "when a report is made",
    "impact.ReportBatch": "reports that were asked for together",
    "impact.ReportOrder": "a report that is due",
    "impact.ApiKey": "a municipality's key to released figures",
    "impact.NoticeWish": "whether an officer wants e-mails; a candidate has none",
    "impact.ReleaseNotice": "officers who were told of a release; a candidate never is",
    "impact.SealCertificate": "with which certificate reports were sealed",
    "impact.SuccessSheet": "figures of a release, and which story stands beside them: the story goes with its person",
    "impact.EvidenceSheet": "sums and hashes; each person's line goes with the person (impact.EvidenceLine)",
    "impact.NetworkPlace": "that a bureau takes part in a comparison",
    "impact.NetworkFigure": "percents of a whole bureau",
    "impact.ErasedFigure": "counts of people who were erased, each count by itself",
    "audit.Change": "names its candidate by number; exported and erased apart (erase_trail)",
    "audit.Reading": "names its candidate by number; exported and erased apart (erase_trail)",
    "sessions.Session": "sign-ins; those of the person's account go with it",
    "admin.LogEntry": "acts of platform administrators",
    "contenttypes.ContentType": "Django's own",
    "auth.Permission": "Django's own",
    "auth.Group": "empty; Django asks for it",
    "auth.Group_permissions": "empty; Django asks for it",
    "bureaus.User_groups": "empty; Django asks for it",
    "bureaus.User_user_permissions": "empty; Django asks for it",
    "account.EmailConfirmation": "empty: addresses are not confirmed by e-mail",
}

# Foreign keys to Candidate that let go instead of deleting: the row stays, without the person. Each with the reason.
LETS_GO: dict[str, str] = {
    "candidates.HelpRequest.candidate": "the question is the neighbour's; it holds no word about who helped",
}


def owned(model: Model) -> Iterator[Any]:
    """The foreign keys of a model whose target takes the row along when it is deleted."""
    for field in _keys(model):
        if field.remote_field.on_delete is models.CASCADE:
            yield field


def _keys(model: Model) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]


@cache
def ways() -> dict[Model, tuple[str, ...]]:
    """Model → the lookups that lead from its rows to their candidate; Candidate itself by "pk"."""
    reached: dict[Model, None] = {Candidate: None}
    named = {*NOT_ABOUT_A_CANDIDATE, label_of(Candidate)}
    pending = [model for model in all_models() if label_of(model) not in named]
    while found := [m for m in pending if any(key.related_model in reached for key in owned(m))]:
        reached.update(dict.fromkeys(found))
        pending = [model for model in pending if model not in reached]
    return {model: tuple(dict.fromkeys(_lookups(model, reached, ()))) for model in reached}


def _lookups(model: Model, reached: dict[Model, None], below: tuple[Model, ...]) -> Iterator[str]:
    """Along every key that leads up; a key to Candidate that is always filled makes the others needless."""
    if model is Candidate:
        yield "pk"
        return
    keys = [key for key in owned(model) if key.related_model in reached and key.related_model not in below]
    sure = [key for key in keys if not key.null and key.related_model is Candidate]
    for key in sure[:1] or keys:
        for above in _lookups(key.related_model, reached, (*below, model)):
            yield key.name if above == "pk" else f"{key.name}__{above}"


@cache
def account_ways() -> dict[Model, tuple[str, ...]]:
    """The same for what hangs on the person's account: addresses, second factors, forms that were sent."""
    account = get_user_model()
    found: dict[Model, tuple[str, ...]] = {account: ("pk",)}
    for model in all_models():
        keys = tuple(key.name for key in owned(model) if key.related_model is account)
        if keys and model is not Membership and label_of(model) not in NOT_ABOUT_A_CANDIDATE:
            found[model] = keys
    return found


def all_models() -> list[Model]:
    """Every table of ours and of the packages we use."""
    return [m for m in apps.get_models(include_auto_created=True) if not m._meta.proxy and m._meta.managed]


def label_of(model: Model) -> str:
    """The name by which lists in here know a model: "app.Model"."""
    return f"{model._meta.app_label}.{model._meta.object_name}"


def rows_of(model: Model, candidate: Candidate) -> QuerySet[Any]:
    """All rows of one model about a person, whatever their order of making; call it within a scope."""
    return _rows(model, ways()[model], candidate.pk)


def rows_per_table(ids: list[int]) -> dict[str, int]:
    """How many rows there are about these people, by "app.Model"; in one query, empty tables left out."""
    if not ids:
        return {}
    counts = [_count(model, lookups, ids) for model, lookups in ways().items()]
    found = dict(counts[0].union(*counts[1:], all=True))
    return {label: found[label] for label in map(label_of, ways()) if found.get(label)}


def _count(model: Model, lookups: tuple[str, ...], ids: list[int]) -> Any:
    anyway = Q()
    for lookup in lookups:
        anyway |= Q(**{f"{lookup}__in": ids})
    rows: Any = model._base_manager.filter(anyway).order_by()
    named = rows.annotate(table_name=Value(label_of(model))).values("table_name")
    return named.annotate(number=Count("pk", distinct=True)).values_list("table_name", "number")


def account_rows(model: Model, user_id: int) -> QuerySet[Any]:
    """All rows of one model that hang on an account."""
    return _rows(model, account_ways()[model], user_id)


def _rows(model: Model, lookups: tuple[str, ...], pk: int) -> QuerySet[Any]:
    anyway = Q()
    for lookup in lookups:
        anyway |= Q(**{lookup: pk})
    return model._base_manager.filter(anyway).order_by("pk")


def named_without_owning() -> dict[str, tuple[Model, Any]]:
    """Foreign keys to Candidate that do not delete, by "app.Model.field"."""
    return {
        f"{label_of(model)}.{field.name}": (model, field)
        for model in all_models()
        for field in _keys(model)
        if field.related_model is Candidate and field.remote_field.on_delete is not models.CASCADE
    }
