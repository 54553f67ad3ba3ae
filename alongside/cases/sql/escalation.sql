-- What is passed up within the service is no school's to read, even by a query that forgot to ask.
DROP POLICY IF EXISTS escalation_is_the_services ON cases_escalation;
CREATE POLICY escalation_is_the_services ON cases_escalation AS RESTRICTIVE FOR SELECT USING (
  recorded_by_id = (SELECT sec.staff_id()) OR asked_id = (SELECT sec.staff_id())
  -- Whoever manages the one who was asked answers for them, also who reads cases as a summary.
  OR asked_id IN (SELECT id FROM core_staff WHERE line_manager_id = (SELECT sec.staff_id()))
  OR (SELECT sec.reads_work()));
