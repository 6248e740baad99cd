// Since which batch a seller's accounts are known, so that a correction is not judged by what came in with it. Never edited once released.

/** SQL of the step. */
export const accountsSince = `
-- The first batch that had them; 0: from before this was noted, and known to every batch.
ALTER TABLE seller_accounts ADD COLUMN first_batch_no INTEGER NOT NULL DEFAULT 0;
`;
