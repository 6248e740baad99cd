// Hands a written draft to the operator's mail program. The address is the engine's: recipient, subject and text, nothing else.

/** Opens a `mailto:` address that has no recipient yet, with one where it is known. The host lets only such drafts out (hosts/electron/external-links.ts). */
export function openMail(mailto: string, to: string | null): void {
  const link = document.createElement('a');
  const recipient = encodeURIComponent(to ?? '').replaceAll('%40', '@');
  link.href = mailto.replace('mailto:?', () => `mailto:${recipient}?`);
  link.target = '_blank';
  link.rel = 'noopener';
  link.click();
}
