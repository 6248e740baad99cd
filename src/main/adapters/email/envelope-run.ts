// The envelope of one message as the library fills it in, and what ends the message before its data. No socket here.

import { isDefiniteNo, readFault } from './classify.ts';
import type { EncodedMail } from './wire.ts';

/** A recipient's no as the library keeps it. */
type RecipientError = Error & { readonly recipient?: string; readonly response?: string };

/**
 * The library keeps who was accepted and who was not in the very envelope it is given, and looks at `mailError` before it goes on. With
 * PIPELINING it answers a server that took nobody but wants the data (354) with a dot, which is an empty message to whomever the server
 * did take behind a reply that could not be read. Told of an error with the sender it ends the connection instead.
 */
export class EnvelopeRun {
  readonly from: string;
  readonly to: string[];
  readonly size: number;
  readonly accepted?: readonly string[];
  readonly rejectedErrors?: readonly RecipientError[];
  #senderError: Error | undefined;

  constructor(mail: EncodedMail) {
    this.from = mail.envelope.from;
    this.to = [...mail.envelope.to];
    this.size = mail.bytes.length;
  }

  /** Why no data may follow; undefined while some may. */
  get mailError(): Error | undefined {
    return this.#senderError ?? this.#unreadable() ?? this.#nobody();
  }

  set mailError(error: Error | undefined) {
    this.#senderError = error;
  }

  /** A reply that is neither yes nor no: from here on replies may belong to other commands. */
  #unreadable(): Error | undefined {
    return this.rejectedErrors?.find((error) => !isDefiniteNo(readFault(error)));
  }

  /** All were refused; one that was only put off counts more, since it may be tried again. */
  #nobody(): Error | undefined {
    const { accepted = [], rejectedErrors = [] } = this;
    if (accepted.length > 0 || rejectedErrors.length < this.to.length) return undefined;
    return rejectedErrors.find((error) => (readFault(error).replyCode ?? 0) < 500) ?? rejectedErrors.at(-1);
  }
}
