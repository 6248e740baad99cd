// What counts as one e-mail address where a person's own mail program is to send. Pure.

/** True for exactly one mailbox without name or list, and with nothing that could end a header or an address line. */
export function isMailbox(address: string): boolean {
  return address.length <= 254 && /^[^\s@<>()[\],;:"\\?&%]+@[^\s@<>()[\],;:"\\?&%]+$/u.test(address);
}
