-- Publishing a practitioner's agenda to a calendar server of their choice. The password is not here: it stands in the
-- keyring of the operating system's account that entered it.

CREATE TABLE publishing (
    practitioner_id TEXT NOT NULL PRIMARY KEY REFERENCES practitioner (id),
    address         TEXT NOT NULL CHECK (address <> ''),
    login           TEXT NOT NULL CHECK (login <> ''),
    -- A certificate authority of one's own (PEM); empty: the public ones.
    authority       TEXT NOT NULL DEFAULT '',
    discretion      TEXT NOT NULL CHECK (discretion IN ('busy', 'initials', 'name')),
    language        TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
    days_back       INTEGER NOT NULL CHECK (days_back BETWEEN 0 AND 366),
    days_ahead      INTEGER NOT NULL CHECK (days_ahead BETWEEN 1 AND 732),
    every_minutes   INTEGER NOT NULL CHECK (every_minutes BETWEEN 5 AND 1440),
    enabled         INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    -- How the last runs went: not journalled, derived anew by the next one.
    tried_at        TEXT,
    succeeded_at    TEXT,
    -- When the server was last asked for all that it holds.
    checked_at      TEXT,
    failures        INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    code            TEXT NOT NULL DEFAULT '',
    CHECK ((failures = 0) = (code = ''))
) STRICT, WITHOUT ROWID;

-- What is known to stand at the server, by name: a mark of what was sent, and the server's own. No reference to the
-- appointment: what was erased here must still be removed there.
CREATE TABLE published_event (
    practitioner_id TEXT NOT NULL REFERENCES publishing (practitioner_id),
    name            TEXT NOT NULL CHECK (name <> ''),
    fingerprint     TEXT NOT NULL CHECK (fingerprint <> ''),
    etag            TEXT NOT NULL CHECK (etag <> ''),
    PRIMARY KEY (practitioner_id, name)
) STRICT, WITHOUT ROWID;
