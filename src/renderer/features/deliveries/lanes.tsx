// Connections as lanes: how fast, how much is left, the last answer, and why one stands still.

import type { ReactNode } from 'react';
import type { Lane } from '../../../shared/schema/delivery.ts';
import { go } from '../../state/route.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/values.tsx';
import { Failure, Note } from '../../ui/views.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import { blockNeedsSettings, laneFigures } from './lane-figures.ts';

/** All lanes. */
export function Lanes({ lanes }: { readonly lanes: readonly Lane[] }): ReactNode {
  const t = useWords('deliveries');
  return (
    <ul className="lanes" aria-label={t('lanes')}>
      {lanes.map((lane) => (
        <LaneCard key={lane.connectionId} lane={lane} />
      ))}
    </ul>
  );
}

function LaneCard({ lane }: { readonly lane: Lane }): ReactNode {
  const t = useWords('deliveries');
  const common = useWords('common');
  const formats = useFormats();
  const figures = laneFigures(lane);
  return (
    <li className="lane">
      <div className="line-up">
        <Icon name={lane.channel === 'email' ? 'mail' : 'print'} />
        <h2 className="clip">{lane.connectionName}</h2>
        <span className="faint">{common(`channelShort.${lane.channel}`)}</span>
        <span className="spread" />
        <LaneState lane={lane} />
        <PauseButton lane={lane} />
      </div>
      <dl className="lane-figures">
        {figures.map(({ name, count, tone }) => (
          <div key={name} className={count > 0 && tone !== null ? `tone-${tone}` : undefined}>
            <dt>{t(`lane.${name}`)}</dt>
            <dd>{formats.count(count)}</dd>
          </div>
        ))}
      </dl>
      <div className="lane-answer soft clip" title={lane.lastAnswer ?? undefined}>
        {lane.lastAnswer === null ? (
          t('noAnswer')
        ) : (
          <>
            {t('lastAnswer')} <Moment atMs={lane.lastAnswerAtMs} />: <q className="mono">{lane.lastAnswer}</q>
          </>
        )}
      </div>
      {lane.blockedBy !== null && (
        <Note
          tone={lane.blockedBy === 'paused' || lane.blockedBy === 'offline' ? 'wait' : 'bad'}
          icon={lane.blockedBy === 'offline' ? 'unplug' : 'pause'}
          title={t(`block.${lane.blockedBy}`)}
          {...(blockNeedsSettings(lane.blockedBy)
            ? {
                action: (
                  <Button onPress={() => go({ screen: 'settings', section: 'connections' })}>{t('settings')}</Button>
                ),
              }
            : {})}
        >
          {lane.blockDetail !== null && lane.blockDetail !== '' && <q className="mono">{lane.blockDetail}</q>}{' '}
          {t(`blockNext.${lane.blockedBy}`)}
        </Note>
      )}
    </li>
  );
}

function LaneState({ lane }: { readonly lane: Lane }): ReactNode {
  const t = useWords('deliveries');
  if (lane.blockedBy !== null) return null;
  const isBusy = lane.counts.queued - lane.held + lane.counts.claimed + lane.counts.sending > 0;
  if (isBusy && lane.perMinute > 0) return <span className="soft">{t('perMinute', { count: lane.perMinute })}</span>;
  return isBusy ? (
    <Badge tone="wait" icon="clock">
      {t('runs')}
    </Badge>
  ) : (
    <span className="faint">{t('idle')}</span>
  );
}

function PauseButton({ lane }: { readonly lane: Lane }): ReactNode {
  const t = useWords('deliveries');
  const say = useSay();
  const pause = useCommand('connection.pause');
  const isPaused = lane.blockedBy === 'paused' || lane.blockedBy === 'pausedByFailures';
  const change = async (): Promise<void> => {
    const result = await pause.run({ connectionId: lane.connectionId, isPaused: !isPaused });
    if (result?.ok === true)
      say({ tone: 'good', text: t(isPaused ? 'resumedNow' : 'pausedNow', { name: lane.connectionName }) });
  };
  return (
    <>
      <Button
        icon={isPaused ? 'play' : 'pause'}
        tone={isPaused ? 'normal' : 'quiet'}
        onPress={() => void change()}
        isPending={pause.isRunning}
      >
        {t(isPaused ? 'resume' : 'pause')}
      </Button>
      {pause.error !== null && <Failure error={pause.error} />}
    </>
  );
}
