"""No story without a yes in anything that goes out, no signed sheet that changes, no bureau in the comparison.

Stories and evidence are the bureau's and the person's own to see. A municipality reads neither.
"""

from django.db import migrations

from buurtbaan.rls import (
    BUREAU,
    any_of,
    audited,
    every,
    opens,
    protect,
    role_is,
    same_bureau,
    tenant_key,
)

STORY, ASKED, USED = "impact_story", "impact_storyconsent", "impact_storyuse"
SHEET, LINE, HOUR = "impact_evidencesheet", "impact_evidenceline", "impact_evidencehour"
SUCCESS, PLACE, FIGURE = "impact_successsheet", "impact_networkplace", "impact_networkfigure"
ATTENDANCE, CONVERSATION = "candidates_sessionattendance", "candidates_conversation"
PERSON = (STORY, ASKED, USED, LINE, HOUR)
MINE = opens("candidates", "candidate_id")

# A story may go out: the words that a second person read, a yes to those words for this, not over, nobody leaving,
# and no general yes to stories that was taken back since.
MAY_GO_OUT = """
CREATE FUNCTION story_may_go_out(wanted bigint, told integer, what text, first date, last date) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM impact_story s
        JOIN impact_storyconsent c ON c.story_id = s.id AND c.version = s.version
        JOIN candidates_candidate p ON p.id = s.candidate_id AND p.leaving_on IS NULL
        WHERE s.id = wanted AND s.version = told AND s.checked_version = s.version
          AND c.purpose = what AND c.answer = 'yes' AND c.withdrawn_at IS NULL
          AND c.ends_on >= (now() AT TIME ZONE 'Europe/Amsterdam')::date
          AND (what <> 'report' OR (c.since = first AND c.until = last))
          AND NOT EXISTS (SELECT FROM candidates_consent g WHERE g.candidate_id = s.candidate_id
              AND g.purpose = 'story' AND g.withdrawn_at > c.answered_at)
    )
$$;
CREATE FUNCTION story_refused() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a story goes out only with the yes of whom it is about'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'story_needs_a_yes';
END $$;
"""
MAY_GO_OUT_BACK = (
    "DROP FUNCTION story_refused(); DROP FUNCTION story_may_go_out(bigint, integer, text, date, date);"
)

# In a report or a release each story must also be told in exactly the words that were agreed to.
IN_REPORTS = """
CREATE FUNCTION stories_in_report() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE one jsonb;
BEGIN
    FOR one IN SELECT jsonb_array_elements(coalesce(NEW.published -> 'stories', '[]'::jsonb)) LOOP
        IF NOT story_may_go_out((one ->> 'id')::bigint, (one ->> 'version')::int, 'report', NEW.since, NEW.until)
           OR NOT EXISTS (SELECT FROM impact_story s WHERE s.id = (one ->> 'id')::bigint
               AND ((s.title, s.text) = (one ->> 'title', one ->> 'text')
                    OR (s.title_en, s.text_en) = (one ->> 'title', one ->> 'text')))
        THEN PERFORM story_refused();
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER stories_in_new_report BEFORE INSERT ON impact_impactreport
    FOR EACH ROW EXECUTE FUNCTION stories_in_report();
CREATE TRIGGER stories_in_report BEFORE UPDATE OF published ON impact_impactreport
    FOR EACH ROW WHEN (OLD.published IS DISTINCT FROM NEW.published) EXECUTE FUNCTION stories_in_report();
CREATE TRIGGER stories_in_new_release BEFORE INSERT ON impact_release
    FOR EACH ROW EXECUTE FUNCTION stories_in_report();
CREATE TRIGGER stories_in_release BEFORE UPDATE OF published ON impact_release
    FOR EACH ROW WHEN (OLD.published IS DISTINCT FROM NEW.published) EXECUTE FUNCTION stories_in_report();
"""
IN_REPORTS_BACK = """
DROP TRIGGER stories_in_release ON impact_release; DROP TRIGGER stories_in_new_release ON impact_release;
DROP TRIGGER stories_in_report ON impact_impactreport; DROP TRIGGER stories_in_new_report ON impact_impactreport;
DROP FUNCTION stories_in_report();
"""

ELSEWHERE = f"""
CREATE FUNCTION story_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT story_may_go_out(NEW.story_id, NEW.version, NEW.purpose, NEW.since, NEW.until) THEN
        PERFORM story_refused();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER story_used BEFORE INSERT ON {USED} FOR EACH ROW EXECUTE FUNCTION story_used();
CREATE FUNCTION story_on_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.issued_at IS NOT NULL AND NEW.story_id IS NOT NULL
       AND NOT story_may_go_out(NEW.story_id, NEW.story_version, 'sheet', NULL, NULL)
    THEN PERFORM story_refused();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER story_on_new_sheet BEFORE INSERT ON {SUCCESS} FOR EACH ROW EXECUTE FUNCTION story_on_sheet();
CREATE TRIGGER story_on_sheet BEFORE UPDATE ON {SUCCESS} FOR EACH ROW
    WHEN ((OLD.story_id, OLD.story_version, OLD.issued_at) IS DISTINCT FROM
          (NEW.story_id, NEW.story_version, NEW.issued_at))
    EXECUTE FUNCTION story_on_sheet();
"""
ELSEWHERE_BACK = f"""
DROP TRIGGER story_on_sheet ON {SUCCESS}; DROP TRIGGER story_on_new_sheet ON {SUCCESS};
DROP FUNCTION story_on_sheet(); DROP TRIGGER story_used ON {USED}; DROP FUNCTION story_used();
"""

# Another word is another version, whoever writes it and however.
VERSIONS = f"""
CREATE FUNCTION story_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER story_version BEFORE UPDATE ON {STORY} FOR EACH ROW
    WHEN ((OLD.pseudonym, OLD.title, OLD.text, OLD.title_en, OLD.text_en) IS DISTINCT FROM
          (NEW.pseudonym, NEW.title, NEW.text, NEW.title_en, NEW.text_en))
    EXECUTE FUNCTION story_version();
"""
VERSIONS_BACK = f"DROP TRIGGER story_version ON {STORY}; DROP FUNCTION story_version();"

# What was signed stays. Only an erasure (the system's role) takes a person's line out of it.
SIGNED = """
CREATE FUNCTION evidence_refused() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a sheet that was put down to be signed does not change'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_kept';
END $$;
CREATE TRIGGER evidence_kept BEFORE UPDATE ON impact_evidencesheet FOR EACH ROW
    WHEN (OLD.state IN ('signed', 'withdrawn') AND
          ((OLD.content, OLD.sha256, OLD.fund_id, OLD.project, OLD.since, OLD.until, OLD.prepared_name,
            OLD.prepared_at, OLD.signed_name, OLD.signed_at) IS DISTINCT FROM
           (NEW.content, NEW.sha256, NEW.fund_id, NEW.project, NEW.since, NEW.until, NEW.prepared_name,
            NEW.prepared_at, NEW.signed_name, NEW.signed_at)
           OR NEW.state NOT IN ('signed', 'withdrawn') OR (OLD.state = 'withdrawn' AND NEW.state = 'signed')))
    EXECUTE FUNCTION evidence_refused();
CREATE TRIGGER evidence_not_deleted BEFORE DELETE ON impact_evidencesheet FOR EACH ROW
    WHEN (OLD.state IN ('signed', 'withdrawn') AND current_user = 'buurtbaan_app')
    EXECUTE FUNCTION evidence_refused();
CREATE FUNCTION evidence_line_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE at_state text;
BEGIN
    SELECT state INTO at_state FROM impact_evidencesheet WHERE id = coalesce(NEW.sheet_id, OLD.sheet_id);
    IF TG_OP = 'DELETE' THEN
        IF at_state IN ('signed', 'withdrawn') AND current_user = 'buurtbaan_app'
           AND coalesce(current_setting('buurtbaan.role', true), '') <> 'system'
        THEN RAISE EXCEPTION 'a line of a signed sheet stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_kept';
        END IF;
        RETURN OLD;
    END IF;
    IF at_state IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION 'a sheet that was put down to be signed does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_line_kept BEFORE INSERT OR UPDATE OR DELETE ON impact_evidenceline
    FOR EACH ROW EXECUTE FUNCTION evidence_line_kept();
"""
SIGNED_BACK = f"""
DROP TRIGGER evidence_line_kept ON {LINE}; DROP FUNCTION evidence_line_kept();
DROP TRIGGER evidence_not_deleted ON {SHEET}; DROP TRIGGER evidence_kept ON {SHEET};
DROP FUNCTION evidence_refused();
"""
ON_MY_SHEET = (
    f"EXISTS (SELECT FROM {LINE} l WHERE l.sheet_id = {SHEET}.id AND {opens('candidates', 'l.candidate_id')})"
)
"""A candidate reads which sheets the own line stands on."""
OWN_KEY = "key IN (SELECT p.key FROM impact_networkplace p WHERE p.left_at IS NULL)"
"""Places are behind the bureau's wall, so these are the own ones."""
TAKES_PART = "EXISTS (SELECT FROM impact_networkplace p WHERE p.left_at IS NULL)"


class Migration(migrations.Migration):
    dependencies = [
        ("impact", "0050_stories_evidence_network"),
        ("candidates", "0155_consent_to_show_a_fund"),
        ("audit", "0002_walls"),
    ]
    operations = [
        *(tenant_key(table) for table in (STORY, SHEET, ATTENDANCE, CONVERSATION)),
        *(protect(table, any_of(BUREAU, MINE)) for table in PERSON),
        *(audited(table, candidate="candidate_id") for table in PERSON),
        *(same_bureau(table, "candidate_id", "candidates_candidate") for table in PERSON),
        *(same_bureau(table, "story_id", STORY) for table in (ASKED, USED, SUCCESS)),
        *(same_bureau(table, "sheet_id", SHEET) for table in (LINE, HOUR)),
        same_bureau(HOUR, "attendance_id", ATTENDANCE),
        same_bureau(HOUR, "conversation_id", CONVERSATION),
        same_bureau(SHEET, "fund_id", "candidates_fund"),
        protect(SHEET),
        protect(SHEET, ON_MY_SHEET, command="SELECT", name="mine"),
        audited(SHEET, without=("content",)),
        protect(SUCCESS),
        audited(SUCCESS),
        protect(PLACE),
        audited(PLACE),
        protect(FIGURE, every(role_is("manager", "system"), TAKES_PART), command="SELECT", name="together"),
        protect(FIGURE, every(role_is("manager", "system"), OWN_KEY), command="INSERT", name="own_in"),
        protect(FIGURE, every(role_is("manager", "system"), OWN_KEY), command="UPDATE", name="own_change"),
        protect(FIGURE, every(role_is("manager", "system"), OWN_KEY), command="DELETE", name="own_out"),
        migrations.RunSQL(MAY_GO_OUT, MAY_GO_OUT_BACK),
        migrations.RunSQL(IN_REPORTS, IN_REPORTS_BACK),
        migrations.RunSQL(ELSEWHERE, ELSEWHERE_BACK),
        migrations.RunSQL(VERSIONS, VERSIONS_BACK),
        migrations.RunSQL(SIGNED, SIGNED_BACK),
    ]
