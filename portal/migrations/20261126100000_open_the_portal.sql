-- What the portal holds: booking-only fields, of many practices, each behind its wall.
--
-- Every key begins with the practice. Every table has row-level security, forced on its owner too: a session sees the rows of
-- the practice that it named in `app.practice`, for its transaction, and without one it sees none. What everybody may see
-- (who can be booked at all) stands in `directory`; which practices there are, by number only, in `tenant`.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'semainier_portal' AND NOT rolsuper AND NOT rolbypassrls) THEN
    RAISE EXCEPTION 'the role semainier_portal is missing, or may pass the walls: CREATE ROLE semainier_portal LOGIN NOSUPERUSER NOBYPASSRLS';
  END IF;
END $$;

CREATE FUNCTION app_practice() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.practice', true), '')::uuid $$;

-- Which practices there are: numbers and states, no name.
CREATE TABLE tenant (
  practice_id uuid PRIMARY KEY,
  state       text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'ended'))
);

CREATE TABLE practice (
  practice_id uuid PRIMARY KEY REFERENCES tenant,
  name        text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  -- The last number given to a change that the practice has to hear of. Raised in the change's own transaction, whose lock
  -- on this row puts the numbers in the order of the commits.
  feed        bigint NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL
);

CREATE TABLE credential (
  practice_id uuid NOT NULL REFERENCES practice,
  client_id   uuid NOT NULL,
  secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
  created_at  timestamptz NOT NULL,
  revoked_at  timestamptz,
  PRIMARY KEY (practice_id, client_id)
);

CREATE TABLE token (
  practice_id uuid NOT NULL,
  token_hash  bytea NOT NULL CHECK (octet_length(token_hash) = 32),
  client_id   uuid NOT NULL,
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (practice_id, token_hash),
  FOREIGN KEY (practice_id, client_id) REFERENCES credential ON DELETE CASCADE
);

-- The controller's instructions, all versions: what was done under each can be shown.
CREATE TABLE instruction (
  practice_id uuid NOT NULL REFERENCES practice,
  version     integer NOT NULL CHECK (version > 0),
  body        jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (practice_id, version)
);

CREATE TABLE schedule (
  practice_id       uuid NOT NULL REFERENCES practice,
  schedule_id       uuid NOT NULL,
  version           bigint NOT NULL DEFAULT 1,
  updated_at        timestamptz NOT NULL,
  active            boolean NOT NULL,
  practitioner_id   uuid NOT NULL,
  practitioner_name text NOT NULL CHECK (char_length(practitioner_name) <= 100),
  speciality        text CHECK (char_length(speciality) <= 80),
  site_id           uuid NOT NULL,
  site_name         text NOT NULL CHECK (char_length(site_name) <= 80),
  street            text CHECK (char_length(street) <= 120),
  post_code         text CHECK (char_length(post_code) <= 10),
  town              text NOT NULL CHECK (char_length(town) <= 80),
  country           text NOT NULL CHECK (country IN ('FR', 'MA')),
  zone              text NOT NULL,
  horizon_from_on   date,
  horizon_until_on  date,
  PRIMARY KEY (practice_id, schedule_id),
  UNIQUE (practice_id, practitioner_id, site_id),
  CHECK ((horizon_from_on IS NULL) = (horizon_until_on IS NULL))
);

CREATE TABLE offered_type (
  practice_id    uuid NOT NULL,
  schedule_id    uuid NOT NULL,
  type_id        uuid NOT NULL,
  position       smallint NOT NULL,
  label          text NOT NULL CHECK (char_length(label) <= 80),
  minutes        integer NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  needs_approval boolean NOT NULL,
  PRIMARY KEY (practice_id, schedule_id, type_id),
  FOREIGN KEY (practice_id, schedule_id) REFERENCES schedule ON DELETE CASCADE
);

-- Who can be booked, for the search over all practices: public by nature, and the one table that everybody reads.
CREATE TABLE directory (
  practice_id uuid NOT NULL,
  schedule_id uuid NOT NULL,
  shown       jsonb NOT NULL,
  search      text NOT NULL,
  PRIMARY KEY (practice_id, schedule_id),
  FOREIGN KEY (practice_id, schedule_id) REFERENCES schedule ON DELETE CASCADE
);
CREATE INDEX directory_search ON directory USING gin (search gin_trgm_ops);

CREATE TABLE slot (
  practice_id uuid NOT NULL,
  slot_id     uuid NOT NULL,
  schedule_id uuid NOT NULL,
  version     bigint NOT NULL DEFAULT 1,
  updated_at  timestamptz NOT NULL,
  status      text NOT NULL CHECK (status IN ('free', 'busy', 'busy-unavailable', 'busy-tentative', 'entered-in-error')),
  start_at    timestamptz NOT NULL,
  end_at      timestamptz NOT NULL,
  types       uuid[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (practice_id, slot_id),
  FOREIGN KEY (practice_id, schedule_id) REFERENCES schedule ON DELETE CASCADE,
  CHECK (end_at > start_at AND end_at <= start_at + interval '24 hours')
);
CREATE INDEX slot_by_time ON slot (practice_id, schedule_id, start_at);

-- A person's account at one practice: the phone or e-mail they proved to have.
CREATE TABLE account (
  practice_id    uuid NOT NULL REFERENCES practice,
  account_id     uuid NOT NULL,
  contact        text NOT NULL CHECK (char_length(contact) <= 254),
  language       text NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
  opted_out      boolean NOT NULL DEFAULT false,
  created_at     timestamptz NOT NULL,
  last_active_at timestamptz NOT NULL,
  last_booked_at timestamptz,
  PRIMARY KEY (practice_id, account_id),
  UNIQUE (practice_id, contact)
);

CREATE TABLE appointment (
  practice_id      uuid NOT NULL REFERENCES practice,
  appointment_id   uuid NOT NULL,
  version          bigint NOT NULL DEFAULT 1,
  updated_at       timestamptz NOT NULL,
  code             integer CHECK (code >= 0 AND code < 1 << 30),
  status           text NOT NULL CHECK (status IN ('proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'cancelled',
                     'noshow', 'entered-in-error', 'checked-in', 'waitlist')),
  confirmed        boolean NOT NULL DEFAULT false,
  cancelled_by     text CHECK (cancelled_by IN ('patient', 'practice')),
  type_id          uuid,
  type_label       text CHECK (char_length(type_label) <= 80),
  schedule_id      uuid NOT NULL,
  practitioner_id  uuid NOT NULL,
  site_id          uuid NOT NULL,
  start_at         timestamptz,
  end_at           timestamptz,
  during           tstzrange GENERATED ALWAYS AS (tstzrange(start_at, end_at)) STORED,
  surname          text CHECK (char_length(surname) <= 100),
  first_name       text CHECK (char_length(first_name) <= 100),
  phone            text CHECK (char_length(phone) <= 16),
  email            text CHECK (char_length(email) <= 254),
  born_on          date,
  language         text CHECK (language IN ('fr', 'ar', 'en')),
  contact_name     text CHECK (char_length(contact_name) <= 100),
  contact_phone    text CHECK (char_length(contact_phone) <= 16),
  consent          boolean,
  visio            text CHECK (char_length(visio) <= 500),
  wish_from_on     date,
  wish_until_on    date,
  wish_weekdays    smallint CHECK (wish_weekdays BETWEEN 1 AND 127),
  wish_from_minute smallint CHECK (wish_from_minute BETWEEN 0 AND 1439),
  wish_to_minute   smallint CHECK (wish_to_minute BETWEEN 1 AND 1440),
  -- Who holds the time: 0 the practice, which may overbook its own; each booking of a patient has a number of its own until
  -- the practice has taken it over.
  party            bigint NOT NULL,
  account_id       uuid,
  -- The last change that the practice has to hear of; none where it came from there and nobody touched it since.
  feed             bigint,
  PRIMARY KEY (practice_id, appointment_id),
  FOREIGN KEY (practice_id, schedule_id) REFERENCES schedule,
  FOREIGN KEY (practice_id, account_id) REFERENCES account ON DELETE SET NULL (account_id),
  CHECK ((start_at IS NULL) = (end_at IS NULL)),
  CHECK (start_at IS NULL OR (end_at > start_at AND end_at <= start_at + interval '24 hours')),
  CHECK (start_at IS NOT NULL OR status IN ('proposed', 'cancelled', 'waitlist', 'entered-in-error')),
  CHECK ((surname IS NULL) = (first_name IS NULL) AND (surname IS NULL) = (language IS NULL)),
  CHECK ((type_id IS NULL) = (type_label IS NULL)),
  CHECK ((contact_name IS NULL) = (contact_phone IS NULL)),
  CHECK (num_nonnulls(wish_from_on, wish_until_on, wish_weekdays, wish_from_minute, wish_to_minute) IN (0, 5)),
  -- One slot, one booking. Two that overlap with the same practitioner are refused where they are of different parties: two
  -- patients', or a patient's and the practice's. What the practice puts over its own is its affair.
  CONSTRAINT one_slot_one_booking EXCLUDE USING gist (practice_id WITH =, practitioner_id WITH =, during WITH &&, party WITH <>)
    WHERE (status IN ('proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'checked-in') AND start_at IS NOT NULL)
);
CREATE SEQUENCE party_number START 1;
CREATE UNIQUE INDEX appointment_by_code ON appointment (practice_id, code) WHERE code IS NOT NULL;
CREATE INDEX appointment_by_feed ON appointment (practice_id, feed) WHERE feed IS NOT NULL;
CREATE INDEX appointment_by_account ON appointment (practice_id, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX appointment_by_phone ON appointment (practice_id, phone) WHERE phone IS NOT NULL;
-- Behind a wall only operators that cannot leak reach an index: those of instants do, `&&` of ranges does not. Nothing lasts longer
-- than a day, so what overlaps a stretch begins at most a day before it.
CREATE INDEX appointment_by_time ON appointment (practice_id, practitioner_id, start_at);
CREATE INDEX appointment_by_update ON appointment (practice_id, updated_at, appointment_id);

-- Names of what was erased, hashed: a copy that was delayed on its way does not bring it back.
CREATE TABLE erased (
  practice_id uuid NOT NULL REFERENCES practice,
  name_hash   bytea NOT NULL CHECK (octet_length(name_hash) = 32),
  erased_at   timestamptz NOT NULL,
  PRIMARY KEY (practice_id, name_hash)
);

-- A visitor's visit: the one cookie names it. It ends by itself.
CREATE TABLE visit (
  practice_id     uuid NOT NULL REFERENCES practice,
  visit_hash      bytea NOT NULL CHECK (octet_length(visit_hash) = 32),
  began_at        timestamptz NOT NULL,
  seen_at         timestamptz NOT NULL,
  contact         text CHECK (char_length(contact) <= 254),
  code_hash       bytea CHECK (octet_length(code_hash) = 32),
  code_expires_at timestamptz,
  code_tries      smallint NOT NULL DEFAULT 0,
  account_id      uuid,
  -- What was opened by its code and phone.
  appointment_id  uuid,
  PRIMARY KEY (practice_id, visit_hash),
  FOREIGN KEY (practice_id, account_id) REFERENCES account ON DELETE CASCADE
);

-- Messages that wait to be sent. What was sent keeps no recipient and no words.
CREATE TABLE message (
  practice_id    uuid NOT NULL REFERENCES practice,
  message_id     uuid NOT NULL,
  channel        text NOT NULL CHECK (channel IN ('email', 'sms')),
  template       text NOT NULL CHECK (template IN ('one_time_code', 'confirmation', 'request', 'change', 'cancellation',
                   'clash', 'reminder', 'waiting', 'rights')),
  language       text NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
  recipient      text CHECK (char_length(recipient) <= 254),
  parameters     jsonb,
  appointment_id uuid,
  account_id     uuid,
  due_at         timestamptz NOT NULL,
  state          text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
  attempts       smallint NOT NULL DEFAULT 0,
  settled_at     timestamptz,
  PRIMARY KEY (practice_id, message_id),
  FOREIGN KEY (practice_id, appointment_id) REFERENCES appointment ON DELETE CASCADE,
  FOREIGN KEY (practice_id, account_id) REFERENCES account ON DELETE CASCADE,
  CHECK ((state = 'waiting') = (recipient IS NOT NULL) AND (state = 'waiting') = (parameters IS NOT NULL))
);
CREATE INDEX message_due ON message (practice_id, due_at) WHERE state = 'waiting';

-- Requests about one's data, which go to the controller at once.
CREATE TABLE rights_request (
  practice_id uuid NOT NULL REFERENCES practice,
  request_id  uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('access', 'rectification', 'erasure', 'limitation', 'objection', 'portability')),
  contact     text NOT NULL CHECK (char_length(contact) <= 254),
  name        text NOT NULL CHECK (char_length(name) <= 100),
  language    text NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
  received_at timestamptz NOT NULL,
  answered_at timestamptz,
  outcome     text CHECK (outcome IN ('granted', 'refused')),
  feed        bigint NOT NULL,
  PRIMARY KEY (practice_id, request_id),
  CHECK ((answered_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX rights_by_feed ON rights_request (practice_id, feed);

-- What was confirmed under the portal's signature: numbers and dates, nothing of anybody.
CREATE TABLE receipt (
  practice_id uuid NOT NULL,
  request_id  uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('erasure', 'destruction')),
  statement   text NOT NULL,
  signature   text NOT NULL,
  made_at     timestamptz NOT NULL,
  PRIMARY KEY (practice_id, request_id)
);

-- Who connected, when, from where.
CREATE TABLE connection (
  practice_id uuid NOT NULL REFERENCES practice,
  connection  bigint GENERATED ALWAYS AS IDENTITY,
  at          timestamptz NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('token', 'token_refused', 'identified', 'code_refused', 'booked', 'cancelled',
                'moved', 'confirmed', 'looked_up', 'look_up_refused', 'rights')),
  account_id  uuid,
  address     inet,
  PRIMARY KEY (practice_id, connection)
);
CREATE INDEX connection_by_time ON connection (practice_id, at);

-- How often, for the invoice; never whose.
CREATE TABLE usage (
  practice_id uuid NOT NULL REFERENCES practice,
  month_on    date NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('booking', 'email', 'sms')),
  count       bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (practice_id, month_on, kind)
);

-- The walls.
DO $$
DECLARE
  walled text;
BEGIN
  FOREACH walled IN ARRAY ARRAY['practice', 'credential', 'token', 'instruction', 'schedule', 'offered_type', 'slot', 'account',
    'appointment', 'erased', 'visit', 'message', 'rights_request', 'receipt', 'connection', 'usage', 'directory', 'tenant']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', walled);
    EXECUTE format('CREATE POLICY own ON %I USING (practice_id = app_practice()) WITH CHECK (practice_id = app_practice())', walled);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO semainier_portal', walled);
  END LOOP;
END $$;

CREATE POLICY everybody ON directory FOR SELECT USING (true);
CREATE POLICY everybody ON tenant FOR SELECT USING (true);

-- The portal's role takes practices in and out of service, and makes none; what was instructed or confirmed it never changes.
REVOKE INSERT, DELETE ON tenant, practice FROM semainier_portal;
REVOKE INSERT ON credential FROM semainier_portal;
REVOKE UPDATE ON instruction, receipt, erased FROM semainier_portal;
REVOKE DELETE ON receipt, erased FROM semainier_portal;
GRANT USAGE ON SEQUENCE party_number TO semainier_portal;
