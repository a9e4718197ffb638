-- What left the practice about whom, to whom and why: what a person may ask for. One line a handing over, and one for each
-- person whom it told something about; both go with the person.

CREATE TABLE disclosure (
    id              TEXT NOT NULL PRIMARY KEY,
    at              TEXT NOT NULL,
    recipient_kind  TEXT NOT NULL CHECK (recipient_kind IN ('person', 'colleague', 'calendar_server', 'file_holder', 'software')),
    -- Name or address as it was known then; empty: nobody was named.
    recipient       TEXT NOT NULL DEFAULT '',
    -- ["identity", …]: which kinds of data, never what they said.
    categories      TEXT NOT NULL CHECK (json_valid(categories)),
    purpose         TEXT NOT NULL CHECK (purpose IN ('care', 'agenda', 'person_request', 'copy', 'leaving')),
    ground          TEXT NOT NULL CHECK (ground IN ('care', 'legitimate_interest', 'right_of_access', 'legal_duty')),
    way             TEXT NOT NULL CHECK (way IN ('file', 'encrypted_file', 'paper', 'calendar')),
    -- The entry of the journal that says who did it and how.
    journal_sequence INTEGER NOT NULL CHECK (journal_sequence >= 1),
    user_id         TEXT NOT NULL REFERENCES user (id)
) STRICT;

CREATE TABLE disclosure_person (
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    disclosure_id   TEXT NOT NULL REFERENCES disclosure (id),
    PRIMARY KEY (patient_id, disclosure_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX disclosure_person_in ON disclosure_person (disclosure_id);
