"""Since when a match stands where it stands, who was told that it takes long, and which step takes back which.

One proposal per pair while it goes on; when the work has ended, the pair may be proposed again.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together

OPEN = ["proposed", "candidate_agreed", "introduced", "meeting_planned", "met"]
PAIR = "match_pair_once_while_open"
SINCE = """
UPDATE matching_match m SET since = coalesce((SELECT max(e.at) FROM matching_matchevent e
    WHERE e.match_id = m.id AND e.to_state = m.state AND e.from_state <> e.to_state), m.proposed_at);
"""


def _moment(name: str, label: str) -> migrations.AddField:
    return migrations.AddField("match", name, models.DateTimeField(blank=True, null=True, verbose_name=label))


class Migration(together.Migration):
    dependencies = [("matching", "0070_frozen_reasons")]
    operations = [
        migrations.AddField(
            "match",
            "since",
            models.DateTimeField(default=django.utils.timezone.now, verbose_name="in deze stand sinds"),
        ),
        _moment("nudged_at", "coach herinnerd op"),
        _moment("told_at", "verteld dat het lang duurt op"),
        _moment("waits_for_place_at", "wacht op een plek sinds"),
        migrations.AddField(
            "matchevent",
            "undoes",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="undone_by",
                to="matching.matchevent",
                verbose_name="draait terug",
            ),
        ),
        migrations.RunSQL(SINCE, migrations.RunSQL.noop),
        migrations.RemoveConstraint("match", PAIR),
        migrations.AddConstraint(
            "match",
            models.UniqueConstraint(
                fields=["candidate", "position"], condition=models.Q(state__in=OPEN), name=PAIR
            ),
        ),
    ]
