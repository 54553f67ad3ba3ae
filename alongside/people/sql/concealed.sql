-- Whether a pupil's address is concealed today, by the address itself or by a flag: for every letter,
-- visit sheet and export to respect, whoever makes it. Answers yes or no, never the address.
CREATE OR REPLACE FUNCTION sec.address_is_concealed(of_pupil bigint, today date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM people_address a
    WHERE a.pupil_id = of_pupil AND a.council_id = sec.council_id() AND a.is_concealed
      AND a.starts_on <= today AND (a.ends_on IS NULL OR a.ends_on >= today))
  OR EXISTS (
    SELECT 1 FROM people_flag f
    WHERE f.pupil_id = of_pupil AND f.council_id = sec.council_id()
      AND f.kind = 'CONCEALED_ADDRESS'
      AND f.starts_on <= today AND (f.ends_on IS NULL OR f.ends_on >= today))
$$;

-- Puts the addresses a pupil lives at behind the wall, also those of somebody who will then no
-- longer read them: an update of their own could not.
CREATE OR REPLACE FUNCTION sec.conceal_addresses(of_pupil bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE people_address SET is_concealed = true, information_class = 'C5'
  WHERE pupil_id = of_pupil AND council_id = sec.council_id() AND ends_on IS NULL
    AND NOT is_concealed
$$;
