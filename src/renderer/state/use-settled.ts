// A value that is being typed, once it has stood still for a moment. Nothing else.

import { useEffect, useState } from 'react';

/** About the pause between two words. */
const settleMs = 300;

/** A value once it has not changed for a moment: a preview for every letter would only flicker. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
