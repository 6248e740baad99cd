// Connections as lanes: how fast, how much is left, the last answer, and why one stands still.

import type { ReactNode } from 'react';
import { isTrackedChannel } from '../../../shared/schema/delivery.ts';
import type { Lane } from '../../../shared/schema/delivery.ts';
import { go } from '../../state/route.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { channelIcons } from '../../ui/channel-icons.ts';
import { Badge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/values.tsx';
import { Failure, Note } from '../../ui/views.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import { blockNeedsSettings, goesOnByItself, laneFigures, momentText } from './lane-figures.ts';

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
        <Icon name={channelIcons[lane.channel]} />
        <h2 className="clip">{lane.connectionName}</h2>
        <span className="faint">{common(`channelShort.${lane.channel}`)}</span>
        <span className="spread" />
        <LaneState lane={lane} />
        {isTrackedChannel(lane.channel) && lane.counts.accepted > 0 && <TrackButton lane={lane} />}
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
      <LaneBudgets lane={lane} />
      {lane.blockedBy === null ? <LaneHold lane={lane} /> : <LaneBlock lane={lane} block={lane.blockedBy} />}
    </li>
  );
}

/** Why it stands still, and how that ends. */
function LaneBlock({
  lane,
  block,
}: {
  readonly lane: Lane;
  readonly block: NonNullable<Lane['blockedBy']>;
}): ReactNode {
  const t = useWords('deliveries');
  const words = useWords('lanes');
  const moment = useMoment();
  const language = useLanguage();
  const { blockCode, blockDetail, nextTryAtMs } = lane;
  const isPassing = goesOnByItself(block);
  const cause =
    blockCode === null ? '' : wordsForCause({ code: blockCode, detail: null, isRetried: isPassing }, language).title;
  const said = blockDetail === null || blockDetail === '' || blockDetail === blockCode ? null : blockDetail;
  const isDue = nextTryAtMs !== null && nextTryAtMs <= Date.now();
  const next =
    nextTryAtMs === null || block === 'offline'
      ? ''
      : isDue
        ? words('nextTryNow')
        : words('nextTry', { time: moment(nextTryAtMs) });
  const action = isPassing ? (
    <TryNowButton lane={lane} />
  ) : blockNeedsSettings(block) ? (
    <Button onPress={() => go({ screen: 'settings', section: 'connections' })}>{t('settings')}</Button>
  ) : null;
  return (
    <Note
      tone={isPassing || block === 'paused' ? 'wait' : 'bad'}
      icon={block === 'offline' ? 'unplug' : isPassing ? 'clock' : 'pause'}
      title={t(`block.${block}`)}
      {...(action === null ? {} : { action })}
    >
      {cause} {said !== null && <q className="mono">{said}</q>} {t(`blockNext.${block}`)} {next}
    </Note>
  );
}

/** What its own limits keep waiting; said only while something waits. */
function LaneHold({ lane }: { readonly lane: Lane }): ReactNode {
  const words = useWords('lanes');
  const moment = useMoment();
  const { hold, counts } = lane;
  if (hold === null || counts.queued + counts.waiting === 0) return null;
  const title =
    hold.untilMs === null ? words('holdForever') : words(`hold.${hold.reason}`, { time: moment(hold.untilMs) });
  return <Note tone="wait" icon="clock" title={title} />;
}

/** How much of each limit is used. */
function LaneBudgets({ lane }: { readonly lane: Lane }): ReactNode {
  const words = useWords('lanes');
  const formats = useFormats();
  if (lane.budgets.length === 0) return null;
  return (
    <ul className="lane-budgets soft" aria-label={words('budgets')}>
      {lane.budgets.map(({ span, used, limit }) => (
        <li key={span}>{words(`budget.${span}`, { used: formats.count(used), limit: formats.count(limit) })}</li>
      ))}
    </ul>
  );
}

/** Fetches what became of the invoices now; it also happens by itself. */
function TrackButton({ lane }: { readonly lane: Lane }): ReactNode {
  const words = useWords('lanes');
  const say = useSay();
  const track = useCommand('connection.track');
  const run = async (): Promise<void> => {
    const result = await track.run({ connectionId: lane.connectionId });
    if (result?.ok !== true) return;
    const { asked, added, settled } = result.value;
    const learnt = words('tracked', { asked, added });
    say({ tone: 'good', text: settled > 0 ? `${learnt} ${words('trackSettled', { count: settled })}` : learnt });
  };
  return (
    <>
      <Button icon="refresh" tone="quiet" onPress={() => void run()} isPending={track.isRunning}>
        {words('track')}
      </Button>
      {track.error !== null && <Failure error={track.error} />}
    </>
  );
}

function TryNowButton({ lane }: { readonly lane: Lane }): ReactNode {
  const words = useWords('lanes');
  const say = useSay();
  const attempt = useCommand('connection.tryNow');
  const run = async (): Promise<void> => {
    const result = await attempt.run({ connectionId: lane.connectionId });
    if (result?.ok !== true) return;
    say({
      tone: result.value.isTried ? 'good' : 'info',
      text: words(result.value.isTried ? 'triedNow' : 'notWaiting', { name: lane.connectionName }),
    });
  };
  return (
    <>
      <Button icon="refresh" onPress={() => void run()} isPending={attempt.isRunning}>
        {words('tryNow')}
      </Button>
      {attempt.error !== null && <Failure error={attempt.error} />}
    </>
  );
}

/** The time alone when it is today, and with its date otherwise. */
function useMoment(): (atMs: number) => string {
  const formats = useFormats();
  return (atMs) => momentText(formats, atMs, Date.now());
}

function LaneState({ lane }: { readonly lane: Lane }): ReactNode {
  const t = useWords('deliveries');
  if (lane.blockedBy !== null || (lane.hold !== null && lane.counts.queued > 0)) return null;
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
