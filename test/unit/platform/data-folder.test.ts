// Which folders are fit for a database.

import { describe, expect, it } from 'vitest';
import { defaultDataFolder, isNetworkPath, syncServiceOf } from '../../../src/main/platform/data-folder.ts';

describe('the default data folder', () => {
  it('is local to the computer on Windows, never the roaming profile', () => {
    const env = { APPDATA: 'C:\\Users\\Anna\\AppData\\Roaming', LOCALAPPDATA: 'C:\\Users\\Anna\\AppData\\Local' };
    expect(defaultDataFolder(env, 'win32', 'C:\\Users\\Anna')).toBe('C:\\Users\\Anna\\AppData\\Local\\Utskick');
    expect(defaultDataFolder({}, 'win32', 'C:\\Users\\Anna')).toBe('C:\\Users\\Anna\\AppData\\Local\\Utskick');
  });

  it('is where programs keep data on a Mac', () => {
    expect(defaultDataFolder({}, 'darwin', '/Users/anna')).toBe('/Users/anna/Library/Application Support/Utskick');
  });

  it('follows XDG_DATA_HOME on Linux, unless that is relative', () => {
    expect(defaultDataFolder({}, 'linux', '/home/anna')).toBe('/home/anna/.local/share/utskick');
    expect(defaultDataFolder({ XDG_DATA_HOME: '/data' }, 'linux', '/home/anna')).toBe('/data/utskick');
    expect(defaultDataFolder({ XDG_DATA_HOME: 'data' }, 'linux', '/home/anna')).toBe('/home/anna/.local/share/utskick');
  });
});

describe('a synced folder', () => {
  it.each([
    ['C:\\Users\\Anna\\OneDrive\\Utskick', 'OneDrive'],
    ['C:\\Users\\Anna\\OneDrive - Exempelenergi AB\\Fakturor', 'OneDrive'],
    ['/Users/anna/Library/CloudStorage/OneDrive-Exempelenergi/Utskick', 'OneDrive'],
    ['/Users/anna/Dropbox/Utskick', 'Dropbox'],
    ['C:\\Users\\Anna\\Dropbox (Exempelenergi)\\Utskick', 'Dropbox'],
    ['G:\\My Drive\\Utskick', 'Google Drive'],
    ['/Users/anna/Library/CloudStorage/GoogleDrive-anna@example.com/Utskick', 'Google Drive'],
    ['/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/Utskick', 'iCloud Drive'],
    ['/Users/anna/Library/CloudStorage/Box-Box/Utskick', 'a cloud service'],
    ['/home/ola/Nextcloud/Utskick', 'Nextcloud'],
  ])('is recognised: %s', (path, service) => {
    expect(syncServiceOf(path, {})).toBe(service);
  });

  it('is recognised by the service’s own variable, whatever its name', () => {
    expect(syncServiceOf('D:\\Moln\\Utskick', { OneDriveCommercial: 'd:\\moln' })).toBe('OneDrive');
    expect(syncServiceOf('D:\\Molnet\\Utskick', { OneDriveCommercial: 'd:\\moln' })).toBeNull();
  });

  it.each([
    'C:\\Users\\Anna\\AppData\\Local\\Utskick',
    '/home/ola/dropbox-notes.d/../x',
    '/srv/onedriveless/x',
    '/data/my drives/x',
  ])('is not seen where there is none: %s', (path) => {
    expect(syncServiceOf(path, { OneDrive: '' })).toBeNull();
  });
});

describe('a network path', () => {
  it.each(['\\\\server\\share\\Utskick', '//server/share/Utskick', '\\\\?\\UNC\\server\\share\\x'])(
    'is recognised: %s',
    (path) => {
      expect(isNetworkPath(path)).toBe(true);
    },
  );

  it.each(['C:\\Utskick', '\\\\?\\C:\\Utskick', '\\\\.\\C:\\Utskick', '/srv/utskick'])('is not: %s', (path) => {
    expect(isNetworkPath(path)).toBe(false);
  });
});
