// E-mails are frozen at the release like documents: kept once under their SHA-256, named by the delivery, never changed.

/** SQL of the step. */
export const messages = `
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  -- Subject and bodies as JSON, deflated (RFC 1951).
  body BLOB NOT NULL
) STRICT;
CREATE TRIGGER messages_are_not_changed BEFORE UPDATE ON messages
BEGIN SELECT raise(ABORT, 'a kept message is never changed'); END;

-- NULL: released before messages were frozen, or no e-mail.
ALTER TABLE deliveries ADD COLUMN message_sha256 TEXT CHECK (message_sha256 IS NULL OR length(message_sha256) = 64);
CREATE TRIGGER delivery_message_is_frozen BEFORE UPDATE OF message_sha256 ON deliveries
BEGIN SELECT raise(ABORT, 'what a release froze is never changed'); END;
`;
