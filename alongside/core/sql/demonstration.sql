-- Whom anybody may sign in as. Exists in a demonstration and in tests only: see core.walls.
CREATE OR REPLACE FUNCTION sec.demonstration_people()
RETURNS TABLE (account bigint, council text, kind text, staff text, role text, place text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, c.name, c.kind, s.name, r.role, p.name
  FROM core_account a
  JOIN core_staff s ON s.account_id = a.id AND s.is_active AND NOT s.is_system
  JOIN core_council c ON c.id = s.council_id
  JOIN core_roleassignment r ON r.staff_id = s.id AND r.starts_on <= current_date
    AND (r.ends_on IS NULL OR r.ends_on >= current_date)
  JOIN core_place p ON p.id = r.place_id
  WHERE a.is_active AND a.email LIKE '%@demo.example'
  -- Whose first role it is comes first: a role given later puts nobody of the cast out of the list.
  ORDER BY c.name, r.id <> (SELECT min(f.id) FROM core_roleassignment f WHERE f.staff_id = s.id),
    a.id, r.id
$$;
