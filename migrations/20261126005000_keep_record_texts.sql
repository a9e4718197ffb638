-- Texts that the record is written with: templates, abbreviations, and what somebody was writing.

-- A template fills one section of a consultation or several. Nothing of any patient stands in it.
CREATE TABLE clinical_template (
    id              TEXT NOT NULL PRIMARY KEY,
    -- Whose; NULL: the whole practice's.
    practitioner_id TEXT REFERENCES practitioner (id),
    name            TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    reason          TEXT NOT NULL DEFAULT '',
    history         TEXT NOT NULL DEFAULT '',
    examination     TEXT NOT NULL DEFAULT '',
    conclusion      TEXT NOT NULL DEFAULT '',
    plan            TEXT NOT NULL DEFAULT '',
    deleted         INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    CHECK (length(reason || history || examination || conclusion || plan) BETWEEN 1 AND 20000)
) STRICT;

CREATE TABLE clinical_abbreviation (
    id              TEXT NOT NULL PRIMARY KEY,
    practitioner_id TEXT REFERENCES practitioner (id),
    -- As it is shown.
    short           TEXT NOT NULL CHECK (length(short) BETWEEN 1 AND 30),
    -- As it is looked up: without case and accents.
    key             TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 30 AND instr(key, ' ') = 0),
    text            TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
    deleted         INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX clinical_abbreviation_once ON clinical_abbreviation (coalesce(practitioner_id, ''), key) WHERE deleted = 0;

-- What a practitioner was writing about a patient, under the patient's key: the drafts of other forms are not sealed.
CREATE TABLE clinical_draft (
    user_id         TEXT NOT NULL REFERENCES user (id),
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    key_version     INTEGER NOT NULL CHECK (key_version >= 1),
    sealed          BLOB NOT NULL CHECK (length(sealed) > 34),
    saved_at        TEXT NOT NULL,
    PRIMARY KEY (user_id, patient_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX clinical_draft_of ON clinical_draft (patient_id);
