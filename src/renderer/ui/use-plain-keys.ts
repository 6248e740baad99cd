// Keys without Ctrl or Cmd that a screen listens to wherever the focus is, as long as nobody is typing or choosing.

import { useEffect } from 'react';

/** Letters as `n`, others by name: `f8`, `shift+f8`, `arrowright`. Pass a memoised table. */
export type PlainKeys = Readonly<Record<string, () => void>>;

/** Runs the action of a pressed key while the component is there. */
export function usePlainKeys(keys: PlainKeys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('.dialog-shade') !== null) return;
      const name = event.key.toLowerCase();
      const action = keys[event.shiftKey ? `shift+${name}` : name];
      if (action === undefined || (!/^f\d+$/u.test(name) && belongsToElement(event, name))) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keys]);
}

/** Typing, choosing from a list and moving in a text are the focused element's own; the path sees into shadow roots. */
function belongsToElement(event: KeyboardEvent, name: string): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof Element)) return false;
  const isMove = name.startsWith('arrow');
  if (target.closest('input, textarea, select, [role="listbox"], [role="combobox"], [role="menu"]') !== null)
    return true;
  if (target.closest('[contenteditable="true"]') !== null)
    return isMove || target.closest('[aria-readonly="true"]') === null;
  return (
    isMove &&
    target.closest(
      '[role="tablist"], [role="tree"], [role="grid"], [role="separator"], [role="radiogroup"], [role="region"]',
    ) !== null
  );
}
