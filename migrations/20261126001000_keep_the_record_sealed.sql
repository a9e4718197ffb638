-- The medical record: what an entry is, when it was, what it says, stands inside the seal alone.

CREATE TABLE clinical_entry (
    id              TEXT NOT NULL PRIMARY KEY,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    version         INTEGER NOT NULL CHECK (version >= 1),
    -- The version of the patient's key that seals it.
    key_version     INTEGER NOT NULL CHECK (key_version >= 1),
    sealed          BLOB NOT NULL CHECK (length(sealed) > 34),
    written_at      TEXT NOT NULL,
    written_by      TEXT NOT NULL REFERENCES user (id)
) STRICT;
CREATE INDEX clinical_entry_of ON clinical_entry (patient_id);

-- Every earlier version of an entry, as it was sealed then.
CREATE TABLE clinical_entry_version (
    entry_id        TEXT NOT NULL REFERENCES clinical_entry (id),
    version         INTEGER NOT NULL CHECK (version >= 1),
    patient_id      TEXT NOT NULL,
    key_version     INTEGER NOT NULL,
    sealed          BLOB NOT NULL,
    written_at      TEXT NOT NULL,
    written_by      TEXT NOT NULL REFERENCES user (id),
    PRIMARY KEY (entry_id, version)
) STRICT;

CREATE TRIGGER clinical_entry_begins BEFORE INSERT ON clinical_entry WHEN NEW.version <> 1
BEGIN SELECT RAISE(ABORT, 'entry_version'); END;
CREATE TRIGGER clinical_entry_goes_on BEFORE UPDATE ON clinical_entry
WHEN NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id OR NEW.patient_id <> OLD.patient_id
BEGIN SELECT RAISE(ABORT, 'entry_version'); END;
CREATE TRIGGER clinical_entry_keeps_versions AFTER UPDATE ON clinical_entry
BEGIN
    INSERT INTO clinical_entry_version (entry_id, version, patient_id, key_version, sealed, written_at, written_by)
    VALUES (OLD.id, OLD.version, OLD.patient_id, OLD.key_version, OLD.sealed, OLD.written_at, OLD.written_by);
END;
CREATE TRIGGER clinical_entry_version_stays BEFORE UPDATE ON clinical_entry_version
BEGIN SELECT RAISE(ABORT, 'entry_version'); END;
-- Only what nobody can read any more goes: an erasure removes the patient's key first.
CREATE TRIGGER clinical_entry_stays BEFORE DELETE ON clinical_entry
WHEN EXISTS (SELECT 1 FROM patient_key WHERE patient_id = OLD.patient_id)
BEGIN SELECT RAISE(ABORT, 'entry_kept'); END;
CREATE TRIGGER clinical_entry_version_kept BEFORE DELETE ON clinical_entry_version
WHEN EXISTS (SELECT 1 FROM patient_key WHERE patient_id = OLD.patient_id)
BEGIN SELECT RAISE(ABORT, 'entry_kept'); END;

-- Each version of an entry has its journal entry: their number says when a row was put back or taken away.
CREATE INDEX journal_of_record ON journal (owner_id, subject_id) WHERE subject_id >= 'entry:' AND subject_id < 'entry;';
