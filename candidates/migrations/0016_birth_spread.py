"""A year of birth that was guessed: give or take so many years, also when possible doubles are looked for."""

from django.db import migrations, models

PEOPLE_ALIKE = """
SELECT similarity('', '');
CREATE FUNCTION people_alike(bureau bigint, name text, lone boolean, tel text, mail text, born integer, give integer)
RETURNS TABLE (candidate_id bigint, named boolean, sounds boolean)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 4 SET search_path = public, pg_temp
SET pg_trgm.similarity_threshold = 0.42 SET pg_trgm.word_similarity_threshold = 0.65 AS $$
    WITH here AS MATERIALIZED (
        SELECT b.id, (name_sounds(name))[1:5] AS words FROM unnest(scope_ids('bureaus')) AS b (id) WHERE b.id = bureau
    ), wanted AS MATERIALIZED (
        SELECT here.id, ARRAY[here.words[1]] AS words FROM here
        WHERE lone AND cardinality(here.words) = 1 AND length(here.words[1]) > 2
        UNION ALL
        SELECT here.id, ARRAY[one, other] FROM here, unnest(here.words) one, unnest(here.words) other WHERE one < other
    ), maybe AS (
        SELECT c.id, false AS sounds FROM here JOIN candidates_candidate c ON c.bureau_id = here.id
        WHERE c.search_name % name
        UNION ALL
        SELECT c.id, false FROM here JOIN candidates_candidate c ON c.bureau_id = here.id
        WHERE lone AND c.search_name %> name
        UNION ALL
        SELECT c.id, true FROM wanted JOIN candidates_candidate c ON c.bureau_id = wanted.id
            AND name_sounds(c.search_name) @> wanted.words
        UNION ALL
        SELECT c.id, false FROM here JOIN candidates_candidate c ON c.bureau_id = here.id
        WHERE tel <> '' AND c.phone = tel AND c.phone <> ''
        UNION ALL
        SELECT c.id, false FROM here JOIN candidates_candidate c ON c.bureau_id = here.id
        WHERE mail <> '' AND upper(c.email) = upper(mail) AND c.email <> ''
    ), compared AS (
        SELECT c.id, found.sounds, tel <> '' AND c.phone = tel AS same_phone,
            mail <> '' AND upper(c.email) = upper(mail) AS same_mail,
            coalesce(extract(year FROM c.birth_date)::integer, c.birth_year) AS year,
            CASE WHEN c.birth_date IS NULL THEN c.birth_spread ELSE 0 END AS spread,
            greatest(similarity(c.search_name, name),
                CASE WHEN lone THEN word_similarity(name, c.search_name) * 0.42 / 0.65 END) AS alike
        FROM (SELECT id, bool_or(sounds) AS sounds FROM maybe GROUP BY id) found JOIN candidates_candidate c USING (id)
    )
    SELECT id, alike >= 0.42, sounds FROM compared
    WHERE same_phone OR same_mail OR born IS NULL OR year IS NULL OR abs(year - born) <= 1 + spread + give
    ORDER BY alike + 0.4 * sounds::integer + 0.8 * same_phone::integer + 0.6 * same_mail::integer
        + CASE WHEN year = born THEN 0.3 ELSE 0 END DESC, id LIMIT 4
$$;
"""
BEFORE = """
SELECT similarity('', '');
CREATE FUNCTION people_alike(bureau bigint, name text, lone boolean, tel text, mail text, born integer)
RETURNS TABLE (candidate_id bigint, named boolean, sounds boolean)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 4 SET search_path = public, pg_temp
SET pg_trgm.similarity_threshold = 0.42 SET pg_trgm.word_similarity_threshold = 0.65 AS $$
    WITH here AS MATERIALIZED (
        SELECT b.id, (name_sounds(name))[1:5] AS words FROM unnest(scope_ids('bureaus')) AS b (id) WHERE b.id = bureau
    ), wanted AS MATERIALIZED (
        SELECT here.id, ARRAY[here.words[1]] AS words FROM here
        WHERE lone AND cardinality(here.words) = 1 AND length(here.words[1]) > 2
        UNION ALL
        SELECT here.id, ARRAY[one, other] FROM here, unnest(here.words) one, unnest(here.words) other WHERE one < other
    ), maybe AS (
        SELECT c.id, false AS sounds FROM here JOIN candidates_candidate c ON c.bureau_id = here.id
        WHERE c.search_name % name
        UNION ALL
        SELECT c.id, false FROM here JOIN candidates_candidate c ON c.bureau_id = here.id
        WHERE lone AND c.search_name %> name
        UNION ALL
        SELECT c.id, true FROM wanted JOIN candidates_candidate c ON c.bureau_id = wanted.id
            AND name_sounds(c.search_name) @> wanted.words
        UNION ALL
        SELECT c.id, false FROM here JOIN candidates_candidate c ON c.bureau_id = here.id
        WHERE tel <> '' AND c.phone = tel AND c.phone <> ''
        UNION ALL
        SELECT c.id, false FROM here JOIN candidates_candidate c ON c.bureau_id = here.id
        WHERE mail <> '' AND upper(c.email) = upper(mail) AND c.email <> ''
    ), compared AS (
        SELECT c.id, found.sounds, tel <> '' AND c.phone = tel AS same_phone,
            mail <> '' AND upper(c.email) = upper(mail) AS same_mail,
            coalesce(extract(year FROM c.birth_date)::integer, c.birth_year) AS year,
            greatest(similarity(c.search_name, name),
                CASE WHEN lone THEN word_similarity(name, c.search_name) * 0.42 / 0.65 END) AS alike
        FROM (SELECT id, bool_or(sounds) AS sounds FROM maybe GROUP BY id) found JOIN candidates_candidate c USING (id)
    )
    SELECT id, alike >= 0.42, sounds FROM compared
    WHERE same_phone OR same_mail OR born IS NULL OR year IS NULL OR abs(year - born) <= 1
    ORDER BY alike + 0.4 * sounds::integer + 0.8 * same_phone::integer + 0.6 * same_mail::integer
        + CASE WHEN year = born THEN 0.3 ELSE 0 END DESC, id LIMIT 4
$$;
"""
DROP = "DROP FUNCTION people_alike(bigint, text, boolean, text, text, integer);"
DROP_NEW = "DROP FUNCTION people_alike(bigint, text, boolean, text, text, integer, integer);"


class Migration(migrations.Migration):
    dependencies = [("candidates", "0015_nobody_left_alone")]
    operations = [
        migrations.AddField(
            "candidate",
            "birth_spread",
            models.PositiveSmallIntegerField("hoeveel jaar meer of minder", default=0, db_default=0),
        ),
        migrations.RunSQL([DROP, PEOPLE_ALIKE], [DROP_NEW, BEFORE]),
    ]
