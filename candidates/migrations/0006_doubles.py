"""Who may be the same person: names that look or sound alike, found by index although row-level security is on."""

from django.db import migrations

# A word of a name as it is heard in a Dutch neighbourhood: Youssef and Jusuf, Rachid and Rashid, Meijer and Meyer,
# Ahmed and Ahmet are one. Takes a name as `search_name` keeps it; words of other scripts stay as they are.
NAME_SOUNDS = r"""
CREATE FUNCTION name_sounds(name text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
DECLARE
    word text; heard text; sounds text[] := '{}';
BEGIN
    FOREACH word IN ARRAY string_to_array(name, ' ') LOOP
        CONTINUE WHEN length(word) < 2 OR word = ANY (ARRAY['van', 'de', 'der', 'den', 'het', 'ten', 'ter', 'te', 'in',
            'op', 'aan', 'von', 'zu', 'du', 'des', 'la', 'le', 'da', 'do', 'dos', 'di', 'del', 'el', 'al', 'bin', 'ibn']);
        heard := regexp_replace(word, 'tsch|tsj|tch|sch|sj|sh|ch|sz|cz|ts|tz|z', 's', 'g');
        heard := regexp_replace(heard, 'dzj|dsj|dj', 'j', 'g');
        heard := regexp_replace(heard, '^[yi](?=[aeou])', 'j');
        heard := regexp_replace(heard, 'ph|v|w', 'f', 'g');
        heard := regexp_replace(heard, 'c(?=[eiy])', 's', 'g');
        heard := regexp_replace(heard, 'ck|kh|c|q', 'k', 'g');
        heard := replace(replace(heard, 'gh', 'g'), 'x', 'ks');
        heard := regexp_replace(heard, 'dt|th', 't', 'g');
        heard := regexp_replace(heard, '([aeiouy])j(?![aeouy])', '\1', 'g');
        heard := replace(heard, 'ij', 'i');
        heard := regexp_replace(heard, 'd$', 't');
        heard := regexp_replace(heard, 'b$', 'p');
        heard := regexp_replace(heard, '(?<!^)h', '', 'g');
        heard := regexp_replace(heard, '(.)\1+', '\1', 'g');
        heard := regexp_replace(heard, '^[aeiouy]+', 'a');
        heard := regexp_replace(heard, '(?<!^)[aeiouy]', '', 'g');
        IF length(heard) < 2 THEN heard := word; END IF;
        IF heard <> ALL (sounds) THEN sounds := sounds || heard; END IF;
    END LOOP;
    RETURN sounds;
END $$;
"""

# The operators of trigrams are not leak-proof, so that under row-level security no index of theirs is ever used.
# These functions look with their owner's rights, only in a bureau that the scope opens, and give nothing but ids.
# `lone`: no last name was typed, so the name may be one word of a longer one. Two names sound alike when two of their
# words do. A year of birth that is known and differs by more than one takes somebody off, unless the phone or the
# address agrees. No name's sounds are worked out here but the typed one's: the index has the others.
# The first statement loads pg_trgm: until then a session may not name its settings.
PEOPLE_ALIKE = """
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
PEOPLE_NAMED = r"""
CREATE FUNCTION people_named(words text[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp AS $$
    SELECT c.id FROM unnest(scope_ids('bureaus')) AS b (id) JOIN candidates_candidate c ON c.bureau_id = b.id
    WHERE c.search_name LIKE '%' || regexp_replace(
            (SELECT word FROM unnest(words) word ORDER BY length(word) DESC LIMIT 1), '([\\%_])', '\\\1', 'g') || '%'
        AND NOT EXISTS (SELECT FROM unnest(words) word WHERE position(word IN c.search_name) = 0)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0005_own_pages")]
    operations = [
        migrations.RunSQL(NAME_SOUNDS, "DROP FUNCTION name_sounds(text);"),
        migrations.RunSQL(
            PEOPLE_ALIKE, "DROP FUNCTION people_alike(bigint, text, boolean, text, text, integer);"
        ),
        migrations.RunSQL(PEOPLE_NAMED, "DROP FUNCTION people_named(text[]);"),
    ]
