// The native menu. Items of our own become menu commands for the page; the others are the system's roles.

import { Menu, shell } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../../shared/contract/bridge.ts';
import type { DesktopWords } from './desktop-words.ts';
import { peppolRules } from './external-links.ts';

/** What the menu needs. */
export interface MenuOptions {
  readonly words: DesktopWords;
  readonly isMac: boolean;
  /** Adds the developer's items. */
  readonly isDevelopment: boolean;
  readonly onCommand: (command: MenuCommand) => void;
}

/** Sets the menu for one language; again when the language changes. */
export function setMenu(options: MenuOptions): void {
  const template = [
    ...(options.isMac ? [appMenu(options)] : []),
    fileMenu(options),
    editMenu(options),
    viewMenu(options),
    ...(options.isMac ? [windowMenu(options)] : []),
    helpMenu(options),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function command(
  { onCommand }: MenuOptions,
  item: { readonly label: string; readonly command: MenuCommand; readonly accelerator?: string },
): MenuItemConstructorOptions {
  return {
    label: item.label,
    ...(item.accelerator === undefined ? {} : { accelerator: item.accelerator }),
    click: () => {
      onCommand(item.command);
    },
  };
}

function settingsItem(options: MenuOptions): MenuItemConstructorOptions {
  return command(options, { label: options.words.settings, command: 'settings', accelerator: 'CmdOrCtrl+,' });
}

function aboutItem(options: MenuOptions): MenuItemConstructorOptions {
  return command(options, { label: options.words.about, command: 'about' });
}

function appMenu(options: MenuOptions): MenuItemConstructorOptions {
  const { words } = options;
  return {
    label: 'Utskick',
    submenu: [
      aboutItem(options),
      { type: 'separator' },
      settingsItem(options),
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit', label: words.quit },
    ],
  };
}

function fileMenu(options: MenuOptions): MenuItemConstructorOptions {
  const { words } = options;
  const ending: MenuItemConstructorOptions[] = options.isMac
    ? [{ role: 'close', label: words.close }]
    : [settingsItem(options), { type: 'separator' }, { role: 'quit', label: words.quit }];
  return {
    label: words.file,
    submenu: [
      command(options, { label: words.importFiles, command: 'import', accelerator: 'CmdOrCtrl+O' }),
      { type: 'separator' },
      ...ending,
    ],
  };
}

function editMenu(options: MenuOptions): MenuItemConstructorOptions {
  const { words } = options;
  return {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      { type: 'separator' },
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
      { type: 'separator' },
      command(options, { label: words.search, command: 'search', accelerator: 'CmdOrCtrl+K' }),
    ],
  };
}

function viewMenu(options: MenuOptions): MenuItemConstructorOptions {
  const { words } = options;
  const developer: MenuItemConstructorOptions[] = options.isDevelopment
    ? [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
    : [];
  return {
    label: words.view,
    submenu: [
      command(options, { label: words.batches, command: 'batches', accelerator: 'CmdOrCtrl+1' }),
      command(options, { label: words.deliveries, command: 'deliveries', accelerator: 'CmdOrCtrl+2' }),
      { type: 'separator' },
      { role: 'resetZoom', label: words.zoomReset },
      { role: 'zoomIn', label: words.zoomIn },
      { role: 'zoomOut', label: words.zoomOut },
      { type: 'separator' },
      { role: 'togglefullscreen', label: words.fullScreen },
      ...developer,
    ],
  };
}

function windowMenu({ words }: MenuOptions): MenuItemConstructorOptions {
  return {
    label: words.window,
    role: 'windowMenu',
    submenu: [{ role: 'minimize', label: words.minimise }, { role: 'zoom' }, { type: 'separator' }, { role: 'front' }],
  };
}

function helpMenu(options: MenuOptions): MenuItemConstructorOptions {
  const rules: MenuItemConstructorOptions = {
    label: 'Peppol BIS Billing 3.0',
    click: () => void shell.openExternal(peppolRules),
  };
  return {
    label: options.words.help,
    role: 'help',
    submenu: options.isMac ? [rules] : [rules, { type: 'separator' }, aboutItem(options)],
  };
}
