-- One trigger writes the history of every protected table: what each changed column held before.
CREATE OR REPLACE FUNCTION sec.keep_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  old_row jsonb := to_jsonb(OLD);
  changed jsonb;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT coalesce(jsonb_object_agg(o.key, o.value), '{}') INTO changed
    FROM jsonb_each(old_row) o
    WHERE o.value IS DISTINCT FROM to_jsonb(NEW) -> o.key;
    IF changed = '{}' THEN RETURN NULL; END IF;
  ELSE
    changed := old_row;
  END IF;
  INSERT INTO core_rowhistory
    (council_id, created_at, table_name, row_id, operation, before, information_class, staff_id)
  VALUES ((old_row->>'council_id')::bigint, now(), TG_TABLE_NAME, (old_row->>'id')::bigint, TG_OP,
          changed, coalesce(old_row->>'information_class', TG_ARGV[0]), sec.staff_id());
  RETURN NULL;
END $$;

-- The audit trail and its seals are only ever added to.
CREATE OR REPLACE FUNCTION sec.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: a line is never changed or removed', TG_TABLE_NAME;
END $$;

-- What a seal covers of a line: everything it says, as one text.
DROP FUNCTION IF EXISTS sec.audit_hash(text, core_auditentry);
CREATE OR REPLACE FUNCTION sec.audit_line(entry core_auditentry) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT jsonb_build_array(entry.id, entry.council_id, extract(epoch FROM entry.created_at),
     entry.staff_id, entry.kind, entry.subject, entry.pupil_ids, entry.detail)::text $$;

-- The hash of the array that begins with the seal before it (hexadecimal, or nothing).
CREATE OR REPLACE FUNCTION sec.audit_hash(previous text, line text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT encode(sha256(convert_to('["' || previous || '", ' || substr(line, 2), 'UTF8')), 'hex') $$;

-- Seals what is not yet sealed: each seal's hash covers the line and the seal before it. Only the
-- hash goes from line to line; lines are read, and seals written, a set at a time.
CREATE OR REPLACE FUNCTION sec.seal_audit(at_most integer DEFAULT 50000) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  entries bigint[];
  lines text[];
  hashes text[];
  previous text;
  place bigint;
  floor_id bigint;
  found integer;
  sealed integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('alongside.seal_audit'));
  SELECT position, hash INTO place, previous FROM core_auditseal ORDER BY position DESC LIMIT 1;
  place := coalesce(place, 0);
  previous := coalesce(previous, '');
  -- A line committed late has a lower number than one already sealed: look back a little way.
  SELECT coalesce(max(entry_id), 0) - 10000 INTO floor_id FROM core_auditseal
    WHERE position > place - 1000;
  LOOP
    SELECT array_agg(id ORDER BY id), array_agg(line ORDER BY id) INTO entries, lines FROM (
      SELECT e.id, sec.audit_line(e) AS line FROM core_auditentry e
      WHERE e.id > floor_id
        AND NOT EXISTS (
          SELECT 1 FROM core_auditseal s WHERE s.entry_id = e.id AND s.entry_id > floor_id)
      ORDER BY e.id LIMIT least(at_most - sealed, 5000)) unsealed;
    found := coalesce(cardinality(entries), 0);
    EXIT WHEN found = 0;
    hashes := '{}';
    FOR n IN 1 .. found LOOP
      previous := encode(sha256(convert_to('["' || previous || '", ' || substr(lines[n], 2), 'UTF8')), 'hex');
      hashes := hashes || previous;
    END LOOP;
    INSERT INTO core_auditseal (position, entry_id, hash, created_at)
      SELECT place + n, entry, hash, now()
      FROM unnest(entries, hashes) WITH ORDINALITY AS new (entry, hash, n);
    place := place + found;
    sealed := sealed + found;
    floor_id := entries[found];
  END LOOP;
  RETURN sealed;
END $$;

-- The first seal that does not hold, and what is wrong with it; no row when the chain is whole.
CREATE OR REPLACE FUNCTION sec.verify_audit()
RETURNS TABLE (seal_position bigint, seal_entry_id bigint, problem text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH chain AS (
    SELECT s.position, s.entry_id, s.hash, lag(s.position, 1, 0::bigint) OVER w AS before,
           lag(s.hash, 1, '') OVER w AS previous, sec.audit_line(e) AS line, e.id AS found
    FROM core_auditseal s LEFT JOIN core_auditentry e ON e.id = s.entry_id
    WINDOW w AS (ORDER BY s.position))
  SELECT position, entry_id, CASE
      WHEN position <> before + 1 THEN 'a seal is missing before this one'
      WHEN found IS NULL THEN 'the line it seals is gone'
      ELSE 'the line was changed after it was sealed' END
  FROM chain
  WHERE position <> before + 1 OR found IS NULL OR hash <> sec.audit_hash(previous, line)
  ORDER BY position LIMIT 1
$$;

CREATE OR REPLACE FUNCTION sec.audit_state()
RETURNS TABLE (entries bigint, sealed bigint, head text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (SELECT count(*) FROM core_auditentry), (SELECT count(*) FROM core_auditseal),
         (SELECT hash FROM core_auditseal ORDER BY position DESC LIMIT 1)
$$;

-- Drafts are their writers' alone; this removes old ones without showing them to anyone.
CREATE OR REPLACE FUNCTION sec.expire_drafts(kept interval) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  removed integer;
BEGIN
  DELETE FROM core_draft WHERE updated_at < now() - greatest(kept, interval '7 days');
  GET DIAGNOSTICS removed = ROW_COUNT;
  DELETE FROM core_sent WHERE created_at < now() - interval '7 days';
  RETURN removed;
END $$;
