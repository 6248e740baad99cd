// Runs an action when its keys are pressed anywhere in the window.

import { useEffect } from 'react';
import { useUi } from '../state/ui-context.tsx';
import { isMac } from '../ui/key-hint.tsx';

/** Listens for Ctrl/Cmd K and for the keys of all actions at hand. A component of its own, so that the frame is not drawn again with every new action. */
export function ActionKeys(): null {
  const actions = useUi((state) => state.actions);
  const setPaletteOpen = useUi((state) => state.setPaletteOpen);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const pressed = keysOf(event);
      if (pressed === null || event.defaultPrevented) return;
      if (pressed === 'mod+k') {
        event.preventDefault();
        setPaletteOpen(true);
        return;
      }
      // A dialog asks its own question: keys of what lies under it do nothing.
      if (document.querySelector('.dialog-shade') !== null) return;
      const action = actions.find(({ keys }) => keys === pressed);
      if (action === undefined) return;
      event.preventDefault();
      action.run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [actions, setPaletteOpen]);
  return null;
}

/** `mod+shift+x` for a combination with Ctrl or Cmd; null for anything else, which belongs to the focused element. */
function keysOf(event: KeyboardEvent): string | null {
  const hasMod = isMac() ? event.metaKey : event.ctrlKey;
  if (!hasMod || event.altKey) return null;
  return ['mod', ...(event.shiftKey ? ['shift'] : []), event.key.toLowerCase()].join('+');
}
