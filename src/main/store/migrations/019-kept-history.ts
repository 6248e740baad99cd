// What was known of a customer when an invoice was first corrected, so that undoing is judged as the import was. Never edited once released.

/** SQL of the step. */
export const keptHistory = `
-- One row for each customer a corrected invoice was, or became, one of. Nothing is kept where a later invoice had been remembered by then.
CREATE TABLE kept_history (
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  seller_key TEXT NOT NULL,
  customer_ref TEXT NOT NULL,
  currency TEXT NOT NULL,
  -- As in customer_history. NULL: the customer was new, and payee_accounts are all that the seller had used in batches before the invoice's.
  newest_invoice_id INTEGER,
  amount_1 INTEGER,
  amount_2 INTEGER,
  amount_3 INTEGER,
  amount_4 INTEGER,
  amount_5 INTEGER,
  amount_6 INTEGER,
  vat_rate TEXT,
  payee_accounts TEXT NOT NULL,
  PRIMARY KEY (invoice_id, seller_key, customer_ref, currency)
) STRICT, WITHOUT ROWID;
`;
