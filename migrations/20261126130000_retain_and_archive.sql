-- How long what is kept, for whom longer, and where the persons are who went into the intermediate archive.

-- What the controller decided in place of a default. Without a row the default of the country counts.
CREATE TABLE retention_rule (
    category        TEXT NOT NULL PRIMARY KEY,
    -- Months in the active base; NULL where the category has no archive.
    active_months   INTEGER CHECK (active_months >= 0),
    months          INTEGER NOT NULL CHECK (months >= 1),
    -- Why.
    reason          TEXT NOT NULL CHECK (reason <> ''),
    decided_at      TEXT NOT NULL,
    decided_by      TEXT NOT NULL REFERENCES user (id)
) STRICT, WITHOUT ROWID;

-- Kept longer for a stated reason. By the random erasure id: it holds for a person in the archive as well.
CREATE TABLE retention_hold (
    erasure_id      TEXT NOT NULL PRIMARY KEY,
    ground          TEXT NOT NULL CHECK (ground IN ('legal_claim', 'inspection', 'continued_care', 'other')),
    note            TEXT NOT NULL,
    placed_at       TEXT NOT NULL,
    placed_by       TEXT NOT NULL REFERENCES user (id)
) STRICT, WITHOUT ROWID;

-- The archive's own key, sealed to the clinical public key. The newest opens it; the one before stays until the archive
-- was written under the new one.
CREATE TABLE archive_key (
    version         INTEGER NOT NULL PRIMARY KEY CHECK (version >= 1),
    sealed          BLOB NOT NULL CHECK (length(sealed) > 34),
    -- The database key of its day: a later one asks for a new archive key as well.
    database_key    INTEGER NOT NULL CHECK (database_key >= 1),
    made_at         TEXT NOT NULL
) STRICT;

-- Who went into the archive: no name, nothing of the person. What their record says stands there alone.
CREATE TABLE archived (
    erasure_id      TEXT NOT NULL PRIMARY KEY,
    archived_at     TEXT NOT NULL,
    -- The category whose rule decides, and the first day on which they may be destroyed.
    category        TEXT NOT NULL,
    destroy_on      TEXT NOT NULL CHECK (length(destroy_on) = 10)
) STRICT, WITHOUT ROWID;
CREATE INDEX archived_until ON archived (destroy_on);

-- Sealed files of archived persons: they stay where they are, and the sweep leaves them there.
CREATE TABLE archived_document (
    file            TEXT NOT NULL PRIMARY KEY CHECK (length(file) = 64),
    erasure_id      TEXT NOT NULL REFERENCES archived (erasure_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX archived_document_of ON archived_document (erasure_id);

-- A list of those to destroy, which a practitioner confirms as it stands; afterwards the register's proof. Random ids only.
CREATE TABLE destruction (
    id              TEXT NOT NULL PRIMARY KEY,
    made_at         TEXT NOT NULL,
    made_by         TEXT NOT NULL REFERENCES user (id),
    digest          TEXT NOT NULL CHECK (length(digest) = 64),
    confirmed_at    TEXT,
    confirmed_by    TEXT REFERENCES user (id),
    dropped_at      TEXT,
    documents       INTEGER NOT NULL DEFAULT 0,
    CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
    CHECK (confirmed_at IS NULL OR dropped_at IS NULL)
) STRICT;

CREATE TABLE destruction_line (
    destruction_id  TEXT NOT NULL REFERENCES destruction (id),
    erasure_id      TEXT NOT NULL,
    place           TEXT NOT NULL CHECK (place IN ('active', 'archive')),
    category        TEXT NOT NULL,
    destroy_on      TEXT NOT NULL CHECK (length(destroy_on) = 10),
    PRIMARY KEY (destruction_id, erasure_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX destruction_line_of ON destruction_line (erasure_id);
-- What was confirmed is proof.
CREATE TRIGGER destruction_stays BEFORE UPDATE ON destruction WHEN OLD.confirmed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'destruction_confirmed'); END;
CREATE TRIGGER destruction_line_stays BEFORE UPDATE ON destruction_line
BEGIN SELECT RAISE(ABORT, 'destruction_line'); END;
CREATE TRIGGER destruction_line_kept BEFORE DELETE ON destruction_line
BEGIN SELECT RAISE(ABORT, 'destruction_line'); END;

-- The last entry of each record by its date alone: the retention of a hundred thousand persons opens no sealed page.
CREATE INDEX clinical_entry_written ON clinical_entry (patient_id, written_at);
