-- What a text message could not carry goes by e-mail: one other message at most for each.

ALTER TABLE message ADD COLUMN instead_of uuid;
CREATE UNIQUE INDEX message_instead_of ON message (practice_id, instead_of) WHERE instead_of IS NOT NULL;
