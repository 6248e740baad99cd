// Reads and keeps the workspace's settings; what was never set has a default.

import { settingsSchema } from '../../shared/schema/settings.ts';
import type { Settings } from '../../shared/schema/settings.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';

const settingsKey = 'settings';

/** The settings of a new workspace. */
export const defaultSettings: Settings = {
  language: 'sv',
  theme: 'system',
  organisation: {
    name: '',
    registrationNumber: '',
    vatNumber: '',
    address: { street: null, street2: null, postalCode: null, city: null, country: null },
    email: '',
    phone: '',
    website: '',
  },
  importMode: 'lenient',
  watchedFolder: { isOn: false, folder: '', mode: 'lenient', settleSeconds: 5 },
};

/** The settings as they stand; a stored value that no longer fits its schema counts as not set, and is logged. */
export function readSettings(context: Pick<AppContext, 'store' | 'log'>): Settings {
  const stored = context.store.config.setting(settingsKey);
  if (stored === null || stored === undefined) return defaultSettings;
  const parsed = settingsSchema.partial().safeParse(stored);
  if (!parsed.success) {
    context.log.warn('stored settings do not fit, defaults are used', { issues: parsed.error.issues.length });
    return defaultSettings;
  }
  return settingsSchema.parse({ ...defaultSettings, ...parsed.data });
}

/** Changes the given settings and leaves the others. */
export function saveSettings(context: AppContext, change: Partial<Settings>): Settings {
  const settings = settingsSchema.parse({ ...readSettings(context), ...change });
  context.store.config.saveSetting(settingsKey, settings, actNow(context));
  context.publish({ topic: 'app' });
  return settings;
}
