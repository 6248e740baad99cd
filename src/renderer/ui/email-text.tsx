// An address that may be broken over lines without breaking a word. Knows nothing of what the address is for.

import type { ReactNode } from 'react';

/** Breaks after the "@" where it is too long; a text without one is shown as it is. */
export function EmailText({ text }: { readonly text: string }): ReactNode {
  const at = text.indexOf('@') + 1;
  return (
    <>
      {text.slice(0, at)}
      <wbr />
      {text.slice(at)}
    </>
  );
}
