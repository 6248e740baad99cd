// Lets the operator save a text or a document: the browser's or Electron's own save dialog takes over. No paths here.

/** Offers bytes or text as a file. */
export function saveFile(fileName: string, content: string | Uint8Array<ArrayBuffer>, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has its own copy once it began; a minute is ample on any machine.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Bytes of a base64 text, as `invoice.document` gives them. */
export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}
