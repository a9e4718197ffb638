-- The first schema: the practice, who works there, its patients, its agenda, its journal.
-- Wall times are integers: minutes since 1970-01-01T00:00 on the site's own clock (never an instant); days likewise.
-- Instants (`…_at`) are RFC 3339 UTC text, dates (`…_on`, `born`) ISO text. Identifiers are UUIDv7 text.

CREATE TABLE practice (
    id              TEXT NOT NULL PRIMARY KEY,
    only_one        INTEGER NOT NULL DEFAULT 1 UNIQUE CHECK (only_one = 1),
    name            TEXT NOT NULL CHECK (name <> ''),
    country         TEXT NOT NULL CHECK (country IN ('FR', 'MA')),
    demonstration   INTEGER NOT NULL DEFAULT 0 CHECK (demonstration IN (0, 1)),
    created_at      TEXT NOT NULL
) STRICT;

CREATE TABLE site (
    id              TEXT NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL CHECK (name <> ''),
    zone            TEXT NOT NULL CHECK (zone <> ''),
    address         TEXT NOT NULL DEFAULT '',
    postcode        TEXT NOT NULL DEFAULT '',
    city            TEXT NOT NULL DEFAULT '',
    phone           TEXT NOT NULL DEFAULT '',
    rank            INTEGER NOT NULL,
    active          INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE practitioner (
    id              TEXT NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL CHECK (name <> ''),
    speciality      TEXT NOT NULL DEFAULT '',
    rpps            TEXT NOT NULL DEFAULT '',
    inpe            TEXT NOT NULL DEFAULT '',
    site_id         TEXT NOT NULL REFERENCES site (id),
    rank            INTEGER NOT NULL,
    active          INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

-- Who may sign in. The role here is the one that counts; vault.json only repeats it inside the wraps.
CREATE TABLE user (
    id              TEXT NOT NULL PRIMARY KEY,
    login           TEXT NOT NULL UNIQUE CHECK (login <> ''),
    name            TEXT NOT NULL CHECK (name <> ''),
    administrator   INTEGER NOT NULL CHECK (administrator IN (0, 1)),
    role            TEXT NOT NULL CHECK (role IN ('administrator', 'practitioner', 'secretary')),
    practitioner_id TEXT REFERENCES practitioner (id),
    state           TEXT NOT NULL CHECK (state IN ('active', 'clinical_pending', 'disabled')),
    preferences     TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(preferences)),
    created_at      TEXT NOT NULL,
    CHECK (role <> 'administrator' OR administrator = 1)
) STRICT;

CREATE TABLE appointment_type (
    id              TEXT NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL CHECK (name <> ''),
    short_name      TEXT NOT NULL DEFAULT '',
    minutes         INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    colour          TEXT NOT NULL CHECK (colour IN ('blue', 'teal', 'green', 'ochre', 'red', 'violet', 'orange')),
    rank            INTEGER NOT NULL,
    active          INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE opening_hours (
    id              TEXT NOT NULL PRIMARY KEY,
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    weekday         INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    from_minute     INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
    to_minute       INTEGER NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
    valid_from      INTEGER,
    valid_until     INTEGER,
    weeks           TEXT NOT NULL DEFAULT 'every' CHECK (weeks IN ('every', 'odd', 'even')),
    CHECK (to_minute > from_minute)
) STRICT;
CREATE INDEX opening_hours_of ON opening_hours (practitioner_id);

CREATE TABLE absence (
    id              TEXT NOT NULL PRIMARY KEY,
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    starts          INTEGER NOT NULL,
    ends            INTEGER NOT NULL,
    label           TEXT NOT NULL DEFAULT '',
    external_uid    TEXT,
    deleted         INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    CHECK (ends > starts)
) STRICT;
CREATE INDEX absence_of ON absence (practitioner_id, ends);
CREATE UNIQUE INDEX absence_taken_over ON absence (practitioner_id, external_uid, starts) WHERE external_uid IS NOT NULL;

CREATE TABLE patient (
    number          INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    surname         TEXT NOT NULL,
    birth_name      TEXT NOT NULL DEFAULT '',
    first_name      TEXT NOT NULL,
    surname_arabic  TEXT NOT NULL DEFAULT '',
    first_name_arabic TEXT NOT NULL DEFAULT '',
    sex             TEXT NOT NULL DEFAULT 'unknown' CHECK (sex IN ('female', 'male', 'unknown')),
    born            TEXT,
    birth_place     TEXT NOT NULL DEFAULT '',
    nir             TEXT NOT NULL DEFAULT '',
    ins_status      TEXT NOT NULL DEFAULT 'none' CHECK (ins_status IN ('none', 'provisional', 'retrieved', 'validated', 'qualified')),
    cin             TEXT NOT NULL DEFAULT '',
    mobile          TEXT NOT NULL DEFAULT '',
    phone           TEXT NOT NULL DEFAULT '',
    email           TEXT NOT NULL DEFAULT '',
    address         TEXT NOT NULL DEFAULT '',
    postcode        TEXT NOT NULL DEFAULT '',
    city            TEXT NOT NULL DEFAULT '',
    language        TEXT NOT NULL DEFAULT '',
    insurer         TEXT NOT NULL DEFAULT '',
    treating_doctor TEXT NOT NULL DEFAULT '',
    remarks         TEXT NOT NULL DEFAULT '',
    deceased_on     TEXT,
    external_id     TEXT,
    -- The random id that the erasure list names; it says nothing of the person.
    erasure_id      TEXT NOT NULL UNIQUE,
    merged_into     TEXT REFERENCES patient (id),
    revision        INTEGER NOT NULL DEFAULT 1,
    created_at      TEXT NOT NULL,
    CHECK (surname <> '' OR first_name <> '' OR surname_arabic <> '' OR first_name_arabic <> ''),
    CHECK (merged_into IS NULL OR merged_into <> id)
) STRICT;
CREATE INDEX patient_born ON patient (born) WHERE born IS NOT NULL;
CREATE INDEX patient_nir ON patient (nir) WHERE nir <> '';
CREATE INDEX patient_taken_over ON patient (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX patient_merged ON patient (merged_into) WHERE merged_into IS NOT NULL;

-- Search: words and digits normalised in Rust. The first table answers beginnings of words, the second any inside.
CREATE VIRTUAL TABLE patient_words USING fts5 (words, digits, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3');
INSERT INTO patient_words (patient_words, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE patient_parts USING fts5 (words, digits, tokenize = "trigram");
INSERT INTO patient_parts (patient_parts, rank) VALUES ('secure-delete', 1);

CREATE TABLE contact_person (
    id              TEXT NOT NULL PRIMARY KEY,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    name            TEXT NOT NULL CHECK (name <> ''),
    relation        TEXT NOT NULL DEFAULT '',
    phone           TEXT NOT NULL DEFAULT '',
    guardian        INTEGER NOT NULL DEFAULT 0 CHECK (guardian IN (0, 1))
) STRICT;
CREATE INDEX contact_person_of ON contact_person (patient_id);

-- One sealed clinical key a patient: sealed to the clinical public key, so that only a practitioner's session opens it.
CREATE TABLE patient_key (
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    version         INTEGER NOT NULL CHECK (version >= 1),
    sealed          BLOB NOT NULL,
    created_at      TEXT NOT NULL,
    PRIMARY KEY (patient_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment (
    id              TEXT NOT NULL PRIMARY KEY,
    code            TEXT NOT NULL UNIQUE CHECK (length(code) = 7),
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    site_id         TEXT NOT NULL REFERENCES site (id),
    patient_id      TEXT REFERENCES patient (id),
    type_id         TEXT NOT NULL REFERENCES appointment_type (id),
    day             INTEGER NOT NULL,
    -- NULL: a walk-in without a time, placed in the day's queue by its rank.
    starts          INTEGER,
    queue_rank      INTEGER,
    minutes         INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    status          TEXT NOT NULL CHECK (status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done',
                                                    'cancelled', 'no_show', 'left', 'deleted')),
    origin          TEXT NOT NULL CHECK (origin IN ('phone', 'walk_in', 'desk', 'portal', 'practitioner')),
    urgency         TEXT NOT NULL DEFAULT 'normal' CHECK (urgency IN ('normal', 'urgent', 'emergency')),
    overbooked      INTEGER NOT NULL DEFAULT 0 CHECK (overbooked IN (0, 1)),
    note            TEXT NOT NULL DEFAULT '',
    contact_name    TEXT NOT NULL DEFAULT '',
    contact_phone   TEXT NOT NULL DEFAULT '',
    visio_link      TEXT NOT NULL DEFAULT '',
    billing_hint    TEXT NOT NULL DEFAULT '',
    cancelled_by    TEXT CHECK (cancelled_by IN ('patient', 'practice')),
    cancel_reason   TEXT NOT NULL DEFAULT '',
    cancelled_late  INTEGER NOT NULL DEFAULT 0 CHECK (cancelled_late IN (0, 1)),
    -- Wall minutes of the steps; who made them stands in the journal.
    arrived         INTEGER,
    seated          INTEGER,
    dismissed       INTEGER,
    external_uid    TEXT,
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK (starts IS NULL OR (starts - (starts % 1440)) / 1440 = day),
    CHECK ((starts IS NULL) = (queue_rank IS NOT NULL)),
    CHECK (starts IS NOT NULL OR origin = 'walk_in'),
    CHECK ((status = 'cancelled') = (cancelled_by IS NOT NULL))
) STRICT;
-- One index answers the day's columns, the overlap rule and the search for free slots.
CREATE INDEX appointment_when ON appointment (practitioner_id, starts, minutes, status) WHERE starts IS NOT NULL;
CREATE INDEX appointment_queue ON appointment (day, practitioner_id) WHERE starts IS NULL;
CREATE INDEX appointment_of ON appointment (patient_id, day, starts, status) WHERE patient_id IS NOT NULL;
CREATE INDEX appointment_taken_over ON appointment (external_uid) WHERE external_uid IS NOT NULL;

-- Two active appointments of one practitioner never overlap, unless the later one was marked as an overbooking.
-- A duration is at most 24 h, so one range of the index is enough.
CREATE TRIGGER appointment_overlap_on_insert BEFORE INSERT ON appointment
WHEN NEW.starts IS NOT NULL AND NEW.overbooked = 0
 AND NEW.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
BEGIN
    SELECT RAISE(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM appointment a
         WHERE a.practitioner_id = NEW.practitioner_id
           AND a.starts > NEW.starts - 1440 AND a.starts < NEW.starts + NEW.minutes
           AND a.starts + a.minutes > NEW.starts
           AND a.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done'));
END;
CREATE TRIGGER appointment_overlap_on_update
BEFORE UPDATE OF practitioner_id, starts, minutes, status, overbooked ON appointment
WHEN NEW.starts IS NOT NULL AND NEW.overbooked = 0
 AND NEW.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
 AND (OLD.status NOT IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
      OR OLD.practitioner_id <> NEW.practitioner_id OR OLD.starts IS NOT NEW.starts
      OR OLD.minutes <> NEW.minutes OR OLD.overbooked = 1)
BEGIN
    SELECT RAISE(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM appointment a
         WHERE a.practitioner_id = NEW.practitioner_id AND a.id <> NEW.id
           AND a.starts > NEW.starts - 1440 AND a.starts < NEW.starts + NEW.minutes
           AND a.starts + a.minutes > NEW.starts
           AND a.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done'));
END;

-- The journal: append-only, chained. The change is sealed under the key of the person it is about; without the key
-- (an erasure) the chain still verifies.
CREATE TABLE journal_key (
    owner_id        TEXT NOT NULL PRIMARY KEY,
    key             BLOB NOT NULL CHECK (length(key) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    sequence        INTEGER PRIMARY KEY CHECK (sequence >= 1),
    at              TEXT NOT NULL,
    user_id         TEXT NOT NULL,
    workstation     TEXT NOT NULL,
    command         TEXT NOT NULL,
    subject_id      TEXT NOT NULL,
    owner_id        TEXT NOT NULL,
    sealed          BLOB NOT NULL,
    digest          BLOB NOT NULL CHECK (length(digest) = 32),
    previous        BLOB NOT NULL CHECK (length(previous) = 32),
    hash            BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX journal_of ON journal (subject_id);
CREATE TRIGGER journal_keeps_order BEFORE INSERT ON journal
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'journal_order'); END;
CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;
CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;

-- Outside the chain: it must be purged (6 months).
CREATE TABLE connection_log (
    id              INTEGER PRIMARY KEY,
    at              TEXT NOT NULL,
    user_id         TEXT NOT NULL,
    workstation     TEXT NOT NULL,
    event           TEXT NOT NULL CHECK (event IN ('signed_in', 'locked', 'signed_out', 'failed', 'recovered'))
) STRICT;
CREATE INDEX connection_log_at ON connection_log (at);

-- What somebody was typing when the session locked.
CREATE TABLE draft (
    user_id         TEXT NOT NULL REFERENCES user (id),
    kind            TEXT NOT NULL,
    body            TEXT NOT NULL CHECK (json_valid(body)),
    saved_at        TEXT NOT NULL,
    PRIMARY KEY (user_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name            TEXT NOT NULL PRIMARY KEY,
    value           TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE backup (
    id              INTEGER PRIMARY KEY,
    at              TEXT NOT NULL,
    place           TEXT NOT NULL,
    file            TEXT NOT NULL,
    bytes           INTEGER NOT NULL,
    entries         INTEGER NOT NULL,
    outcome         TEXT NOT NULL CHECK (outcome IN ('verified', 'failed')),
    code            TEXT NOT NULL DEFAULT ''
) STRICT;

-- What the other software's file said of an event when it was taken over: the same again means that nothing changed there.
CREATE TABLE taken_over_event (
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    uid             TEXT NOT NULL,
    fingerprint     TEXT NOT NULL,
    PRIMARY KEY (practitioner_id, uid)
) STRICT, WITHOUT ROWID;
