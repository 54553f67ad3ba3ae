-- Whether a pupil lives today at an address that is concealed: for every letter, visit sheet and
-- export to respect, whoever makes it. Answers yes or no, never the address.
CREATE OR REPLACE FUNCTION sec.address_is_concealed(of_pupil bigint, today date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM people_address a
    WHERE a.pupil_id = of_pupil AND a.council_id = sec.council_id() AND a.is_concealed
      AND a.starts_on <= today AND (a.ends_on IS NULL OR a.ends_on >= today))
$$;
