-- That there is something restricted on a day, and of which class: never what it says, nor who wrote it.
-- Looks behind the clearance wall, but only within the actor's own council and only at the classes
-- that the actor may know of (sec.flagged), leaving out what the actor reads anyway.
-- A line for named people is told to the service with whom to ask, its writer, and never to a school;
-- one whose presence is hidden is told to nobody.
DROP FUNCTION IF EXISTS sec.chronology_presence(bigint);
CREATE FUNCTION sec.chronology_presence(of_pupil bigint)
RETURNS TABLE (happened_on date, information_class text, ask text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT (e.occurred_at AT TIME ZONE 'Europe/London')::date, e.information_class::text, ''
  FROM people_chronologyentry e
  WHERE e.pupil_id = of_pupil
    AND e.council_id = sec.council_id()
    AND e.information_class = ANY (sec.flagged())
    AND NOT e.information_class = ANY (sec.clearance())
    AND e.recorded_by_id IS DISTINCT FROM sec.staff_id()
    AND NOT (e.is_shared AND e.information_class = ANY (sec.shared()))
    AND NOT e.is_hidden
  UNION
  SELECT (e.occurred_at AT TIME ZONE 'Europe/London')::date, e.information_class::text, s.name
  FROM people_chronologyentry e JOIN core_staff s ON s.id = e.recorded_by_id
  WHERE e.pupil_id = of_pupil
    AND e.council_id = sec.council_id()
    AND e.readers <> '{}' AND NOT e.is_hidden AND e.corrects_id IS NULL
    AND e.information_class = ANY (sec.clearance()) AND sec.reads_work()
    AND e.recorded_by_id IS DISTINCT FROM sec.staff_id()
    AND NOT coalesce(sec.staff_id() = ANY (e.readers), false)
  ORDER BY 1 DESC
$$;
