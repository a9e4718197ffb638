-- What comes from outside: results and scanned documents. What they say stands inside a seal alone; beside it stands only
-- what whoever files it must see: who the paper says it is about.

-- Filed and not yet in a record: for a person to decide whose it is, or for a practitioner's session to take in.
CREATE TABLE filed (
    id              TEXT NOT NULL PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('report', 'document')),
    -- Whose: none until somebody decided.
    patient_id      TEXT REFERENCES patient (id),
    -- Why a person has to look at it; empty where nothing was wrong.
    problem         TEXT NOT NULL DEFAULT '',
    line            INTEGER NOT NULL DEFAULT 0 CHECK (line >= 0),
    -- Whether it can go into a record at all: what was cut cannot.
    whole           INTEGER NOT NULL CHECK (whole IN (0, 1)),
    -- A digest of laboratory, number and identity, never of content: papers of one number belong together.
    slip            TEXT NOT NULL DEFAULT '',
    -- Who the paper says it is about.
    surname         TEXT NOT NULL DEFAULT '',
    birth_name      TEXT NOT NULL DEFAULT '',
    first_name      TEXT NOT NULL DEFAULT '',
    born            TEXT,
    sex             TEXT NOT NULL DEFAULT 'unknown' CHECK (sex IN ('female', 'male', 'unknown')),
    nir             TEXT NOT NULL DEFAULT '',
    -- The key of this one paper, sealed to the clinical public key, and what it seals.
    sealed_key      BLOB NOT NULL CHECK (length(sealed_key) > 34),
    sealed          BLOB NOT NULL CHECK (length(sealed) > 34),
    filed_at        TEXT NOT NULL,
    filed_by        TEXT NOT NULL REFERENCES user (id),
    refused_at      TEXT,
    CHECK (whole = 1 OR patient_id IS NULL)
) STRICT;
CREATE INDEX filed_slip ON filed (slip) WHERE slip <> '';
CREATE INDEX filed_for ON filed (patient_id) WHERE patient_id IS NOT NULL;

-- Sealed documents in the folder beside the database, by the digest of their sealed bytes.
CREATE TABLE document (
    id              TEXT NOT NULL PRIMARY KEY,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    file            TEXT NOT NULL UNIQUE CHECK (length(file) = 64),
    -- The entry of the record that speaks of it; none until it is taken in.
    entry_id        TEXT UNIQUE REFERENCES clinical_entry (id),
    -- The document's own key: sealed to the clinical public key until it is taken in (0), then under the patient's key of
    -- this version.
    key_version     INTEGER NOT NULL CHECK (key_version >= 0),
    sealed_key      BLOB NOT NULL CHECK (length(sealed_key) > 34),
    filed_at        TEXT NOT NULL,
    filed_by        TEXT NOT NULL REFERENCES user (id),
    CHECK ((entry_id IS NULL) = (key_version = 0))
) STRICT;
CREATE INDEX document_of ON document (patient_id);

-- Which entries are reports: how they are found again by number, and which nobody has seen.
CREATE TABLE report (
    entry_id        TEXT NOT NULL PRIMARY KEY REFERENCES clinical_entry (id),
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    slip            TEXT NOT NULL DEFAULT '',
    -- The version of the entry that came from the laboratory last.
    version         INTEGER NOT NULL CHECK (version >= 1),
    received_at     TEXT NOT NULL,
    -- It was struck: noted where somebody who can read saw it, so that it no longer counts as unseen.
    struck          INTEGER NOT NULL DEFAULT 0 CHECK (struck IN (0, 1))
) STRICT;
CREATE INDEX report_slip ON report (slip) WHERE slip <> '';
CREATE INDEX report_of ON report (patient_id);

-- Seen by whom and when: sealed under the patient's key, so that only a practitioner's session can say so.
CREATE TABLE report_seen (
    entry_id        TEXT NOT NULL REFERENCES report (entry_id),
    version         INTEGER NOT NULL CHECK (version >= 1),
    user_id         TEXT NOT NULL REFERENCES user (id),
    key_version     INTEGER NOT NULL CHECK (key_version >= 1),
    sealed          BLOB NOT NULL CHECK (length(sealed) > 34),
    PRIMARY KEY (entry_id, version, user_id)
) STRICT;

-- The folder into which the laboratories' software puts results, on each computer.
CREATE TABLE watched_folder (
    workstation     TEXT NOT NULL,
    os_account      TEXT NOT NULL,
    path            TEXT NOT NULL CHECK (path <> ''),
    -- What becomes of a file that was read: put into a folder inside, or deleted.
    afterwards      TEXT NOT NULL CHECK (afterwards IN ('move', 'delete')),
    enabled         INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    checked_at      TEXT,
    code            TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (workstation, os_account)
) STRICT, WITHOUT ROWID;
