-- What became of the data of a period after the moment at which it was reported: how many people had something entered
-- late, how many had something put right, and how many people of the bureau were erased since.
-- Parameters: bureau, since, until (the days of the earlier report), moment.
-- From the audit trail alone, so that nothing about it is kept a second time.
WITH dated ("table", day) AS (
    VALUES ('candidates_candidate', 'entered_on'), ('candidates_firstconversation', 'held_on'),
           ('candidates_intake', 'completed_on'), ('candidates_measurement', 'measured_on'),
           ('candidates_wellbeing', 'filled_on'), ('matching_placement', 'starts_on')
),
counted ("table", field) AS (
    VALUES ('candidates_candidate', 'entered_on'), ('candidates_candidate', 'source'),
           ('candidates_candidate', 'source_organisation_id'), ('candidates_candidate', 'birth_date'),
           ('candidates_candidate', 'birth_year'), ('candidates_candidate', 'area_id'),
           ('candidates_candidate', 'without_work_since'), ('candidates_candidate', 'resident_kind'),
           ('candidates_candidate', 'benefit'), ('candidates_firstconversation', 'held_on'),
           ('candidates_intake', 'completed_on'), ('candidates_measurement', 'measured_on'),
           ('candidates_measurement', 'rung'), ('candidates_wellbeing', 'answers'),
           ('matching_placement', 'starts_on'), ('matching_placement', 'ended_on'), ('matching_placement', 'form'),
           ('matching_placement', 'employer_id'), ('matching_placement', 'in_neighbourhood'),
           ('matching_hoursstep', 'hours'), ('matching_hoursstep', 'during')
),
trail AS (
    SELECT candidate_id, "table", action, before, after
    FROM audit_change
    WHERE bureau_id = %(bureau)s AND at > %(moment)s AND candidate_id IS NOT NULL
),
late AS (
    SELECT DISTINCT t.candidate_id
    FROM trail t JOIN dated d USING ("table")
    WHERE t.action = 'INSERT' AND (t.after ->> d.day)::date BETWEEN %(since)s AND %(until)s
),
corrected AS (
    SELECT DISTINCT t.candidate_id
    FROM trail t
    JOIN candidates_candidate c ON c.id = t.candidate_id AND c.entered_on <= %(until)s
    WHERE t.candidate_id NOT IN (SELECT candidate_id FROM late)
      AND (t.action = 'DELETE' AND t."table" IN (SELECT "table" FROM counted)
           OR t.action = 'UPDATE' AND EXISTS (
               SELECT FROM counted n WHERE n."table" = t."table" AND t.after ? n.field
           ))
)
SELECT (SELECT count(*) FROM late), (SELECT count(*) FROM corrected),
       (SELECT count(*) FROM candidates_erasure
        WHERE bureau_id = %(bureau)s AND "on" >= (%(moment)s::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date)
