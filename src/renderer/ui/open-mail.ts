// Hands a written draft to the operator's mail program. The address is the engine's: recipient, subject and text, nothing else.

/** Opens a `mailto:` address. The host lets only such drafts out (hosts/electron/external-links.ts). */
export function openMail(mailto: string): void {
  const link = document.createElement('a');
  link.href = mailto;
  link.target = '_blank';
  link.rel = 'noopener';
  link.click();
}
