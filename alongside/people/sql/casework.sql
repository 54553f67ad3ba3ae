-- Numbers of lines of the chronology by their words, the newest first.
-- Row-level security lets no index of words be used in front of it, so this looks behind the wall, at
-- the actor's own council and the pupils that are named only, and answers numbers: what is shown of a
-- line is asked for again, within the wall. The planner is left the choice between the index of words
-- and, for a word that is everywhere, the index of days.
CREATE OR REPLACE FUNCTION sec.entries_found(pupils bigint[], words text, kinds text[],
  since timestamptz, until timestamptz, before timestamptz, before_id bigint, most integer)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET work_mem = '64MB' SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  RETURN QUERY
    SELECT e.id FROM people_chronologyentry e
    WHERE e.council_id = sec.council_id()
      AND to_tsvector('english'::regconfig, COALESCE(e.summary, '') || ' ' || COALESCE(e.detail, ''))
          @@ websearch_to_tsquery('english'::regconfig, words)
      AND e.pupil_id = ANY (pupils)
      AND (e.readers = '{}' OR e.recorded_by_id = sec.staff_id() OR sec.staff_id() = ANY (e.readers))
      AND (cardinality(kinds) = 0 OR e.kind = ANY (kinds))
      AND e.occurred_at >= since AND e.occurred_at < until
      AND (e.occurred_at, e.id) < (before, before_id)
    ORDER BY e.occurred_at DESC, e.id DESC
    LIMIT most;
END $$;
