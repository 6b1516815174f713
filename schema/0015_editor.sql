-- The message that an outgoing one hands on to somebody else; 0: it is an answer.
ALTER TABLE message ADD COLUMN forward_of_id BIGINT NOT NULL DEFAULT 0;

-- What stands below the mails of an account, as HTML; and whose: TEAM (this one), USER (the writer's own), NONE.
ALTER TABLE channel_account ADD COLUMN signature TEXT NOT NULL DEFAULT '';
ALTER TABLE channel_account ADD COLUMN signature_of TEXT NOT NULL DEFAULT 'TEAM';
