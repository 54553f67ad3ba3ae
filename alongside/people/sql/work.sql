-- The line that a session or a daily log writes follows what it tells of: a school reads it once it
-- is shared. Stands beside the clearance wall, and both must be passed.
DROP POLICY IF EXISTS work_is_shared ON people_chronologyentry;
CREATE POLICY work_is_shared ON people_chronologyentry AS RESTRICTIVE FOR SELECT USING (
  kind NOT IN ('SESSION', 'DAILY_LOG') OR is_shared OR recorded_by_id = (SELECT sec.staff_id())
  OR (SELECT sec.reads_work()));
