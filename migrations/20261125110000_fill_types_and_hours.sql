-- Types in full: free time after, who offers them where, provider time inside, rooms and equipment booked along.
-- Hours in full: openings of single dates, blocks, locums, changes to holidays, school holidays.

ALTER TABLE appointment_type ADD COLUMN buffer_minutes INTEGER NOT NULL DEFAULT 0 CHECK (buffer_minutes BETWEEN 0 AND 240);
ALTER TABLE appointment_type ADD COLUMN online INTEGER NOT NULL DEFAULT 0 CHECK (online IN (0, 1));
ALTER TABLE appointment_type ADD COLUMN instructions TEXT NOT NULL DEFAULT '';
ALTER TABLE appointment_type ADD COLUMN price_cents INTEGER CHECK (price_cents BETWEEN 0 AND 100000000);
-- 5-minute parts: X needs the practitioner, / does not; empty: needed all the time.
ALTER TABLE appointment_type ADD COLUMN provider_time TEXT NOT NULL DEFAULT '' CHECK (provider_time NOT GLOB '*[^X/]*');

-- Who offers a type, and where; without a line: everybody, everywhere.
CREATE TABLE type_practitioner (
    type_id         TEXT NOT NULL REFERENCES appointment_type (id),
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    PRIMARY KEY (type_id, practitioner_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE type_site (
    type_id         TEXT NOT NULL REFERENCES appointment_type (id),
    site_id         TEXT NOT NULL REFERENCES site (id),
    PRIMARY KEY (type_id, site_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE resource_kind (
    id              TEXT NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL CHECK (name <> ''),
    category        TEXT NOT NULL CHECK (category IN ('room', 'equipment')),
    rank            INTEGER NOT NULL,
    active          INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;
CREATE TABLE resource (
    id              TEXT NOT NULL PRIMARY KEY,
    kind_id         TEXT NOT NULL REFERENCES resource_kind (id),
    site_id         TEXT NOT NULL REFERENCES site (id),
    name            TEXT NOT NULL CHECK (name <> ''),
    rank            INTEGER NOT NULL,
    active          INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;
CREATE INDEX resource_of ON resource (kind_id, site_id);
-- An appointment of the type takes one resource of each of these kinds along.
CREATE TABLE type_resource_kind (
    type_id         TEXT NOT NULL REFERENCES appointment_type (id),
    kind_id         TEXT NOT NULL REFERENCES resource_kind (id),
    PRIMARY KEY (type_id, kind_id)
) STRICT, WITHOUT ROWID;

-- Copied at booking, as the duration is. `provider_parts`: [[offset, minutes], …] of those that need the practitioner, empty:
-- all of it. `resources`: ["id", …] of those held, empty: none.
ALTER TABLE appointment ADD COLUMN buffer_minutes INTEGER NOT NULL DEFAULT 0 CHECK (buffer_minutes BETWEEN 0 AND 240);
ALTER TABLE appointment ADD COLUMN provider_parts TEXT NOT NULL DEFAULT '' CHECK (provider_parts = '' OR json_valid(provider_parts));
ALTER TABLE appointment ADD COLUMN resources TEXT NOT NULL DEFAULT '' CHECK (resources = '' OR json_valid(resources));
-- Those few that ask for more than their time: the search for free slots reads them beside the plain ones.
CREATE INDEX appointment_special ON appointment (practitioner_id, starts, minutes, status, buffer_minutes, provider_parts)
    WHERE buffer_minutes > 0 OR provider_parts <> '';

-- Two active appointments of one practitioner never overlap, unless the later one was marked as an overbooking; parts that
-- need no practitioner are in nobody's way. The parts are looked into only where one of the two has some.
DROP TRIGGER appointment_overlap_on_insert;
CREATE TRIGGER appointment_overlap_on_insert BEFORE INSERT ON appointment
WHEN NEW.starts IS NOT NULL AND NEW.overbooked = 0
 AND NEW.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
BEGIN
    SELECT RAISE(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM appointment a
         WHERE a.practitioner_id = NEW.practitioner_id
           AND a.starts > NEW.starts - 1440 AND a.starts < NEW.starts + NEW.minutes
           AND a.starts + a.minutes > NEW.starts
           AND a.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
           AND ((a.provider_parts = '' AND NEW.provider_parts = '') OR EXISTS (
                SELECT 1 FROM json_each(iif(NEW.provider_parts = '', json_array(json_array(0, NEW.minutes)), NEW.provider_parts)) mine,
                              json_each(iif(a.provider_parts = '', json_array(json_array(0, a.minutes)), a.provider_parts)) other
                 WHERE NEW.starts + (mine.value ->> 0) < a.starts + (other.value ->> 0) + (other.value ->> 1)
                   AND a.starts + (other.value ->> 0) < NEW.starts + (mine.value ->> 0) + (mine.value ->> 1))));
END;
DROP TRIGGER appointment_overlap_on_update;
CREATE TRIGGER appointment_overlap_on_update
BEFORE UPDATE OF practitioner_id, starts, minutes, status, overbooked, provider_parts ON appointment
WHEN NEW.starts IS NOT NULL AND NEW.overbooked = 0
 AND NEW.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
 AND (OLD.status NOT IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
      OR OLD.practitioner_id <> NEW.practitioner_id OR OLD.starts IS NOT NEW.starts
      OR OLD.minutes <> NEW.minutes OR OLD.overbooked = 1 OR OLD.provider_parts <> NEW.provider_parts)
BEGIN
    SELECT RAISE(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM appointment a
         WHERE a.practitioner_id = NEW.practitioner_id AND a.id <> NEW.id
           AND a.starts > NEW.starts - 1440 AND a.starts < NEW.starts + NEW.minutes
           AND a.starts + a.minutes > NEW.starts
           AND a.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
           AND ((a.provider_parts = '' AND NEW.provider_parts = '') OR EXISTS (
                SELECT 1 FROM json_each(iif(NEW.provider_parts = '', json_array(json_array(0, NEW.minutes)), NEW.provider_parts)) mine,
                              json_each(iif(a.provider_parts = '', json_array(json_array(0, a.minutes)), a.provider_parts)) other
                 WHERE NEW.starts + (mine.value ->> 0) < a.starts + (other.value ->> 0) + (other.value ->> 1)
                   AND a.starts + (other.value ->> 0) < NEW.starts + (mine.value ->> 0) + (mine.value ->> 1))));
END;

-- When each resource is held: made by the triggers below from the active appointments, never written by anybody else. Two
-- holds of one resource never overlap, not even of an overbooking: there is one such room.
CREATE TABLE resource_hold (
    appointment_id  TEXT NOT NULL REFERENCES appointment (id),
    resource_id     TEXT NOT NULL REFERENCES resource (id),
    starts          INTEGER NOT NULL,
    minutes         INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    PRIMARY KEY (appointment_id, resource_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_hold_when ON resource_hold (resource_id, starts, minutes);
CREATE TRIGGER resource_hold_overlap BEFORE INSERT ON resource_hold
BEGIN
    SELECT RAISE(ABORT, 'resource_taken') WHERE EXISTS (
        SELECT 1 FROM resource_hold h
         WHERE h.resource_id = NEW.resource_id AND h.appointment_id <> NEW.appointment_id
           AND h.starts > NEW.starts - 1440 AND h.starts < NEW.starts + NEW.minutes
           AND h.starts + h.minutes > NEW.starts);
END;
CREATE TRIGGER resource_hold_refuses_update BEFORE UPDATE ON resource_hold
BEGIN SELECT RAISE(ABORT, 'resource_hold_is_made'); END;
CREATE TRIGGER appointment_resources_on_insert AFTER INSERT ON appointment
WHEN NEW.resources <> '' AND NEW.starts IS NOT NULL
 AND NEW.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')
BEGIN
    INSERT INTO resource_hold (appointment_id, resource_id, starts, minutes)
    SELECT NEW.id, value, NEW.starts, NEW.minutes FROM json_each(NEW.resources);
END;
CREATE TRIGGER appointment_resources_on_update AFTER UPDATE OF starts, minutes, status, resources ON appointment
WHEN (OLD.resources <> '' OR NEW.resources <> '')
 AND (OLD.resources <> NEW.resources OR OLD.starts IS NOT NEW.starts OR OLD.minutes <> NEW.minutes OR OLD.status <> NEW.status)
BEGIN
    DELETE FROM resource_hold WHERE appointment_id = NEW.id;
    INSERT INTO resource_hold (appointment_id, resource_id, starts, minutes)
    SELECT NEW.id, value, NEW.starts, NEW.minutes
      FROM json_each(iif(NEW.resources = '', '[]', NEW.resources))
     WHERE NEW.starts IS NOT NULL
       AND NEW.status IN ('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done');
END;

-- An opening of a single date, beside the weekly template; on a holiday too.
CREATE TABLE opening (
    id              TEXT NOT NULL PRIMARY KEY,
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    day             INTEGER NOT NULL,
    from_minute     INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
    to_minute       INTEGER NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
    label           TEXT NOT NULL DEFAULT '',
    deleted         INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    CHECK (to_minute > from_minute)
) STRICT;
CREATE INDEX opening_of ON opening (practitioner_id, day) WHERE deleted = 0;

-- Stretches kept for something. `weekdays`: bit 0 Monday to bit 6 Sunday; of one date where both validity dates are it.
CREATE TABLE block (
    id              TEXT NOT NULL PRIMARY KEY,
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    kind            TEXT NOT NULL CHECK (kind IN ('types', 'urgent', 'no_scheduling')),
    weekdays        INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
    from_minute     INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
    to_minute       INTEGER NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
    valid_from      INTEGER,
    valid_until     INTEGER,
    weeks           TEXT NOT NULL DEFAULT 'every' CHECK (weeks IN ('every', 'odd', 'even')),
    -- Released so many days before, at this minute of that day; both NULL: never.
    release_days    INTEGER CHECK (release_days BETWEEN 0 AND 365),
    release_minute  INTEGER CHECK (release_minute BETWEEN 0 AND 1439),
    -- ["type id", …]: whose time it is.
    types           TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(types)),
    label           TEXT NOT NULL DEFAULT '',
    deleted         INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    CHECK (to_minute > from_minute),
    CHECK ((release_days IS NULL) = (release_minute IS NULL)),
    CHECK (kind <> 'no_scheduling' OR release_days IS NULL)
) STRICT;
CREATE INDEX block_of ON block (practitioner_id) WHERE deleted = 0;

-- Who stands in for a practitioner, first and last day.
CREATE TABLE locum (
    id              TEXT NOT NULL PRIMARY KEY,
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    name            TEXT NOT NULL CHECK (name <> ''),
    number          TEXT NOT NULL DEFAULT '',
    first_day       INTEGER NOT NULL,
    last_day        INTEGER NOT NULL,
    deleted         INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    CHECK (last_day >= first_day)
) STRICT;
CREATE INDEX locum_of ON locum (practitioner_id, last_day) WHERE deleted = 0;

-- What the practice says of a date: closed for a holiday that the calendar does not know or that the moon moved, open on one,
-- or no holiday after all.
CREATE TABLE holiday_change (
    day             INTEGER NOT NULL PRIMARY KEY,
    state           TEXT NOT NULL CHECK (state IN ('closed', 'open', 'nothing')),
    holiday         TEXT NOT NULL DEFAULT '',
    label           TEXT NOT NULL DEFAULT ''
) STRICT;

-- Entered by the practice, shown, closing nothing.
CREATE TABLE school_holiday (
    id              TEXT NOT NULL PRIMARY KEY,
    zone            TEXT NOT NULL DEFAULT '',
    label           TEXT NOT NULL CHECK (label <> ''),
    first_day       INTEGER NOT NULL,
    last_day        INTEGER NOT NULL,
    deleted         INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    CHECK (last_day >= first_day)
) STRICT;
CREATE INDEX school_holiday_until ON school_holiday (last_day) WHERE deleted = 0;
-- Absences of everybody that touch some days.
CREATE INDEX absence_until ON absence (ends) WHERE deleted = 0;
