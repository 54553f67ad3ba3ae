-- Of which restricted classes there is a document that the actor may know of and not read: never its
-- title, its day or who added it. Within the actor's own council, at the classes of sec.flagged().
CREATE OR REPLACE FUNCTION sec.document_presence(of_pupil bigint) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT d.information_class::text FROM people_document d
  WHERE d.pupil_id = of_pupil AND d.council_id = sec.council_id() AND d.removed_at IS NULL
    AND d.information_class = ANY (sec.flagged())
    AND NOT d.information_class = ANY (sec.clearance())
    AND d.recorded_by_id IS DISTINCT FROM sec.staff_id()
  ORDER BY 1
$$;
