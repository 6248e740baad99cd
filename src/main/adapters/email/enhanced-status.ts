// Enhanced mail system status codes (RFC 2034, RFC 3463) and what they mean for an invoice. A table; outcomes are made in classify.ts.

/** What a status code tells beyond its reply code. */
export type StatusMeaning = 'recipient' | 'sender' | 'mailboxFull' | 'tooLarge' | 'busy' | 'policy' | 'login';

/** The enhanced status code of a reply; undefined where there is none, or one of another class than the reply's own. */
export function enhancedStatus(reply: string | undefined): string | undefined {
  const match = /^([245])\d\d[ -]([245])\.(\d{1,3})\.(\d{1,3})(?=\s|$)/u.exec(reply ?? '');
  return match === null || match[1] !== match[2] ? undefined : `${match[2]}.${match[3]}.${match[4]}`;
}

/** Only what changes what a person or the queue should do is here; all else follows the reply code. */
const statusMeanings: Readonly<Record<string, StatusMeaning>> = {
  // RFC 3463 3.2: the address
  '5.1.1': 'recipient',
  '5.1.2': 'recipient',
  '5.1.3': 'recipient',
  '5.1.6': 'recipient',
  '5.1.10': 'recipient',
  '5.1.7': 'sender',
  '5.1.8': 'sender',
  // RFC 3463 3.3: the mailbox
  '5.2.1': 'recipient',
  '4.2.2': 'mailboxFull',
  '5.2.2': 'mailboxFull',
  '5.2.3': 'tooLarge',
  // RFC 3463 3.4: the mail system
  '4.3.1': 'busy',
  '4.3.2': 'busy',
  '5.3.4': 'tooLarge',
  // RFC 3463 3.6: the protocol
  '4.5.3': 'busy',
  // RFC 3463 3.8, RFC 4954 6, RFC 7372: security and policy
  '4.7.28': 'busy',
  '5.7.0': 'policy',
  '5.7.1': 'policy',
  '5.7.8': 'login',
  '5.7.9': 'login',
  '5.7.20': 'policy',
  '5.7.23': 'policy',
  '5.7.25': 'policy',
  '5.7.26': 'policy',
  '5.7.27': 'policy',
};

/** What a status code means; null: the reply code decides. */
export function meaningOf(status: string | undefined): StatusMeaning | null {
  return status === undefined ? null : (statusMeanings[status] ?? null);
}
