-- The functions that row-level security asks. Applied by core.walls, again whenever it changes.
-- Written for PostgreSQL 15 and later. STABLE with a fixed search_path: evaluated once a query.
CREATE SCHEMA IF NOT EXISTS sec;

CREATE OR REPLACE FUNCTION sec.council_id() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.council_id', true), '')::bigint $$;

CREATE OR REPLACE FUNCTION sec.staff_id() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.staff_id', true), '')::bigint $$;

CREATE OR REPLACE FUNCTION sec.clearance() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('app.clearance', true), '')::text[], '{}') || '{C1,C2,C3,C4,C9}' $$;

CREATE OR REPLACE FUNCTION sec.shared() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('app.shared', true), '')::text[], '{}') $$;

-- Classes of which the actor may know that there is a record, but not what it says.
CREATE OR REPLACE FUNCTION sec.flagged() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('app.flagged', true), '')::text[], '{}') $$;

-- Whether the actor reads the work with pupils whole; a school reads what is shared with it.
CREATE OR REPLACE FUNCTION sec.reads_work() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('app.reads_work', true), '') = 'yes' $$;
