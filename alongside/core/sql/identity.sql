-- Who is acting: the only functions that look behind the wall, and only at staff and roles.

CREATE OR REPLACE FUNCTION sec.staff_of_account(account bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT id FROM core_staff WHERE account_id = account AND NOT is_system $$;

CREATE OR REPLACE FUNCTION sec.council_of_account(account bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT c.code FROM core_staff s JOIN core_council c ON c.id = s.council_id
   WHERE s.account_id = account AND NOT s.is_system $$;

CREATE OR REPLACE FUNCTION sec.system_staff(code text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT s.id FROM core_staff s JOIN core_council c ON c.id = s.council_id
   WHERE s.is_system AND c.code = $1 $$;

CREATE OR REPLACE FUNCTION sec.council_codes() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT code FROM core_council ORDER BY code $$;

-- Whose calendar a secret address is, by its hash: a calendar program cannot sign in.
CREATE OR REPLACE FUNCTION sec.staff_of_calendar(address_hash text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT staff_id FROM core_reminders WHERE calendar_hash = address_hash AND calendar_hash <> '' $$;

-- Sets the actor for this transaction and answers who it is, or null when not working here today.
DROP FUNCTION IF EXISTS sec.begin(bigint);  -- Its name until databases were dumped to plain SQL.
CREATE OR REPLACE FUNCTION sec.begin_as(staff bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/London')::date;
  answer jsonb;
BEGIN
  PERFORM set_config('app.staff_id', '', true), set_config('app.council_id', '', true),
          set_config('app.clearance', '', true), set_config('app.shared', '', true),
          set_config('app.flagged', '', true), set_config('app.reads_work', '', true);
  SELECT jsonb_build_object(
    'staff_id', s.id, 'council_id', s.council_id, 'council_name', c.name, 'name', s.name,
    'is_system', s.is_system, 'today', today,
    'opened_pupil_ids', coalesce((
      SELECT jsonb_agg(b.pupil_id) FROM core_breakglass b
      WHERE b.staff_id = s.id AND b.ends_at > now()), '[]'),
    'purposes', coalesce((
      SELECT jsonb_agg(jsonb_build_array(u.pupil_id, u.kind, u.words) ORDER BY u.id)
      FROM core_purpose u WHERE u.staff_id = s.id AND u.ends_at > now()), '[]'),
    'held', coalesce((
      SELECT jsonb_agg(jsonb_build_object(
        'role', r.role, 'place_id', p.id, 'place_kind', p.kind, 'place_name', p.name,
        'cleared_for', to_jsonb(r.cleared_for),
        'place_ids', CASE WHEN p.kind = 'COUNCIL' THEN jsonb_build_array(p.id) ELSE (
          WITH RECURSIVE within(id) AS (
            SELECT p.id UNION ALL
            SELECT child.id FROM core_place child JOIN within ON child.parent_id = within.id)
          SELECT jsonb_agg(id ORDER BY id) FROM within) END
        ) ORDER BY r.id)
      FROM core_roleassignment r JOIN core_place p ON p.id = r.place_id
      WHERE r.staff_id = s.id AND r.starts_on <= today
        AND (r.ends_on IS NULL OR r.ends_on >= today)), '[]'))
  INTO answer
  FROM core_staff s JOIN core_council c ON c.id = s.council_id
  WHERE s.id = staff AND s.is_active;
  IF answer IS NULL OR (answer->'held' = '[]'::jsonb AND NOT (answer->>'is_system')::boolean) THEN
    RETURN NULL;
  END IF;
  PERFORM set_config('app.staff_id', answer->>'staff_id', true),
          set_config('app.council_id', answer->>'council_id', true);
  RETURN answer;
END $$;
