// Which field a problem is about, out of its element path. Text in, text out.

/**
 * The path without row numbers and without the invoice element it begins with: `Invoice[12]/Contact[0]/Mail` → `Contact/Mail`.
 * Null for a problem without a path, and for one about the invoice element itself.
 */
export function fieldOfPath(path: string | null): string | null {
  if (path === null) return null;
  const [, ...parts] = path.replace(/\[\d+\]/gu, '').split('/');
  return parts.length === 0 ? null : parts.join('/');
}
