// Where a file's own batch id stands, so that a finding about it has a line. Never edited once released.

/** SQL of the step. */
export const batchIdPlace = `
ALTER TABLE batch_files ADD COLUMN source_batch_id_line INTEGER;
ALTER TABLE batch_files ADD COLUMN source_batch_id_column INTEGER;
`;
