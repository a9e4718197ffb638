-- An erasure looks nowhere at every row: what points at an appointment or at a contact person is found by index.
CREATE INDEX queue_turn_of ON queue_turn (appointment_id);
CREATE INDEX phone_call_by ON phone_call (contact_person_id) WHERE contact_person_id IS NOT NULL;
