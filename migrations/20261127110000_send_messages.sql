-- Messages to patients where no portal sends them: the practice's own mail server, what waits to be said, and what became of it.
-- The password is not here: it stands in the keyring of the operating system's account that entered it.
--
-- What waits is marked by triggers, in the transaction of the change; what is said is composed when it is sent, from the state of
-- that moment. Neither recipients nor words are kept.

CREATE TABLE mail_server (
    only_one        INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    host            TEXT NOT NULL CHECK (host <> ''),
    port            INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    security        TEXT NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
    -- A certificate authority of one's own (PEM); empty: the public ones.
    authority       TEXT NOT NULL DEFAULT '',
    login           TEXT NOT NULL DEFAULT '',
    -- The address and the name that messages come from.
    address         TEXT NOT NULL CHECK (address <> ''),
    sender          TEXT NOT NULL DEFAULT '',
    -- The language of who has none of their own.
    language        TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
    -- Hours before an appointment at which is reminded, a JSON list.
    hours_before    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(hours_before)),
    enabled         INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    -- How the last runs went: not journalled, derived anew by the next one.
    tried_at        TEXT,
    succeeded_at    TEXT,
    failures        INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    code            TEXT NOT NULL DEFAULT '',
    CHECK ((failures = 0) = (code = ''))
) STRICT;

-- An appointment whose patient may have to hear of a change, with what they know of it; until it was said.
CREATE TABLE message_pending (
    appointment_id  TEXT NOT NULL PRIMARY KEY REFERENCES appointment (id),
    was_status      TEXT,
    was_starts      INTEGER,
    revision        INTEGER NOT NULL DEFAULT 1,
    -- When a run saw it first as it is now: from then on it can be undone for a while. NULL: no run has seen it.
    noticed_at      TEXT,
    tries           INTEGER NOT NULL DEFAULT 0,
    not_before      TEXT
) STRICT, WITHOUT ROWID;

-- What was said of which time, and what could not be: so that somebody calls.
CREATE TABLE message (
    id              TEXT NOT NULL PRIMARY KEY,
    appointment_id  TEXT NOT NULL REFERENCES appointment (id),
    template        TEXT NOT NULL CHECK (template IN ('confirmation', 'request', 'change', 'cancellation', 'reminder')),
    starts          INTEGER NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('sent', 'failed')),
    code            TEXT NOT NULL DEFAULT '',
    settled_at      TEXT NOT NULL,
    CHECK ((state = 'failed') = (code <> ''))
) STRICT;
CREATE INDEX message_of ON message (appointment_id, starts, settled_at);
CREATE INDEX message_settled ON message (settled_at);

CREATE TRIGGER message_appointment_added AFTER INSERT ON appointment
WHEN NEW.starts IS NOT NULL AND NEW.patient_id IS NOT NULL AND NEW.status IN ('requested', 'booked', 'confirmed')
    AND EXISTS (SELECT 1 FROM mail_server WHERE enabled = 1)
BEGIN
    INSERT INTO message_pending (appointment_id) VALUES (NEW.id)
    ON CONFLICT (appointment_id) DO UPDATE SET revision = revision + 1, noticed_at = NULL, tries = 0, not_before = NULL;
END;

-- What the patient knows is what stood before the first change that was not said yet.
CREATE TRIGGER message_appointment_changed AFTER UPDATE OF status, starts, practitioner_id, site_id, patient_id ON appointment
WHEN NEW.starts IS NOT NULL AND NEW.patient_id IS NOT NULL AND EXISTS (SELECT 1 FROM mail_server WHERE enabled = 1)
    AND (NEW.status IS NOT OLD.status OR NEW.starts IS NOT OLD.starts OR NEW.practitioner_id IS NOT OLD.practitioner_id
        OR NEW.site_id IS NOT OLD.site_id OR NEW.patient_id IS NOT OLD.patient_id)
BEGIN
    INSERT INTO message_pending (appointment_id, was_status, was_starts)
    VALUES (NEW.id, CASE WHEN NEW.patient_id IS OLD.patient_id THEN OLD.status END, OLD.starts)
    ON CONFLICT (appointment_id) DO UPDATE SET revision = revision + 1, noticed_at = NULL, tries = 0, not_before = NULL;
END;
