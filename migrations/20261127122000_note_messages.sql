-- The ledger of disclosures takes in messages that went to persons through the practice's own mail server: its operator carries them.
--
-- SQLite widens no CHECK: the tables are made anew and what stood in them is laid over.

CREATE TABLE disclosure_wider (
    id              TEXT NOT NULL PRIMARY KEY,
    at              TEXT NOT NULL,
    recipient_kind  TEXT NOT NULL CHECK (recipient_kind IN ('person', 'colleague', 'calendar_server', 'file_holder', 'software',
                                                            'booking_portal', 'mail_server')),
    -- Name or address as it was known then; empty: nobody was named.
    recipient       TEXT NOT NULL DEFAULT '',
    -- ["identity", …]: which kinds of data, never what they said.
    categories      TEXT NOT NULL CHECK (json_valid(categories)),
    purpose         TEXT NOT NULL CHECK (purpose IN ('care', 'agenda', 'person_request', 'copy', 'leaving', 'booking', 'message')),
    ground          TEXT NOT NULL CHECK (ground IN ('care', 'legitimate_interest', 'right_of_access', 'legal_duty')),
    way             TEXT NOT NULL CHECK (way IN ('file', 'encrypted_file', 'paper', 'calendar', 'sync', 'mail')),
    -- The entry of the journal that says who did it and how.
    journal_sequence INTEGER NOT NULL CHECK (journal_sequence >= 1),
    user_id         TEXT NOT NULL REFERENCES user (id)
) STRICT;
INSERT INTO disclosure_wider (id, at, recipient_kind, recipient, categories, purpose, ground, way, journal_sequence, user_id)
SELECT id, at, recipient_kind, recipient, categories, purpose, ground, way, journal_sequence, user_id FROM disclosure;
CREATE TABLE disclosure_person_wider (
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    disclosure_id   TEXT NOT NULL REFERENCES disclosure_wider (id),
    PRIMARY KEY (patient_id, disclosure_id)
) STRICT, WITHOUT ROWID;
INSERT INTO disclosure_person_wider (patient_id, disclosure_id) SELECT patient_id, disclosure_id FROM disclosure_person;
DROP TABLE disclosure_person;
DROP TABLE disclosure;
ALTER TABLE disclosure_wider RENAME TO disclosure;
ALTER TABLE disclosure_person_wider RENAME TO disclosure_person;
CREATE INDEX disclosure_person_in ON disclosure_person (disclosure_id);
