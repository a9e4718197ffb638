-- Series, the waiting list, and what is counted of missed appointments.

-- A rule and its sessions. Where a session stands is its appointment's; `planned` is where the rule put it.
CREATE TABLE series (
    id              TEXT NOT NULL PRIMARY KEY,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    type_id         TEXT NOT NULL REFERENCES appointment_type (id),
    minutes         INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    unit            TEXT NOT NULL CHECK (unit IN ('days', 'weeks', 'months')),
    at_least        INTEGER NOT NULL CHECK (at_least >= 1),
    at_most         INTEGER NOT NULL CHECK (at_most >= at_least AND at_most <= 366),
    -- One, where the following were split off into a series of their own.
    sessions        INTEGER NOT NULL CHECK (sessions BETWEEN 1 AND 104),
    first           INTEGER NOT NULL
) STRICT;
CREATE INDEX series_of ON series (patient_id);

CREATE TABLE series_session (
    series_id       TEXT NOT NULL REFERENCES series (id),
    number          INTEGER NOT NULL CHECK (number BETWEEN 1 AND 104),
    appointment_id  TEXT NOT NULL UNIQUE REFERENCES appointment (id),
    planned         INTEGER NOT NULL,
    PRIMARY KEY (series_id, number)
) STRICT, WITHOUT ROWID;

-- Who wants a slot, or an earlier one than they have. One leaves the list by itself: that is read, not written.
CREATE TABLE waiting_entry (
    id              TEXT NOT NULL PRIMARY KEY,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    -- The appointment that they want earlier.
    appointment_id  TEXT REFERENCES appointment (id),
    type_id         TEXT NOT NULL REFERENCES appointment_type (id),
    minutes         INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    -- Identifiers, JSON; empty: anybody.
    practitioners   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(practitioners)),
    weekdays        INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
    from_day        INTEGER NOT NULL,
    until_day       INTEGER NOT NULL,
    from_minute     INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
    to_minute       INTEGER NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
    urgency         TEXT NOT NULL CHECK (urgency IN ('normal', 'urgent', 'emergency')),
    note            TEXT NOT NULL DEFAULT '',
    -- Where their appointment stood when they asked.
    before          INTEGER,
    created_at      TEXT NOT NULL,
    closed          TEXT CHECK (closed IN ('accepted', 'removed')),
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK (until_day >= from_day),
    CHECK (to_minute > from_minute),
    CHECK ((appointment_id IS NULL) = (before IS NULL))
) STRICT;
CREATE INDEX waiting_entry_open ON waiting_entry (until_day) WHERE closed IS NULL;
CREATE INDEX waiting_entry_of ON waiting_entry (patient_id);
CREATE INDEX waiting_entry_attached ON waiting_entry (appointment_id) WHERE appointment_id IS NOT NULL;

CREATE TABLE waiting_offer (
    entry_id        TEXT NOT NULL REFERENCES waiting_entry (id),
    rank            INTEGER NOT NULL,
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    starts          INTEGER NOT NULL,
    outcome         TEXT NOT NULL CHECK (outcome IN ('accepted', 'refused', 'no_answer')),
    offered_at      TEXT NOT NULL,
    PRIMARY KEY (entry_id, rank)
) STRICT, WITHOUT ROWID;

-- What is counted of a patient while one types: only what was missed stands in it.
CREATE INDEX appointment_missed ON appointment (patient_id, day, status)
 WHERE status = 'no_show' OR (status = 'cancelled' AND cancelled_late = 1 AND cancelled_by = 'patient');
