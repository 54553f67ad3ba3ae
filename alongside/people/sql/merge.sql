-- Two records of one child become one: every row that refers to a pupil moves, restricted ones too,
-- though the person who merges may not read them. Found from the foreign keys: none is forgotten.

CREATE OR REPLACE FUNCTION sec.pupil_references() RETURNS TABLE (in_table text, in_column text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.conrelid::regclass::text, a.attname::text
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND c.confrelid = 'people_pupil'::regclass
    AND c.conrelid NOT IN ('people_merge'::regclass, 'people_pupil'::regclass)
  UNION ALL SELECT 'core_notice', 'pupil_id'
  ORDER BY 1, 2
$$;

CREATE OR REPLACE FUNCTION sec.own_pupils(one bigint, other bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT count(*) FROM people_pupil p
      WHERE p.id IN (one, other) AND p.council_id = sec.council_id()) <> 2 THEN
    RAISE EXCEPTION 'these are not two pupils of this council';
  END IF;
END $$;

-- Answers {"table.column": [ids]} of what was moved. `stay` names in the same way what is not.
DROP FUNCTION IF EXISTS sec.move_pupil(bigint, bigint);
CREATE OR REPLACE FUNCTION sec.move_pupil(from_pupil bigint, to_pupil bigint, stay jsonb)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  place record;
  ids jsonb;
  moved jsonb := '{}';
BEGIN
  PERFORM sec.own_pupils(from_pupil, to_pupil);
  FOR place IN SELECT * FROM sec.pupil_references() LOOP
    EXECUTE format('WITH gone AS (UPDATE %s SET %I = $2
        WHERE %I = $1 AND NOT coalesce($3 @> to_jsonb(id), false) RETURNING id)
      SELECT jsonb_agg(id ORDER BY id) FROM gone', place.in_table, place.in_column, place.in_column)
      INTO ids USING from_pupil, to_pupil, stay -> (place.in_table || '.' || place.in_column);
    IF ids IS NOT NULL THEN
      moved := moved || jsonb_build_object(place.in_table || '.' || place.in_column, ids);
    END IF;
  END LOOP;
  RETURN moved;
END $$;

-- Moves back what a merge moved, where it still stands with the record it was moved to.
CREATE OR REPLACE FUNCTION sec.move_pupil_back(moved jsonb, from_pupil bigint, to_pupil bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  place record;
BEGIN
  PERFORM sec.own_pupils(from_pupil, to_pupil);
  FOR place IN SELECT * FROM sec.pupil_references() LOOP
    EXECUTE format('UPDATE %s SET %I = $2 WHERE %I = $1 AND id IN
      (SELECT e::bigint FROM jsonb_array_elements_text($3) e)',
      place.in_table, place.in_column, place.in_column)
      USING from_pupil, to_pupil,
        coalesce(moved -> (place.in_table || '.' || place.in_column), '[]'::jsonb);
  END LOOP;
END $$;
