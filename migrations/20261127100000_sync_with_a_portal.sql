-- The sync with a booking portal: the controller's instruction, what waits to be told, what the portal is known to hold, and what
-- came from there. The credentials are not here: they stand in the keyring of the operating system's account.
--
-- What waits is written by triggers, in the very transaction of the change, so that no path to the agenda can forget it; what is
-- told is composed when it is sent, from the state of that moment. Without an instruction in force no trigger writes anything.

-- Whether the practice agrees to each online booking of a type before it holds.
ALTER TABLE appointment_type ADD COLUMN needs_approval INTEGER NOT NULL DEFAULT 0 CHECK (needs_approval IN (0, 1));
-- Marked by the practice: a portal never learns more of it than that the time is busy.
ALTER TABLE appointment ADD COLUMN never_sync INTEGER NOT NULL DEFAULT 0 CHECK (never_sync IN (0, 1));

CREATE TABLE sync_portal (
    only_one        INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    address         TEXT NOT NULL CHECK (address <> ''),
    -- A certificate authority of one's own (PEM); empty: the public ones.
    authority       TEXT NOT NULL DEFAULT '',
    client_id       TEXT NOT NULL CHECK (client_id <> ''),
    kind            TEXT NOT NULL CHECK (kind IN ('portal', 'fhir')),
    -- The key under which it signs, as it was compared; empty at a plain FHIR server.
    signing_key     TEXT NOT NULL DEFAULT '',
    processor       TEXT NOT NULL DEFAULT '',
    hosting         TEXT NOT NULL DEFAULT '',
    standing        TEXT NOT NULL CHECK (standing IN ('on', 'suspended', 'ended')),
    -- How far what patients did, and what they asked, was fetched.
    cursor          TEXT NOT NULL DEFAULT '',
    rights_cursor   INTEGER NOT NULL DEFAULT 0 CHECK (rights_cursor >= 0),
    -- The portal's clock at the last success: what changed there since is looked at after a pause.
    heard_at        TEXT,
    -- The hour (since 1970) in which all days were looked at last; NULL: never.
    looked_hour     INTEGER,
    -- How the last runs went: not journalled, derived anew by the next one.
    tried_at        TEXT,
    succeeded_at    TEXT,
    next_at         TEXT,
    failures        INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    code            TEXT NOT NULL DEFAULT '',
    CHECK ((kind = 'portal') = (signing_key <> '')),
    CHECK ((failures = 0) = (code = ''))
) STRICT;

-- Every version that was ever signed. Never changed but for when the portal took it and when it ended.
CREATE TABLE sync_instruction (
    version         INTEGER NOT NULL PRIMARY KEY CHECK (version >= 1),
    -- Its number at the portal, which counts what it was given itself.
    given_as        INTEGER NOT NULL CHECK (given_as >= 1),
    signed_on       TEXT NOT NULL CHECK (length(signed_on) = 10),
    signed_at       TEXT NOT NULL,
    signed_by       TEXT NOT NULL REFERENCES user (id),
    address         TEXT NOT NULL CHECK (address <> ''),
    processor       TEXT NOT NULL DEFAULT '',
    signing_key     TEXT NOT NULL DEFAULT '',
    terms           TEXT NOT NULL CHECK (json_valid(terms)),
    taken_at        TEXT,
    ended_on        TEXT CHECK (length(ended_on) = 10)
) STRICT;
CREATE UNIQUE INDEX sync_instruction_in_force ON sync_instruction (1) WHERE ended_on IS NULL;
CREATE TRIGGER sync_instruction_stays BEFORE UPDATE ON sync_instruction
WHEN NEW.version <> OLD.version OR NEW.given_as <> OLD.given_as OR NEW.signed_on <> OLD.signed_on OR NEW.signed_at <> OLD.signed_at OR NEW.signed_by <> OLD.signed_by
    OR NEW.address <> OLD.address OR NEW.processor <> OLD.processor OR NEW.signing_key <> OLD.signing_key OR NEW.terms <> OLD.terms
    OR OLD.ended_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'instruction_kept'); END;
CREATE TRIGGER sync_instruction_kept BEFORE DELETE ON sync_instruction
BEGIN SELECT RAISE(ABORT, 'instruction_kept'); END;

-- The practitioners of the instruction in force: what the triggers ask. Empty: nothing is told to anybody.
CREATE TABLE sync_covered (
    practitioner_id TEXT NOT NULL PRIMARY KEY REFERENCES practitioner (id)
) STRICT, WITHOUT ROWID;

-- What waits to be told, one row a thing: an appointment, a practitioner's schedules, a day's availability (`id/day`, or `id/*`
-- for all days of the horizon). It leaves only if the revision that was sent is still the one here. No reference: what was
-- erased here must still be told.
CREATE TABLE sync_outbox (
    kind            TEXT NOT NULL CHECK (kind IN ('appointment', 'schedule', 'availability')),
    id              TEXT NOT NULL,
    practitioner_id TEXT NOT NULL,
    revision        INTEGER NOT NULL DEFAULT 1,
    queued_at       TEXT NOT NULL,
    -- What frees a time waits so long, so that it can be undone; empty: at once.
    not_before      TEXT NOT NULL DEFAULT '',
    tries           INTEGER NOT NULL DEFAULT 0,
    -- The portal's word, where it refused it for good: it waits for the next change.
    code            TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- What the portal is known to hold: its version (0: perhaps, -1: erased there for good, its name is never told again) and a
-- digest of what was told. Of an appointment the time too, which stays busy until the portal was told otherwise.
CREATE TABLE sync_known (
    kind            TEXT NOT NULL CHECK (kind IN ('appointment', 'schedule')),
    id              TEXT NOT NULL,
    practitioner_id TEXT NOT NULL,
    version         INTEGER NOT NULL CHECK (version >= -1),
    digest          TEXT NOT NULL,
    starts          INTEGER,
    minutes         INTEGER,
    told_at         TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_known_when ON sync_known (practitioner_id, starts) WHERE starts IS NOT NULL;

-- The availability that the portal is known to hold: spans of a schedule's day, without anybody. `entered-in-error`: marked there
-- as never meant.
CREATE TABLE sync_slot (
    id              TEXT NOT NULL PRIMARY KEY,
    practitioner_id TEXT NOT NULL,
    schedule_id     TEXT NOT NULL,
    day             INTEGER NOT NULL,
    version         INTEGER NOT NULL CHECK (version >= 0),
    status          TEXT NOT NULL CHECK (status IN ('free', 'busy', 'busy-unavailable', 'busy-tentative', 'entered-in-error')),
    start_at        TEXT NOT NULL,
    minutes         INTEGER NOT NULL CHECK (minutes >= 1),
    types           TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(types))
) STRICT;
CREATE INDEX sync_slot_of ON sync_slot (practitioner_id, day);

-- What must be erased at the portal and is not confirmed yet: names of appointments, phones and addresses. It goes with the
-- confirmation.
CREATE TABLE sync_erasure (
    subject         TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('appointment', 'contact')),
    value           TEXT NOT NULL CHECK (value <> ''),
    request_id      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (subject, kind, value)
) STRICT, WITHOUT ROWID;

-- Written confirmations of the portal, to the letter, with its signature and the key they were checked with.
CREATE TABLE sync_confirmation (
    id              TEXT NOT NULL PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('erasure', 'destruction')),
    received_at     TEXT NOT NULL,
    statement       TEXT NOT NULL CHECK (statement <> ''),
    signature       TEXT NOT NULL,
    signing_key     TEXT NOT NULL
) STRICT;

-- Requests of persons that came by the portal, and the request in the register that each became.
CREATE TABLE sync_right (
    id              TEXT NOT NULL PRIMARY KEY,
    request_id      TEXT NOT NULL UNIQUE REFERENCES data_request (id),
    kind            TEXT NOT NULL,
    received_at     TEXT NOT NULL,
    answered_at     TEXT
) STRICT;

-- What came from the portal and is worth a look.
CREATE TABLE sync_notice (
    id              INTEGER PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('request', 'booked', 'moved', 'cancelled', 'confirmed', 'clash', 'waiting',
                                                  'new_person', 'consent')),
    received_at     TEXT NOT NULL,
    appointment_id  TEXT REFERENCES appointment (id) ON DELETE CASCADE,
    patient_id      TEXT REFERENCES patient (id) ON DELETE CASCADE,
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    starts          INTEGER,
    seen            INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1))
) STRICT;
CREATE INDEX sync_notice_unseen ON sync_notice (id) WHERE seen = 0;
CREATE INDEX sync_notice_of ON sync_notice (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX sync_notice_about ON sync_notice (patient_id) WHERE patient_id IS NOT NULL;

-- A waiting entry that came by the portal keeps the name it has there.
CREATE TABLE sync_waiting (
    id              TEXT NOT NULL PRIMARY KEY,
    entry_id        TEXT NOT NULL REFERENCES waiting_entry (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX sync_waiting_of ON sync_waiting (entry_id);

-- The triggers: each marks a thing, and says nothing of it.

CREATE TRIGGER sync_appointment_added AFTER INSERT ON appointment
WHEN NEW.starts IS NOT NULL AND NEW.day >= unixepoch('now') / 86400 - 1 AND EXISTS (SELECT 1 FROM sync_covered WHERE practitioner_id = NEW.practitioner_id)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at) VALUES ('appointment', NEW.id, NEW.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, practitioner_id = excluded.practitioner_id,
        not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    VALUES ('availability', NEW.practitioner_id || '/' || NEW.day, NEW.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;

-- A change that frees a time (called off, not come, deleted) waits; any other is told at once.
CREATE TRIGGER sync_appointment_changed AFTER UPDATE ON appointment
WHEN (NEW.starts IS NOT NULL OR OLD.starts IS NOT NULL)
    AND (EXISTS (SELECT 1 FROM sync_covered WHERE practitioner_id = NEW.practitioner_id) OR EXISTS (SELECT 1 FROM sync_covered WHERE practitioner_id = OLD.practitioner_id))
    AND (NEW.status IS NOT OLD.status OR NEW.starts IS NOT OLD.starts OR NEW.minutes IS NOT OLD.minutes
        OR NEW.practitioner_id IS NOT OLD.practitioner_id OR NEW.site_id IS NOT OLD.site_id OR NEW.patient_id IS NOT OLD.patient_id
        OR NEW.type_id IS NOT OLD.type_id OR NEW.contact_name IS NOT OLD.contact_name OR NEW.contact_phone IS NOT OLD.contact_phone
        OR NEW.visio_link IS NOT OLD.visio_link OR NEW.never_sync IS NOT OLD.never_sync
        OR NEW.buffer_minutes IS NOT OLD.buffer_minutes OR NEW.provider_parts IS NOT OLD.provider_parts)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at, not_before)
    VALUES ('appointment', NEW.id, NEW.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),
        CASE WHEN OLD.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
              AND NEW.status NOT IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
             THEN strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+60 seconds') ELSE '' END)
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, practitioner_id = excluded.practitioner_id,
        not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    VALUES ('availability', NEW.practitioner_id || '/' || NEW.day, NEW.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    VALUES ('availability', OLD.practitioner_id || '/' || OLD.day, OLD.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;

-- What is removed here (an erasure, an end of retention) is erased there, and confirmed.
CREATE TRIGGER sync_appointment_removed BEFORE DELETE ON appointment
WHEN EXISTS (SELECT 1 FROM sync_known WHERE kind = 'appointment' AND id = OLD.id AND version >= 0)
    OR EXISTS (SELECT 1 FROM sync_outbox WHERE kind = 'appointment' AND id = OLD.id)
BEGIN
    INSERT OR IGNORE INTO sync_erasure (subject, kind, value) VALUES (coalesce(OLD.patient_id, OLD.id), 'appointment', OLD.id);
    DELETE FROM sync_outbox WHERE kind = 'appointment' AND id = OLD.id;
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    VALUES ('availability', OLD.practitioner_id || '/' || OLD.day, OLD.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;

-- Only of whom the portal knew something: nobody else's phone goes there, not even to be erased.
CREATE TRIGGER sync_patient_removed BEFORE DELETE ON patient
WHEN EXISTS (SELECT 1 FROM sync_erasure WHERE subject = OLD.id)
BEGIN
    INSERT OR IGNORE INTO sync_erasure (subject, kind, value)
    SELECT OLD.id, 'contact', value FROM json_each(json_array(OLD.mobile, OLD.phone, OLD.email)) WHERE value <> '';
END;

CREATE TRIGGER sync_patient_changed AFTER UPDATE OF surname, first_name, surname_arabic, first_name_arabic, mobile, phone, email, born, language ON patient
WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'appointment', a.id, a.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM appointment a JOIN sync_covered c ON c.practitioner_id = a.practitioner_id
     WHERE a.patient_id = NEW.id AND a.starts IS NOT NULL AND a.day >= unixepoch('now') / 86400 - 1
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, tries = 0, code = '';
END;

CREATE TRIGGER sync_restriction_put AFTER INSERT ON restriction
WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'appointment', a.id, a.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM appointment a JOIN sync_covered c ON c.practitioner_id = a.practitioner_id
     WHERE a.patient_id IN (SELECT NEW.patient_id UNION SELECT id FROM patient WHERE merged_into = NEW.patient_id)
       AND a.starts IS NOT NULL AND a.day >= unixepoch('now') / 86400 - 1
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT DISTINCT 'availability', a.practitioner_id || '/' || a.day, a.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM appointment a JOIN sync_covered c ON c.practitioner_id = a.practitioner_id
     WHERE a.patient_id IN (SELECT NEW.patient_id UNION SELECT id FROM patient WHERE merged_into = NEW.patient_id)
       AND a.starts IS NOT NULL AND a.day >= unixepoch('now') / 86400 - 1
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_restriction_lifted AFTER UPDATE ON restriction
WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'appointment', a.id, a.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM appointment a JOIN sync_covered c ON c.practitioner_id = a.practitioner_id
     WHERE a.patient_id IN (SELECT NEW.patient_id UNION SELECT id FROM patient WHERE merged_into = NEW.patient_id)
       AND a.starts IS NOT NULL AND a.day >= unixepoch('now') / 86400 - 1
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT DISTINCT 'availability', a.practitioner_id || '/' || a.day, a.practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
      FROM appointment a JOIN sync_covered c ON c.practitioner_id = a.practitioner_id
     WHERE a.patient_id IN (SELECT NEW.patient_id UNION SELECT id FROM patient WHERE merged_into = NEW.patient_id)
       AND a.starts IS NOT NULL AND a.day >= unixepoch('now') / 86400 - 1
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;

-- Hours, absences, blocks, holidays: all days are looked at again, and those that changed are told.
CREATE TRIGGER sync_opening_hours_added AFTER INSERT ON opening_hours WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_opening_hours_changed AFTER UPDATE ON opening_hours WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_opening_hours_removed AFTER DELETE ON opening_hours WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = OLD.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_absence_added AFTER INSERT ON absence WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_absence_changed AFTER UPDATE ON absence WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_absence_removed AFTER DELETE ON absence WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = OLD.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_opening_added AFTER INSERT ON opening WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_opening_changed AFTER UPDATE ON opening WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_opening_removed AFTER DELETE ON opening WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = OLD.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_block_added AFTER INSERT ON block WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_block_changed AFTER UPDATE ON block WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_block_removed AFTER DELETE ON block WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = OLD.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_locum_added AFTER INSERT ON locum WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_locum_changed AFTER UPDATE ON locum WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_locum_removed AFTER DELETE ON locum WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = OLD.practitioner_id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_holiday_added AFTER INSERT ON holiday_change WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_holiday_changed AFTER UPDATE ON holiday_change WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_holiday_removed AFTER DELETE ON holiday_change WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_region_added AFTER INSERT ON setting WHEN NEW.name = 'holiday_region' AND EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_region_changed AFTER UPDATE ON setting WHEN NEW.name = 'holiday_region' AND EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;

-- Practitioners, sites, types: their schedules, and every day.
CREATE TRIGGER sync_practitioner_changed AFTER UPDATE ON practitioner WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'schedule', practitioner_id, practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE practitioner_id = NEW.id
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_site_changed AFTER UPDATE ON site WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'schedule', practitioner_id, practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_type_added AFTER INSERT ON appointment_type WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'schedule', practitioner_id, practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_type_changed AFTER UPDATE ON appointment_type WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'schedule', practitioner_id, practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_type_practitioner_added AFTER INSERT ON type_practitioner WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'schedule', practitioner_id, practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_type_practitioner_removed AFTER DELETE ON type_practitioner WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'schedule', practitioner_id, practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_type_site_added AFTER INSERT ON type_site WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'schedule', practitioner_id, practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;
CREATE TRIGGER sync_type_site_removed AFTER DELETE ON type_site WHEN EXISTS (SELECT 1 FROM sync_covered)
BEGIN
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'schedule', practitioner_id, practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
    INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
    SELECT 'availability', practitioner_id || '/*', practitioner_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_covered WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = '';
END;

-- The ledger of disclosures learns of a portal: both tables are laid anew, with the same rows.
CREATE TABLE disclosure_wider (
    id              TEXT NOT NULL PRIMARY KEY,
    at              TEXT NOT NULL,
    recipient_kind  TEXT NOT NULL CHECK (recipient_kind IN ('person', 'colleague', 'calendar_server', 'file_holder', 'software',
                                                            'booking_portal')),
    -- Name or address as it was known then; empty: nobody was named.
    recipient       TEXT NOT NULL DEFAULT '',
    -- ["identity", …]: which kinds of data, never what they said.
    categories      TEXT NOT NULL CHECK (json_valid(categories)),
    purpose         TEXT NOT NULL CHECK (purpose IN ('care', 'agenda', 'person_request', 'copy', 'leaving', 'booking')),
    ground          TEXT NOT NULL CHECK (ground IN ('care', 'legitimate_interest', 'right_of_access', 'legal_duty')),
    way             TEXT NOT NULL CHECK (way IN ('file', 'encrypted_file', 'paper', 'calendar', 'sync')),
    -- The entry of the journal that says who did it and how.
    journal_sequence INTEGER NOT NULL CHECK (journal_sequence >= 1),
    user_id         TEXT NOT NULL REFERENCES user (id)
) STRICT;
INSERT INTO disclosure_wider (id, at, recipient_kind, recipient, categories, purpose, ground, way, journal_sequence, user_id)
SELECT id, at, recipient_kind, recipient, categories, purpose, ground, way, journal_sequence, user_id FROM disclosure;
CREATE TABLE disclosure_person_wider (
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    disclosure_id   TEXT NOT NULL REFERENCES disclosure_wider (id),
    PRIMARY KEY (patient_id, disclosure_id)
) STRICT, WITHOUT ROWID;
INSERT INTO disclosure_person_wider (patient_id, disclosure_id) SELECT patient_id, disclosure_id FROM disclosure_person;
DROP TABLE disclosure_person;
DROP TABLE disclosure;
ALTER TABLE disclosure_wider RENAME TO disclosure;
ALTER TABLE disclosure_person_wider RENAME TO disclosure_person;
CREATE INDEX disclosure_person_in ON disclosure_person (disclosure_id);
