// Sets the theme on the document: the chosen one, or the computer's and its changes.

import { useEffect } from 'react';
import type { Settings } from '../../shared/schema/settings.ts';

/** Applies a theme to the whole window. */
export function useTheme(theme: Settings['theme']): void {
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [theme]);
}
