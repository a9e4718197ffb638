-- Every kind of request that the practice's own register knows: a consent taken back, and directives after death too.

ALTER TABLE rights_request
  DROP CONSTRAINT rights_request_kind_check,
  ADD CONSTRAINT rights_request_kind_check CHECK (kind IN ('access', 'rectification', 'erasure', 'limitation', 'objection',
    'portability', 'withdrawal', 'post_mortem'));
