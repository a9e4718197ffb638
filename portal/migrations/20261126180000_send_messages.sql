-- Messages that really go: what became of them at the gateway, until when they are worth saying, and what people answer.

ALTER TABLE message
  DROP CONSTRAINT message_template_check,
  DROP CONSTRAINT message_state_check,
  ADD CONSTRAINT message_template_check CHECK (template IN ('one_time_code', 'confirmation', 'request', 'change', 'cancellation',
    'clash', 'reminder', 'waiting', 'rights', 'survey')),
  ADD CONSTRAINT message_state_check CHECK (state IN ('waiting', 'sent', 'delivered', 'failed', 'dropped')),
  -- After that it is no more worth saying: a code is past, an appointment has begun.
  ADD COLUMN expires_at timestamptz,
  -- The time that it tells of, kept after it went: an answer is to that time and no other.
  ADD COLUMN about_at timestamptz,
  -- Of a survey: whether it was answered. Not what.
  ADD COLUMN answered boolean NOT NULL DEFAULT false;

-- What was answered, as counts: nobody's answer stands here.
CREATE TABLE survey_count (
  practice_id uuid NOT NULL REFERENCES practice,
  month_on    date NOT NULL,
  question    text NOT NULL CHECK (question IN ('finding', 'booking', 'messages')),
  score       smallint NOT NULL CHECK (score BETWEEN 1 AND 5),
  count       bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (practice_id, month_on, question, score)
);
ALTER TABLE survey_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE survey_count FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON survey_count USING (practice_id = app_practice()) WITH CHECK (practice_id = app_practice());
GRANT SELECT, INSERT, UPDATE, DELETE ON survey_count TO semainier_portal;
