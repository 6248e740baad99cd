// The commands that are always there: places, import, look, practice, outbox. Screens add their own.

import { useEffect, useMemo } from 'react';
import type { MenuCommand } from '../../shared/contract/bridge.ts';
import type { AppState, Settings } from '../../shared/schema/settings.ts';
import { go } from '../state/route.ts';
import { useEngine } from '../state/client-context.tsx';
import { useActions, useUi } from '../state/ui-context.tsx';
import type { Action } from '../state/ui-store.ts';
import { useCommand } from '../state/use-command.ts';
import { useChooseAndImport, useImportSample } from '../state/use-import.ts';
import { useWords } from '../words/use-words.ts';

/** Offers the program's own commands. */
export function useAppActions(app: AppState | null): void {
  const t = useWords('frame');
  const choose = useChooseAndImport(app?.settings.importMode ?? 'lenient');
  const importSample = useImportSample();
  const { run: save } = useCommand('app.saveSettings');
  const { run: setPractice } = useCommand('app.setPractice');
  const { run: pauseOutbox } = useCommand('app.pauseOutbox');
  useMenu(choose);
  const isPractice = app?.isPractice ?? false;
  const isPaused = app?.isOutboxPaused ?? false;
  useActions(
    useMemo((): readonly Action[] => {
      const theme = (value: Settings['theme'], label: string): Action => ({
        id: `theme.${value}`,
        group: t('groupLook'),
        label,
        run: () => void save({ theme: value }),
      });
      return [
        {
          id: 'go.batches',
          group: t('groupGo'),
          label: t('batches'),
          keys: 'mod+1',
          run: () => go({ screen: 'batches' }),
        },
        {
          id: 'go.attention',
          group: t('groupGo'),
          label: t('attention'),
          keys: 'mod+2',
          run: () => go({ screen: 'attention' }),
        },
        {
          id: 'go.deliveries',
          group: t('groupGo'),
          label: t('deliveries'),
          keys: 'mod+3',
          run: () => go({ screen: 'deliveries' }),
        },
        {
          id: 'go.settings',
          group: t('groupGo'),
          label: t('settings'),
          keys: 'mod+,',
          run: () => go({ screen: 'settings', section: 'connections' }),
        },
        { id: 'file.import', group: t('groupFile'), label: t('chooseFiles'), keys: 'mod+o', run: choose },
        { id: 'file.sample', group: t('groupFile'), label: t('importSample'), run: importSample },
        {
          id: 'outbox.pause',
          group: t('groupOutbox'),
          label: isPaused ? t('resumeOutbox') : t('pauseOutbox'),
          run: () => void pauseOutbox({ isPaused: !isPaused }),
        },
        {
          id: 'practice.switch',
          group: t('groupPractice'),
          label: isPractice ? t('leavePractice') : t('enterPractice'),
          run: () => void setPractice({ isPractice: !isPractice }),
        },
        theme('light', t('themeLight')),
        theme('dark', t('themeDark')),
        theme('system', t('themeSystem')),
      ];
    }, [t, choose, importSample, save, setPractice, pauseOutbox, isPractice, isPaused]),
  );
}

/** The desktop window's native menu asks for the same things. */
function useMenu(choose: () => void): void {
  const { client } = useEngine();
  const setPaletteOpen = useUi((state) => state.setPaletteOpen);
  useEffect(() => {
    const act = (command: MenuCommand): void => {
      switch (command) {
        case 'import':
          choose();
          return;
        case 'search':
          setPaletteOpen(true);
          return;
        case 'settings':
          go({ screen: 'settings', section: 'connections' });
          return;
        case 'about':
          go({ screen: 'settings', section: 'about' });
          return;
        case 'batches':
        case 'deliveries':
          go({ screen: command });
          return;
      }
    };
    return client.onMenuCommand(act);
  }, [client, choose, setPaletteOpen]);
}
