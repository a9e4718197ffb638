-- The export of the whole practice under way: there is one or none. Its key seals the working files beside the database, so
-- that without this row nothing of them can be read.
CREATE TABLE archive_run (
    only_one        INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    id              TEXT NOT NULL,
    key             BLOB NOT NULL CHECK (length(key) = 32),
    language        TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
    begun_at        TEXT NOT NULL,
    -- A file in the clear that is being written where no file without a name can be; empty: none.
    unfinished      TEXT NOT NULL DEFAULT ''
) STRICT;

-- A person's finished archive in a working file. `head`: the newest journal entry when it was made.
CREATE TABLE archive_piece (
    patient_id      TEXT NOT NULL PRIMARY KEY REFERENCES patient (id) ON DELETE CASCADE,
    file            TEXT NOT NULL CHECK (length(file) = 64),
    offset          INTEGER NOT NULL CHECK (offset >= 0),
    bytes           INTEGER NOT NULL CHECK (bytes > 0),
    digest          TEXT NOT NULL CHECK (length(digest) = 64),
    head            INTEGER NOT NULL CHECK (head >= 0),
    told            TEXT NOT NULL CHECK (json_valid(told))
) STRICT, WITHOUT ROWID;

-- Somebody who is erased is not in a working file either: its key goes.
CREATE TRIGGER archive_run_ends AFTER DELETE ON patient
BEGIN
    DELETE FROM archive_piece;
    DELETE FROM archive_run;
END;

-- A vault from which the practice came here.
CREATE TABLE former_vault (
    id              TEXT NOT NULL PRIMARY KEY,
    practice        TEXT NOT NULL,
    taken_in_at     TEXT NOT NULL,
    entries         INTEGER NOT NULL CHECK (entries >= 0),
    head            BLOB NOT NULL CHECK (length(head) IN (0, 32))
) STRICT;

-- Its history: the outsides and the chain as they were; the changes sealed anew under the keys of this vault. NULL: the key
-- of that entry had been erased there.
CREATE TABLE former_journal (
    vault_id        TEXT NOT NULL REFERENCES former_vault (id),
    sequence        INTEGER NOT NULL CHECK (sequence >= 1),
    at              TEXT NOT NULL,
    user_id         TEXT NOT NULL,
    workstation     TEXT NOT NULL,
    command         TEXT NOT NULL,
    subject_id      TEXT NOT NULL,
    owner_id        TEXT NOT NULL,
    sealed          BLOB,
    digest          BLOB NOT NULL CHECK (length(digest) = 32),
    previous        BLOB NOT NULL CHECK (length(previous) = 32),
    hash            BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (vault_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_journal_of ON former_journal (subject_id);
CREATE TRIGGER former_journal_refuses_update BEFORE UPDATE ON former_journal
BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;
CREATE TRIGGER former_journal_refuses_delete BEFORE DELETE ON former_journal
BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;
