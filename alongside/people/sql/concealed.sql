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

-- Texts about a pupil without the first lines of an address that is or was concealed, and while one is
-- concealed without any postcode. Whoever makes an export seldom may read the address, so that only
-- here can its lines be known; they are answered to nobody. A line counts as whole words, however it is
-- spaced, hyphened or pointed: "14 Larch-Way", "14 Larchway", "2 St. Mary’s Court".
CREATE OR REPLACE FUNCTION sec.without_concealed(of_pupil bigint, today date, texts text[])
RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  pattern text;
BEGIN
  FOR pattern IN
    SELECT '(?<![[:alnum:]])' || regexp_replace(regexp_replace(
        regexp_replace(lower(btrim(line, ' ,.-')), '([^[:alnum:][:space:],.''’‐-―-])', '\\\1', 'g'),
        '[''’]', '[''’]?', 'g'),
      '[[:space:],.‐-―-]+', '[[:space:],.‐-―-]*', 'g') || '(?![[:alnum:]])'
    FROM people_address a, LATERAL (VALUES (a.line_1), (a.line_2)) AS lines(line)
    WHERE a.pupil_id = of_pupil AND a.council_id = sec.council_id() AND a.is_concealed
      AND length(btrim(line, ' ,')) > 3
    ORDER BY length(line) DESC
  LOOP
    texts := ARRAY(
      SELECT regexp_replace(t, pattern, '[address withheld]', 'gi')
      FROM unnest(texts) WITH ORDINALITY AS given(t, n) ORDER BY n);
  END LOOP;
  IF sec.address_is_concealed(of_pupil, today) OR EXISTS (
    SELECT 1 FROM people_address a
    WHERE a.pupil_id = of_pupil AND a.council_id = sec.council_id() AND a.is_concealed)
  THEN
    texts := ARRAY(
      SELECT regexp_replace(
        t, '\m[A-Z]{1,2}[0-9][0-9A-Z]?[\s.‐-―-]*[0-9][A-Z]{2}\M', '[address withheld]', 'gi')
      FROM unnest(texts) WITH ORDINALITY AS given(t, n) ORDER BY n);
  END IF;
  RETURN texts;
END;
$$;
