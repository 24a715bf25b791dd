"""Coaching on the job and wage values: the bureau's, and the person's own to see. An employer reads only what it signs.

What was put down to be signed stays as it is: the content of a period never changes, and no line may be added to or
changed in a period until somebody opens it again. Deleting is left alone, so that erasing a person takes all of it.
"""

from django.db import migrations

from buurtbaan.rls import APP_ROLE, BUREAU, any_of, audited, opens, protect, same_bureau, tenant_key

CANDIDATE = opens("candidates", "candidate_id")
EMPLOYER = opens("employers", "employer_id")
PLAN, GOAL, HOURS, PERIOD = (
    f"matching_{name}" for name in ("coachplan", "coachgoal", "coachhours", "coachperiod")
)
VALUE = "matching_wagevalue"
TABLES = (PLAN, GOAL, HOURS, PERIOD, VALUE)
CLOSED = """
CREATE FUNCTION coach_hours_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM matching_coachperiod p WHERE p.plan_id = NEW.plan_id AND p.reopened_at IS NULL
        AND (p.during @> NEW.worked_on OR (TG_OP = 'UPDATE' AND p.during @> OLD.worked_on)))
    THEN
        RAISE EXCEPTION 'these hours are in a period that was put down to be signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'coach_hours_open';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER coach_hours_closed BEFORE INSERT OR
    UPDATE OF plan_id, goal_id, worked_on, minutes, travel_minutes, done, by_name, void_at ON matching_coachhours
    FOR EACH ROW EXECUTE FUNCTION coach_hours_closed();
"""
CLOSED_BACK = "DROP TRIGGER coach_hours_closed ON matching_coachhours; DROP FUNCTION coach_hours_closed();"
FROZEN = f"""
CREATE FUNCTION coach_period_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was put down to be signed does not change'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'coach_period_frozen';
END $$;
CREATE TRIGGER coach_period_frozen BEFORE UPDATE ON matching_coachperiod FOR EACH ROW
    WHEN (current_user = '{APP_ROLE}' AND (OLD.content, OLD.sha256, OLD.during, OLD.plan_id, OLD.version)
        IS DISTINCT FROM (NEW.content, NEW.sha256, NEW.during, NEW.plan_id, NEW.version))
    EXECUTE FUNCTION coach_period_frozen();
"""
FROZEN_BACK = "DROP TRIGGER coach_period_frozen ON matching_coachperiod; DROP FUNCTION coach_period_frozen();"


class Migration(migrations.Migration):
    dependencies = [("matching", "0120_job_coaching"), ("audit", "0002_walls")]
    operations = [
        *(tenant_key(table) for table in (PLAN, GOAL, HOURS, PERIOD)),
        *(protect(table, any_of(BUREAU, CANDIDATE)) for table in (PLAN, GOAL, HOURS, VALUE)),
        protect(PERIOD, any_of(BUREAU, CANDIDATE, EMPLOYER)),
        *(audited(table, candidate="candidate_id") for table in TABLES),
        *(same_bureau(table, "candidate_id", "candidates_candidate") for table in TABLES),
        *(same_bureau(table, "employer_id", "employers_employer") for table in (PLAN, PERIOD)),
        *(same_bureau(table, "placement_id", "matching_placement") for table in (PLAN, PERIOD, VALUE)),
        *(same_bureau(table, "plan_id", PLAN) for table in (GOAL, HOURS, PERIOD)),
        same_bureau(HOURS, "goal_id", GOAL),
        same_bureau(HOURS, "replaces_id", HOURS),
        same_bureau(PERIOD, "replaces_id", PERIOD),
        same_bureau("matching_employerquestion", "period_id", PERIOD),
        migrations.RunSQL(CLOSED, CLOSED_BACK),
        migrations.RunSQL(FROZEN, FROZEN_BACK),
    ]
