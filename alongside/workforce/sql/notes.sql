-- Supervision and appraisal are between two people: the writer, and once shown the person it is about.
DROP POLICY IF EXISTS note_is_of_two ON workforce_staffnote;
CREATE POLICY note_is_of_two ON workforce_staffnote AS RESTRICTIVE FOR SELECT USING (
  recorded_by_id = (SELECT sec.staff_id())
  OR (about_id = (SELECT sec.staff_id()) AND shown_at IS NOT NULL));
