// Who does something in the store, and when. Nothing else.

/** Who does it and when; goes to the audit log. */
export interface Act {
  readonly actor: string;
  readonly nowMs: number;
}
