// What is remembered of each customer's invoices, so that the next one can be held against them. Never edited once released.

/** SQL of the step. Invoices that are there already keep the defaults: they are not remembered. */
export const customerHistory = `
-- What is compared, as the import read it (domain/rules/history/invoice-terms).
ALTER TABLE invoices ADD COLUMN customer_ref TEXT NOT NULL DEFAULT '';
ALTER TABLE invoices ADD COLUMN vat_rate TEXT;
ALTER TABLE invoices ADD COLUMN payee_accounts TEXT NOT NULL DEFAULT '';

-- Of a batch's invoices those with lower ordinals are remembered: it is done in pieces, and goes on where it was.
ALTER TABLE batches ADD COLUMN remembered_to INTEGER NOT NULL DEFAULT 0;

-- One row for each customer of each seller; amounts newest first. Its size follows the customers, not the invoices.
CREATE TABLE customer_history (
  seller_key TEXT NOT NULL,
  customer_ref TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_1 INTEGER,
  amount_2 INTEGER,
  amount_3 INTEGER,
  amount_4 INTEGER,
  amount_5 INTEGER,
  amount_6 INTEGER,
  vat_rate TEXT,
  payee_accounts TEXT NOT NULL,
  -- Ids rise with the imports: an invoice that is let in late does not stand as the newest.
  newest_invoice_id INTEGER NOT NULL,
  PRIMARY KEY (seller_key, customer_ref, currency)
) STRICT, WITHOUT ROWID;

-- Every set of accounts a seller has asked to be paid to. For customers without a history.
CREATE TABLE seller_accounts (
  seller_key TEXT NOT NULL,
  payee_accounts TEXT NOT NULL,
  PRIMARY KEY (seller_key, payee_accounts)
) STRICT, WITHOUT ROWID;
`;
