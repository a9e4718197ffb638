-- What hangs on an appointment or an account is found by it: when it changes, and when it is deleted.
CREATE INDEX message_by_appointment ON message (practice_id, appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX message_by_account ON message (practice_id, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX visit_by_account ON visit (practice_id, account_id) WHERE account_id IS NOT NULL;
-- Appointments of a schedule: asked when it is taken away.
CREATE INDEX appointment_by_schedule ON appointment (practice_id, schedule_id);
