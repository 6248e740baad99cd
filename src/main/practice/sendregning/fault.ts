// The service's no: an HTTP status with words for a person. There are no codes.

import { htmlPage } from '../http-provider.ts';
import type { PracticeReply } from '../http-provider.ts';
import { escapeXml } from '../xml-tree.ts';

/** Carried out of the reading of a request; nothing was done. */
export class SwsFault extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What is syntactically wrong, in the form of the one error text that is public. */
export function incorrect(why: string): SwsFault {
  return new SwsFault(400, `The request sent by the client was syntactically incorrect (${why}).`);
}

/** The page that a servlet container makes of it. */
export function faultPage(fault: SwsFault): PracticeReply {
  return htmlPage(fault.status, escapeXml(fault.message));
}
