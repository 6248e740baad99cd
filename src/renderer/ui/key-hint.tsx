// Shows a key combination the way the machine writes it: Ctrl+K, or ⌘K on a Mac.

import type { ReactNode } from 'react';
import './key-hint.css';

const macNames: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↩' };
const otherNames: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', enter: 'Enter' };

/** True on a Mac, where `mod` is Cmd. */
export function isMac(): boolean {
  return navigator.userAgent.includes('Mac OS X');
}

/** Key combination as text. */
export function keyText(keys: string): string {
  const names = isMac() ? macNames : otherNames;
  return keys
    .split('+')
    .map((key) => names[key] ?? key.toUpperCase())
    .join(isMac() ? '' : '+');
}

/** A key combination beside what it does. */
export function KeyHint({ keys }: { readonly keys: string }): ReactNode {
  return <kbd className="key-hint">{keyText(keys)}</kbd>;
}
