-- Numbers of pupils whose names hold these fragments at the start of a word, or nearly so.
-- Row-level security lets no index of similar text be used in front of it, so this looks behind the
-- wall, at the actor's own council only, and answers numbers: what is shown of them is asked for
-- again, within the wall and the actor's scope.
-- Asked for once so that pg_trgm is loaded: before that, only a superuser may name its threshold.
SELECT similarity('', '');
DROP FUNCTION IF EXISTS sec.pupils_named(text, text[], text, boolean);
CREATE FUNCTION sec.pupils_named(begins text, fragments text[], words text, is_near boolean)
RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.45 AS $$
  SELECT coalesce(array_agg(p.id), '{}') FROM people_pupil p
  WHERE p.council_id = sec.council_id() AND p.merged_into_id IS NULL
    AND ((p.search_name ~ begins AND p.search_name LIKE ALL (fragments))
         OR (is_near AND p.search_name %> words))
$$;
