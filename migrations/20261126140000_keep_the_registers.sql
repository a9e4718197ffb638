-- The registers of the data-protection office. A register is proof: its rows are retired or marked as entered in error,
-- never deleted. Beside what the schema has to hold, a row is its facts.

-- Who answers for the practice's data, as the registers and the notice name them.
CREATE TABLE privacy_settings (
    only_one        INTEGER NOT NULL PRIMARY KEY DEFAULT 1 CHECK (only_one = 1),
    controller      TEXT NOT NULL DEFAULT '',
    representative  TEXT NOT NULL DEFAULT '',
    officer         TEXT NOT NULL DEFAULT '',
    officer_contact TEXT NOT NULL DEFAULT '',
    -- Number of the declaration to, or authorisation by, the authority.
    declaration     TEXT NOT NULL DEFAULT '',
    declared_on     TEXT CHECK (length(declared_on) = 10),
    -- Hours to tell the authority of a breach, where the law says none.
    breach_hours    INTEGER CHECK (breach_hours BETWEEN 1 AND 720),
    retention_remark TEXT NOT NULL DEFAULT '',
    revision        INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO privacy_settings (only_one) VALUES (1);

-- Processors, and those that work for them.
CREATE TABLE processor (
    id              TEXT NOT NULL PRIMARY KEY,
    -- The processor that a sub-processor works for.
    processor_id    TEXT REFERENCES processor (id),
    facts           TEXT NOT NULL CHECK (json_valid(facts)),
    retired_on      TEXT CHECK (length(retired_on) = 10),
    void            INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK (coalesce(facts ->> 'name', '') <> ''),
    CHECK (processor_id IS facts ->> 'processor_id'),
    CHECK (processor_id <> id),
    CHECK (facts ->> 'announced_on' IS NULL OR processor_id IS NOT NULL),
    CHECK (facts ->> 'objected_on' IS NULL OR facts ->> 'objected_on' >= facts ->> 'announced_on'),
    CHECK (facts ->> 'contract_until' IS NULL OR facts ->> 'contract_until' >= facts ->> 'contract_on')
) STRICT;
CREATE INDEX processor_of ON processor (processor_id);

-- Processing activities.
CREATE TABLE processing_activity (
    id              TEXT NOT NULL PRIMARY KEY,
    processor_id    TEXT REFERENCES processor (id),
    facts           TEXT NOT NULL CHECK (json_valid(facts)),
    retired_on      TEXT CHECK (length(retired_on) = 10),
    void            INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK (processor_id IS NULL),
    CHECK (coalesce(facts ->> 'name', '') <> '' AND coalesce(facts ->> 'accepted_at', '') <> '')
) STRICT;
-- Of what the program proposes there is one row an activity.
CREATE UNIQUE INDEX processing_activity_once ON processing_activity (facts ->> 'kind')
    WHERE void = 0 AND retired_on IS NULL AND facts ->> 'kind' <> 'own';

-- Breaches: instants in UTC.
CREATE TABLE breach (
    id              TEXT NOT NULL PRIMARY KEY,
    -- The processor at which it happened.
    processor_id    TEXT REFERENCES processor (id),
    facts           TEXT NOT NULL CHECK (json_valid(facts)),
    retired_on      TEXT CHECK (length(retired_on) = 10),
    void            INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK (processor_id IS facts ->> 'processor_id'),
    CHECK (coalesce(facts ->> 'what', '') <> ''),
    CHECK (coalesce(length(facts ->> 'aware_at'), 0) >= 20),
    CHECK (coalesce(facts ->> 'risk', '') IN ('unassessed', 'unlikely', 'likely', 'high')),
    CHECK (facts ->> 'closed_at' IS NULL OR facts ->> 'risk' <> 'unassessed'),
    CHECK (facts ->> 'closed_at' IS NULL OR facts ->> 'risk' = 'unlikely' OR facts ->> 'notified_at' IS NOT NULL),
    -- A breach stays in its register.
    CHECK (retired_on IS NULL)
) STRICT;

-- Instructions to a processor: what was given is never changed, another version replaces it.
CREATE TABLE processor_instruction (
    id              TEXT NOT NULL PRIMARY KEY,
    processor_id    TEXT NOT NULL REFERENCES processor (id),
    facts           TEXT NOT NULL CHECK (json_valid(facts)),
    retired_on      TEXT CHECK (length(retired_on) = 10),
    void            INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK (processor_id IS facts ->> 'processor_id'),
    CHECK (coalesce(facts ->> 'subject', '') <> '' AND coalesce(facts ->> 'text', '') <> ''),
    CHECK (coalesce(facts ->> 'number', 0) >= 1 AND coalesce(facts ->> 'version', 0) >= 1),
    CHECK (coalesce(length(facts ->> 'given_on'), 0) = 10)
) STRICT;
CREATE UNIQUE INDEX processor_instruction_version
    ON processor_instruction (processor_id, facts ->> 'number', facts ->> 'version');
CREATE TRIGGER processor_instruction_stays BEFORE UPDATE ON processor_instruction
WHEN NEW.facts ->> 'text' IS NOT OLD.facts ->> 'text' OR NEW.facts ->> 'subject' IS NOT OLD.facts ->> 'subject'
    OR NEW.facts ->> 'given_on' IS NOT OLD.facts ->> 'given_on' OR NEW.facts ->> 'number' IS NOT OLD.facts ->> 'number'
    OR NEW.facts ->> 'version' IS NOT OLD.facts ->> 'version' OR NEW.processor_id IS NOT OLD.processor_id
BEGIN SELECT RAISE(ABORT, 'instruction_given'); END;

-- Yearly reviews of security.
CREATE TABLE security_review (
    id              TEXT NOT NULL PRIMARY KEY,
    processor_id    TEXT REFERENCES processor (id),
    facts           TEXT NOT NULL CHECK (json_valid(facts)),
    retired_on      TEXT CHECK (length(retired_on) = 10),
    void            INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK (processor_id IS NULL),
    CHECK (coalesce(length(facts ->> 'reviewed_on'), 0) = 10)
) STRICT;

-- Audits of processors.
CREATE TABLE processor_audit (
    id              TEXT NOT NULL PRIMARY KEY,
    processor_id    TEXT NOT NULL REFERENCES processor (id),
    facts           TEXT NOT NULL CHECK (json_valid(facts)),
    retired_on      TEXT CHECK (length(retired_on) = 10),
    void            INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK (processor_id IS facts ->> 'processor_id'),
    CHECK (coalesce(facts ->> 'auditor', '') <> '')
) STRICT;

CREATE TRIGGER processor_refuses_delete BEFORE DELETE ON processor
BEGIN SELECT RAISE(ABORT, 'register_is_proof'); END;
CREATE TRIGGER processing_activity_refuses_delete BEFORE DELETE ON processing_activity
BEGIN SELECT RAISE(ABORT, 'register_is_proof'); END;
CREATE TRIGGER breach_refuses_delete BEFORE DELETE ON breach
BEGIN SELECT RAISE(ABORT, 'register_is_proof'); END;
CREATE TRIGGER processor_instruction_refuses_delete BEFORE DELETE ON processor_instruction
BEGIN SELECT RAISE(ABORT, 'register_is_proof'); END;
CREATE TRIGGER security_review_refuses_delete BEFORE DELETE ON security_review
BEGIN SELECT RAISE(ABORT, 'register_is_proof'); END;
CREATE TRIGGER processor_audit_refuses_delete BEFORE DELETE ON processor_audit
BEGIN SELECT RAISE(ABORT, 'register_is_proof'); END;
