-- Numbers of pupils by the words of their names.
-- Row-level security lets no index of similar text be used in front of it, so these look behind the
-- wall, at the actor's own council only, and answer numbers or bare words: what is shown of a pupil is
-- asked for again, within the wall and the actor's scope.

-- A word with one letter left out, each in turn; of a long word two. Two words that differ by a letter
-- missed, added, changed or two swapped have one in common. `^` marks those of the first five letters,
-- by which a word is found before it is typed to its end.
CREATE OR REPLACE FUNCTION sec.near_keys(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
  SELECT array_agg(DISTINCT key) FROM (
    SELECT word AS key
    UNION ALL
    SELECT overlay(word placing '' FROM i FOR 1) FROM generate_series(1, length(word)) i
    WHERE length(word) BETWEEN 4 AND 40
    UNION ALL
    SELECT overlay(overlay(word placing '' FROM j FOR 1) placing '' FROM i FOR 1)
    FROM generate_series(1, length(word)) j, generate_series(1, j - 1) i
    WHERE length(word) BETWEEN 8 AND 40
    UNION ALL
    SELECT '^' || overlay(left(word, 5) placing '' FROM i FOR 1) FROM generate_series(1, 5) i
    WHERE length(word) >= 5
  ) keys
$$;

-- Whenever a pupil is added or renamed, its words are learnt. In order, so that two who add many at
-- once wait for each other and never deadlock.
CREATE OR REPLACE FUNCTION sec.learn_names() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO people_nameword (council_id, word, near)
  SELECT n.council_id, n.word, sec.near_keys(n.word)
  FROM (SELECT DISTINCT c.council_id, unnest(string_to_array(c.search_name, ' ')) AS word
        FROM changed c) n
  WHERE NOT EXISTS (SELECT 1 FROM people_nameword k
                    WHERE k.council_id = n.council_id AND k.word = n.word)
  ORDER BY n.council_id, n.word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER learn_names_added AFTER INSERT ON people_pupil
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION sec.learn_names();
CREATE OR REPLACE TRIGGER learn_names_changed AFTER UPDATE ON people_pupil
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION sec.learn_names();
INSERT INTO people_nameword (council_id, word, near)
SELECT n.council_id, n.word, sec.near_keys(n.word)
FROM (SELECT DISTINCT council_id, unnest(string_to_array(search_name, ' ')) AS word
      FROM people_pupil) n
ON CONFLICT DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;  -- What waits to be checked would keep the table from its wall.
SET CONSTRAINTS ALL DEFERRED;

-- Words of the council's names that are near to these: more than are meant. rules.names chooses.
CREATE OR REPLACE FUNCTION sec.names_near(typed text[]) RETURNS TABLE (asked text, word text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t, w.word FROM unnest(typed) t
  CROSS JOIN LATERAL (SELECT sec.near_keys(t) AS keys OFFSET 0) k  -- Once a word typed, not a word kept.
  JOIN people_nameword w ON w.council_id = sec.council_id() AND w.near && k.keys
  LIMIT 2000
$$;

-- Pupils one of whose words begins with each of these; `is_all` is false when there are more than
-- `most`, and then those called exactly so are among them. When there is nobody, what is near to the
-- words to be guessed, in the same question. Only the index of words may be used: with a limit in
-- sight the planner would rather read the whole table.
DROP FUNCTION IF EXISTS sec.pupils_named(text, text[], text, boolean);
CREATE OR REPLACE FUNCTION sec.pupils_named(starts text, whole text, most integer, guessed text[],
  OUT ids bigint[], OUT is_all boolean, OUT near jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET enable_indexscan = off AS $$
DECLARE
  exact bigint[];
BEGIN
  SELECT array_agg(p.id) INTO ids FROM (
    SELECT id FROM people_pupil
    WHERE array_to_tsvector(string_to_array(search_name, ' ')) @@ starts::tsquery
      AND council_id = sec.council_id() AND merged_into_id IS NULL
    LIMIT most + 1) p;
  is_all := coalesce(cardinality(ids), 0) <= most;
  IF NOT is_all THEN
    SELECT array_agg(p.id) INTO exact FROM (
      SELECT id FROM people_pupil
      WHERE array_to_tsvector(string_to_array(search_name, ' ')) @@ whole::tsquery
        AND council_id = sec.council_id() AND merged_into_id IS NULL
      LIMIT most) p;
    ids := ids || coalesce(exact, '{}');
  ELSIF ids IS NULL AND cardinality(guessed) > 0 THEN
    SELECT jsonb_agg(jsonb_build_array(n.asked, n.word)) INTO near FROM sec.names_near(guessed) n;
  END IF;
END $$;
