// Small source files of one batch lie together in one pack. Never edited once released.

/** SQL of the step. */
export const sourcePacks = `
-- Offset of the file's first byte in the pack of its batch; null for a file of its own.
ALTER TABLE batch_files ADD COLUMN pack_offset INTEGER CHECK (pack_offset >= 0);
`;
