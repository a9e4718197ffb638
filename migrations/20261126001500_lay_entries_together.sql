-- A patient's entries lie together: a record of twenty years is read from a few hundred pages, not from one page an entry.
CREATE TABLE clinical_entry_together (
    id              TEXT NOT NULL UNIQUE,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    version         INTEGER NOT NULL CHECK (version >= 1),
    key_version     INTEGER NOT NULL CHECK (key_version >= 1),
    sealed          BLOB NOT NULL CHECK (length(sealed) > 34),
    written_at      TEXT NOT NULL,
    written_by      TEXT NOT NULL REFERENCES user (id),
    PRIMARY KEY (patient_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO clinical_entry_together (id, patient_id, version, key_version, sealed, written_at, written_by)
SELECT id, patient_id, version, key_version, sealed, written_at, written_by FROM clinical_entry ORDER BY patient_id, id;

CREATE TABLE clinical_entry_version_together (
    entry_id        TEXT NOT NULL REFERENCES clinical_entry_together (id),
    version         INTEGER NOT NULL CHECK (version >= 1),
    patient_id      TEXT NOT NULL,
    key_version     INTEGER NOT NULL,
    sealed          BLOB NOT NULL,
    written_at      TEXT NOT NULL,
    written_by      TEXT NOT NULL REFERENCES user (id),
    PRIMARY KEY (entry_id, version)
) STRICT;
INSERT INTO clinical_entry_version_together (entry_id, version, patient_id, key_version, sealed, written_at, written_by)
SELECT entry_id, version, patient_id, key_version, sealed, written_at, written_by FROM clinical_entry_version;

DROP TABLE clinical_entry_version;
DROP TABLE clinical_entry;
ALTER TABLE clinical_entry_together RENAME TO clinical_entry;
ALTER TABLE clinical_entry_version_together RENAME TO clinical_entry_version;

-- The guards went with the tables; they are the same.
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
CREATE TRIGGER clinical_entry_stays BEFORE DELETE ON clinical_entry
WHEN EXISTS (SELECT 1 FROM patient_key WHERE patient_id = OLD.patient_id)
BEGIN SELECT RAISE(ABORT, 'entry_kept'); END;
CREATE TRIGGER clinical_entry_version_kept BEFORE DELETE ON clinical_entry_version
WHEN EXISTS (SELECT 1 FROM patient_key WHERE patient_id = OLD.patient_id)
BEGIN SELECT RAISE(ABORT, 'entry_kept'); END;
