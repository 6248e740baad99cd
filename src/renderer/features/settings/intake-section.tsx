// The watched folder: on or off, where, how strict, how long a file must be still.

import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { errorCodes } from '../../../shared/error-codes.ts';
import type { AppState, WatchedFolderSettings } from '../../../shared/schema/settings.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Checkbox, Select, TextField } from '../../ui/fields.tsx';
import { Failure, Note } from '../../ui/views.tsx';
import { useErrorWords } from '../../words/use-error-words.ts';
import { useWords } from '../../words/use-words.ts';

/** A form that is saved as a whole; the folder is checked when it is switched on. */
export function IntakeSection({ app }: { readonly app: AppState }): ReactNode {
  const t = useWords('settings');
  const common = useWords('common');
  const say = useSay();
  const save = useCommand('app.saveSettings');
  const saved = app.settings.watchedFolder;
  const [draft, setDraft] = useState(saved);
  const [seconds, setSeconds] = useState(String(saved.settleSeconds));
  const change = (part: Partial<WatchedFolderSettings>): void => setDraft((now) => ({ ...now, ...part }));
  const settleSeconds = /^\d{1,4}$/u.test(seconds) ? Number(seconds) : 0;
  const isTimeRight = settleSeconds >= 1 && settleSeconds <= 3_600;
  const isFolderMissing = draft.isOn && draft.folder.trim() === '';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isTimeRight || isFolderMissing) return;
    void save.run({ watchedFolder: { ...draft, folder: draft.folder.trim(), settleSeconds } }).then((result) => {
      if (result?.ok === true) say({ tone: 'good', text: t('saved') });
    });
  };
  return (
    <form className="settings-section" onSubmit={submit} aria-labelledby="settings-heading">
      <h2 id="settings-heading">{t('section.intake')}</h2>
      <p className="soft">{t('watchHelp')}</p>
      <WatchNote app={app} />
      <Checkbox label={t('watchOn')} isChecked={draft.isOn} onChange={(isOn) => change({ isOn })} />
      <div className="form-grid">
        <TextField
          label={t('watchFolder')}
          value={draft.folder}
          onChange={(folder) => change({ folder })}
          help={t('watchFolderHelp')}
          error={isFolderMissing ? t('watchFolderMissing') : null}
          isWide
        />
        <Select
          label={t('importMode')}
          value={draft.mode}
          options={[
            { id: 'lenient', label: t('importMode.lenient'), detail: t('importMode.lenientDetail') },
            { id: 'strict', label: t('importMode.strict'), detail: t('importMode.strictDetail') },
          ]}
          onChange={(mode) => change({ mode })}
        />
        <TextField
          label={t('watchSettle')}
          value={seconds}
          onChange={setSeconds}
          help={t('watchSettleHelp')}
          error={isTimeRight ? null : t('watchSettleWrong')}
          isNumber
        />
      </div>
      {save.error !== null && <Failure error={save.error} />}
      <div>
        <SubmitButton isPending={save.isRunning}>{common('save')}</SubmitButton>
      </div>
    </form>
  );
}

function WatchNote({ app }: { readonly app: AppState }): ReactNode {
  const t = useWords('settings');
  const { state, code } = app.watch;
  const { folder } = app.settings.watchedFolder;
  const known = errorCodes.find((each) => each === code) ?? 'UNREADABLE';
  const words = useErrorWords({ code: known, details: { path: folder } });
  switch (state) {
    case 'off':
      return null;
    case 'watching':
      return (
        <Note tone="good" icon="check" title={t('watching')}>
          <span className="mono">{folder}</span>
        </Note>
      );
    case 'failed':
      return (
        <Note tone="bad" icon="failed" title={t('watchFailed')}>
          {known === 'STORE_BUSY' ? t('watchElsewhere') : `${words.title} ${words.next}`}
        </Note>
      );
  }
}
