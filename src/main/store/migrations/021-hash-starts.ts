// A smaller index for "was this file imported before?", by how its hash begins. Never edited once released.

/** SQL of the step. */
export const hashStarts = `
DROP INDEX batch_files_by_sha256;
-- Serves: "was this file imported before?". Hashes come in no order: each of them lands on another page, and thousands of files write most of the index anew with every lot.
CREATE INDEX batch_files_by_sha256 ON batch_files (substr(sha256, 1, 8));
`;
