"""A match knows the consent it rests on; the moment that consent is withdrawn, the employer no longer sees a name."""

import django.db.models.deletion
from django.db import migrations, models

HIDE = """
CREATE FUNCTION consent_hides_introduction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE matching_introduction i SET open = false
    FROM matching_match m WHERE m.id = i.match_id AND m.consent_id = NEW.id AND i.open;
    RETURN NULL;
END $$;
CREATE TRIGGER consent_hides_introduction AFTER UPDATE OF withdrawn_at ON candidates_consent
FOR EACH ROW WHEN (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL)
EXECUTE FUNCTION consent_hides_introduction();
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_what_may_be_known"), ("candidates", "0002_walls")]
    operations = [
        migrations.AddField(
            "match",
            "consent",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="candidates.consent",
                verbose_name="toestemming",
            ),
        ),
        migrations.RunSQL(
            HIDE,
            "DROP TRIGGER consent_hides_introduction ON candidates_consent; DROP FUNCTION consent_hides_introduction();",
        ),
    ]
