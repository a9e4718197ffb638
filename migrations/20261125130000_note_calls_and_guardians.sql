-- Calls with the messages that come of them; what a contact person may be told; guardians' consents.

-- Who a contact person is, where they are a patient too, and what they may be told.
-- A contact person who is removed stays as a row: a consent that they gave is proof.
ALTER TABLE contact_person ADD COLUMN linked_patient_id TEXT REFERENCES patient (id);
ALTER TABLE contact_person ADD COLUMN told_appointments INTEGER NOT NULL DEFAULT 0 CHECK (told_appointments IN (0, 1));
ALTER TABLE contact_person ADD COLUMN told_messages INTEGER NOT NULL DEFAULT 0 CHECK (told_messages IN (0, 1));
ALTER TABLE contact_person ADD COLUMN told_results INTEGER NOT NULL DEFAULT 0 CHECK (told_results IN (0, 1));
ALTER TABLE contact_person ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));
ALTER TABLE contact_person ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
CREATE INDEX contact_person_linked ON contact_person (linked_patient_id) WHERE linked_patient_id IS NOT NULL;
CREATE TRIGGER contact_person_is_another BEFORE INSERT ON contact_person WHEN NEW.linked_patient_id = NEW.patient_id
BEGIN SELECT RAISE(ABORT, 'contact_is_the_patient'); END;
CREATE TRIGGER contact_person_stays_another BEFORE UPDATE ON contact_person WHEN NEW.linked_patient_id = NEW.patient_id
BEGIN SELECT RAISE(ABORT, 'contact_is_the_patient'); END;

-- Needed before a minor's data go to a portal. Withdrawn, never deleted.
CREATE TABLE guardian_consent (
    id              TEXT NOT NULL PRIMARY KEY,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    contact_person_id TEXT NOT NULL REFERENCES contact_person (id),
    given_on        TEXT NOT NULL CHECK (length(given_on) = 10),
    way             TEXT NOT NULL CHECK (way IN ('spoken', 'written', 'electronic')),
    noted_at        TEXT NOT NULL,
    noted_by        TEXT NOT NULL REFERENCES user (id),
    withdrawn_on    TEXT CHECK (length(withdrawn_on) = 10),
    -- Entered in error and taken back.
    removed         INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    CHECK (withdrawn_on IS NULL OR withdrawn_on >= given_on)
) STRICT;
CREATE INDEX guardian_consent_of ON guardian_consent (patient_id);
CREATE INDEX guardian_consent_by ON guardian_consent (contact_person_id);

-- A call is about a patient, whoever called. Never clinical.
CREATE TABLE phone_call (
    id              TEXT NOT NULL PRIMARY KEY,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    -- Who called: the patient (neither), a contact person, or somebody by name.
    contact_person_id TEXT REFERENCES contact_person (id),
    caller_name     TEXT NOT NULL DEFAULT '',
    caller_phone    TEXT NOT NULL DEFAULT '',
    about           TEXT NOT NULL CHECK (about <> ''),
    -- Words of caller and subject in their search form.
    words           TEXT NOT NULL,
    -- To whom a message was left.
    practitioner_id TEXT REFERENCES practitioner (id),
    taken_at        TEXT NOT NULL,
    taken_by        TEXT NOT NULL REFERENCES user (id),
    read_at         TEXT,
    read_by         TEXT REFERENCES user (id),
    answer          TEXT NOT NULL DEFAULT '',
    answered_at     TEXT,
    answered_by     TEXT REFERENCES user (id),
    closed_at       TEXT,
    closed_by       TEXT REFERENCES user (id),
    removed         INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK ((read_at IS NULL) = (read_by IS NULL)),
    CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
    CHECK ((answered_at IS NULL) = (answer = '')),
    CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
    CHECK (answered_at IS NULL OR practitioner_id IS NOT NULL)
) STRICT;
CREATE INDEX phone_call_of ON phone_call (patient_id);
CREATE INDEX phone_call_taken ON phone_call (taken_at);
-- The open messages are few: they are counted each time the rail is shown.
CREATE INDEX phone_call_open ON phone_call (practitioner_id, taken_at)
 WHERE practitioner_id IS NOT NULL AND closed_at IS NULL AND removed = 0;
