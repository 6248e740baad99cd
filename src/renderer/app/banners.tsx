// What the whole window must know: practice mode, a lost engine, another process that sends, a paused outbox.

import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { AppState } from '../../shared/schema/settings.ts';
import { useEngine } from '../state/client-context.tsx';
import { go } from '../state/route.ts';
import { useCommand } from '../state/use-command.ts';
import { dataOf, useQuery } from '../state/use-query.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Note } from '../ui/views.tsx';
import { useLanguage, useWords } from '../words/use-words.ts';
import { wordsForError } from '../../shared/words/error-words.ts';

/** The band that says that nothing leaves this computer. */
export function PracticeRibbon(): ReactNode {
  const t = useWords('frame');
  const practice = dataOf(useQuery('practice.state', {}));
  const setNetwork = useCommand('practice.setNetwork');
  return (
    <div className="practice-ribbon" role="region" aria-label={t('practiceRibbon')}>
      <strong>{t('practiceRibbon')}</strong>
      {practice?.isUp === false && (
        <span className="line-up">
          <Icon name="unplug" />
          {t('plugPulled')}
          <button type="button" className="ribbon-button" onClick={() => void setNetwork.run({ isUp: true })}>
            {t('plugIn')}
          </button>
        </span>
      )}
      <span className="spread" />
      <button type="button" className="ribbon-button" onClick={() => go({ screen: 'settings', section: 'practice' })}>
        {t('leavePractice')}
      </button>
    </div>
  );
}

/** Notes above the screen. */
export function Banners({ app }: { readonly app: AppState | null }): ReactNode {
  const t = useWords('frame');
  const { client } = useEngine();
  const link = useSyncExternalStore(client.onLink, () => client.link);
  const pauseOutbox = useCommand('app.pauseOutbox');
  if (link === 'refused')
    return (
      <div className="banners">
        <Note tone="bad" icon="lock" title={t('noSession')}>
          {t('noSessionNext')}
        </Note>
      </div>
    );
  const isLost = link === 'lost';
  const isElsewhere = app?.isRunnerElsewhere === true;
  const isPaused = app?.isOutboxPaused === true;
  const trouble = app?.storeTrouble ?? null;
  if (!isLost && !isElsewhere && !isPaused && trouble === null) return null;
  return (
    <div className="banners">
      {isLost && (
        <Note tone="bad" icon="unplug" title={t('engineLost')}>
          {t('engineLostNext')}
        </Note>
      )}
      {trouble !== null && <StoreTrouble code={trouble} />}
      {isElsewhere && (
        <Note tone="wait" icon="info" title={t('runnerElsewhere')}>
          {t('runnerElsewhereNext')}
        </Note>
      )}
      {isPaused && (
        <Note
          tone="held"
          icon="pause"
          title={app.restored === null ? t('outboxPaused') : t('restored')}
          action={
            <Button onPress={() => void pauseOutbox.run({ isPaused: false })} isPending={pauseOutbox.isRunning}>
              {t('resumeOutbox')}
            </Button>
          }
        >
          {app.restored !== null && <Restored {...app.restored} />}
        </Note>
      )}
    </div>
  );
}

/** What a restore put in doubt. */
function Restored({ unknown, notInCopy, orderActs }: NonNullable<AppState['restored']>): ReactNode {
  const t = useWords('frame');
  return (
    <>
      {t('restoredNext', { unknown, notInCopy })}
      {orderActs > 0 && ` ${t('restoredActs', { count: orderActs })}`}
    </>
  );
}

/** The data folder cannot be written: nothing is sent until it can, and then it goes on by itself. */
function StoreTrouble({ code }: { readonly code: NonNullable<AppState['storeTrouble']> }): ReactNode {
  const t = useWords('frame');
  const { title, next } = wordsForError({ code }, useLanguage());
  return (
    <Note tone="bad" icon="attention" title={title}>
      {next} {t('troubleNext')}
    </Note>
  );
}
