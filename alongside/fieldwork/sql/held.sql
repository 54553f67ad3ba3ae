-- How many sessions a case had, how long and whether the child came: what a report counts, never a word
-- of them. Looks behind the wall of shared work, so that who asks for a report and who approves it read
-- the same; only within the actor's own council.
DROP FUNCTION IF EXISTS sec.sessions_held(bigint);
CREATE FUNCTION sec.sessions_held(of_case bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(
    jsonb_agg(
      jsonb_build_object('attendance', s.attendance, 'minutes', s.minutes) ORDER BY s.starts_at, s.id),
    '[]')
  FROM fieldwork_session s
  WHERE s.case_id = of_case AND s.council_id = sec.council_id()
$$;
