"""Lines of the trail in words: who, what and where."""

from django import template
from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.audit.models import Change, Reading
from buurtbaan.bureaus.enums import Role

register = template.Library()

PARTS = {
    "file": gettext_lazy("dossier"),
    "intake": gettext_lazy("intake"),
    "match": gettext_lazy("voorstel"),
    "placement": gettext_lazy("plaatsing"),
    "export": gettext_lazy("export"),
    "plan": gettext_lazy("plan"),
    "timeline": gettext_lazy("tijdlijn"),
    "wellbeing": gettext_lazy("hoe het gaat"),
    "match_export": gettext_lazy("voorstellen geëxporteerd"),
    "ending_export": gettext_lazy("einde in zicht geëxporteerd"),
    "caseload_export": gettext_lazy("lijst geëxporteerd"),
    "employer_export": gettext_lazy("werkgevers geëxporteerd"),
    "ways_export": gettext_lazy("overzicht van hulp door werkgevers geëxporteerd"),
    "position_export": gettext_lazy("werkplekken geëxporteerd"),
    "proposal": gettext_lazy("voorstel"),
    "safety": gettext_lazy("veiligheid"),
    "work": gettext_lazy("passend werk"),
    "card": gettext_lazy("talentkaart"),
    "summary": gettext_lazy("samenvatting"),
    "budget": gettext_lazy("opleidingsbudget"),
    "fund_hours": gettext_lazy("urenlijst van een fonds geëxporteerd"),
    "cashbook": gettext_lazy("sociaal kasboek geëxporteerd"),
    "download_log": gettext_lazy("lijst van downloads geëxporteerd"),
    "introduction": gettext_lazy("kennismaking"),
    "social_return_sheet": gettext_lazy("verantwoording social return"),
    "social_return_evidence": gettext_lazy("bewijs bij social return"),
}


@register.simple_tag
def line_actor(line: Change | Reading, names: dict[int, str]) -> str:
    """Who it was, and in which role."""
    name = names.get(line.actor_id or 0) or getattr(line, "actor_name", "") or _("het systeem")
    role = dict(Role.choices).get(line.role)
    return f"{name} ({role})" if role else str(name)


@register.simple_tag
def line_about(line: Change | Reading, people: dict[int, str]) -> str:
    """Whose file it was; only a number where the reader may not know the name, or the file is gone."""
    return people.get(line.candidate_id or 0) or _("dossier %(number)s") % {"number": line.candidate_id}


@register.simple_tag
def line_reading(line: Reading) -> str:
    """What was looked at."""
    return str(PARTS.get(line.what, line.what))


@register.simple_tag
def line_change(line: Change) -> str:
    """What happened to what, and which fields it touched."""
    model = next((m for m in apps.get_models() if m._meta.db_table == line.table), None)
    thing = str(model._meta.verbose_name) if model else line.table
    text = f"{thing} {line.get_action_display()}"
    if line.action != "UPDATE" or not line.after:
        return text
    return f"{text}: {', '.join(_label(model, name) for name in line.after)}"


def _label(model: type | None, column: str) -> str:
    fields = {field.column: field for field in model._meta.concrete_fields} if model else {}  # type: ignore[attr-defined]
    return str(fields[column].verbose_name) if column in fields else column
