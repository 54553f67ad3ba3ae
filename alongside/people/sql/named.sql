-- A line for named people is read by them and by its writer, whatever anybody's clearance: beside the
-- wall of its class, and both must be passed.
DROP POLICY IF EXISTS named_readers ON people_chronologyentry;
CREATE POLICY named_readers ON people_chronologyentry AS RESTRICTIVE FOR SELECT USING (
  readers = '{}' OR recorded_by_id = (SELECT sec.staff_id())
  OR (SELECT sec.staff_id()) = ANY (readers));
