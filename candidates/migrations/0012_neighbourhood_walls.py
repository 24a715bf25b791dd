"""Who sees referrals, gatherings, trainings, budgets and help requests, and a budget that cannot go below zero.

Names and reach of people who take no part (yet) stay out of the trail: they are forgotten after some months, and then
nothing of them may be left.
"""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, every, opens, protect, role_is, same_bureau, tenant_key

SELF = opens("candidates", "candidate_id")
BUREAU_OR_SELF = any_of(BUREAU, SELF)
BUREAU_OR_ITS_CANDIDATES = any_of(BUREAU, every(opens("home", "bureau_id"), role_is("candidate")))
TOKEN = "token_hash = nullif((SELECT current_setting('buurtbaan.token', true)), '')"  # noqa: S105
BY_LINK = f"EXISTS (SELECT FROM candidates_gatheringlink l WHERE l.gathering_id = candidates_gathering.id AND l.{TOKEN})"
SENT_TO = (
    "EXISTS (SELECT FROM candidates_outwardreferral r WHERE r.organisation_id = candidates_organisation.id "
    f"AND r.{SELF})"
)

ABOUT_ONE = (
    "candidates_inwardreferral",
    "candidates_outwardreferral",
    "candidates_gatheringguest",
    "candidates_trainingplace",
    "candidates_sessionattendance",
    "candidates_budgetline",
    "candidates_helprequest",
)
ABOUT_NOBODY = ("candidates_gathering", "candidates_training", "candidates_trainingsession")
LEFT_OUT = {
    "candidates_inwardreferral": (
        "person_name", "person_phone", "person_email", "hope", "contact_name", "contact_email",
    ),
    "candidates_helprequest": ("requester_name", "requester_phone", "volunteer", "candidate_id"),
}  # fmt: skip
TIES = (
    ("candidates_inwardreferral", "organisation_id", "candidates_organisation"),
    ("candidates_outwardreferral", "organisation_id", "candidates_organisation"),
    ("candidates_gatheringlink", "gathering_id", "candidates_gathering"),
    ("candidates_gatheringlink", "organisation_id", "candidates_organisation"),
    ("candidates_gatheringguest", "gathering_id", "candidates_gathering"),
    ("candidates_gatheringguest", "referral_id", "candidates_inwardreferral"),
    ("candidates_gatheringguest", "link_id", "candidates_gatheringlink"),
    ("candidates_trainingsession", "training_id", "candidates_training"),
    ("candidates_trainingplace", "training_id", "candidates_training"),
    ("candidates_sessionattendance", "session_id", "candidates_trainingsession"),
    ("candidates_helprequest", "organisation_id", "candidates_organisation"),
)
KEYS = (
    "candidates_inwardreferral",
    "candidates_gathering",
    "candidates_gatheringlink",
    "candidates_training",
    "candidates_trainingsession",
)

# One writer per candidate: the second waits for the candidate's row and then reads what the first one wrote. The
# application cannot change a line (only who booked it may be let go), and a line goes only along with its person.
LEDGER = """
CREATE FUNCTION budget_line_books() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    last_number integer; last_balance numeric; against candidates_budgetline;
BEGIN
    PERFORM FROM candidates_candidate WHERE id = NEW.candidate_id FOR NO KEY UPDATE;
    SELECT number, balance INTO last_number, last_balance FROM candidates_budgetline
    WHERE candidate_id = NEW.candidate_id ORDER BY number DESC LIMIT 1;
    IF NEW.corrects_id IS NOT NULL THEN
        SELECT * INTO against FROM candidates_budgetline WHERE id = NEW.corrects_id;
        IF against.candidate_id <> NEW.candidate_id OR against.amount <> -NEW.amount OR against.kind = 'correction' THEN
            RAISE EXCEPTION 'a correction takes back one whole line of the same person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_correction';
        END IF;
    END IF;
    NEW.number := coalesce(last_number, 0) + 1;
    NEW.balance := coalesce(last_balance, 0) + NEW.amount;
    RETURN NEW;
END $$;
CREATE TRIGGER budget_line_books BEFORE INSERT ON candidates_budgetline
FOR EACH ROW EXECUTE FUNCTION budget_line_books();

CREATE FUNCTION budget_line_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('buurtbaan.role', true), '') = 'system'
        OR NOT EXISTS (SELECT FROM candidates_candidate WHERE id = OLD.candidate_id)
    THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'a line of a training budget stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE CONSTRAINT TRIGGER budget_line_stays AFTER DELETE ON candidates_budgetline
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budget_line_stays();

REVOKE UPDATE, TRUNCATE ON candidates_budgetline FROM buurtbaan_app;
GRANT UPDATE (by_id) ON candidates_budgetline TO buurtbaan_app;
"""
LEDGER_BACK = """
GRANT UPDATE ON candidates_budgetline TO buurtbaan_app;
DROP TRIGGER budget_line_stays ON candidates_budgetline;
DROP FUNCTION budget_line_stays();
DROP TRIGGER budget_line_books ON candidates_budgetline;
DROP FUNCTION budget_line_books();
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0011_neighbourhood")]
    operations = [
        *(protect(table, BUREAU_OR_SELF) for table in ABOUT_ONE),
        *(protect(table, BUREAU_OR_ITS_CANDIDATES) for table in ABOUT_NOBODY),
        protect("candidates_gatheringlink", any_of(BUREAU, TOKEN)),
        protect("candidates_gathering", BY_LINK, command="SELECT", name="by_link"),
        protect("candidates_organisation", SENT_TO, command="SELECT", name="sent_to"),
        *(audited(table, candidate="candidate_id", without=LEFT_OUT.get(table, ())) for table in ABOUT_ONE),
        *(audited(table) for table in ABOUT_NOBODY),
        audited("candidates_gatheringlink", without=("seed", "token_hash")),
        *(tenant_key(table) for table in KEYS),
        *(same_bureau(table, "candidate_id", "candidates_candidate") for table in ABOUT_ONE),
        *(same_bureau(*tie) for tie in TIES),
        migrations.RunSQL(LEDGER, LEDGER_BACK),
    ]
