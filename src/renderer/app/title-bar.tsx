// The title bar: the product's name, the way to everything (Ctrl/Cmd K), and a lamp for each connection.

import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { Connection, ConnectionReach } from '../../shared/schema/connection.ts';
import type { Lane } from '../../shared/schema/delivery.ts';
import { go, hashOf } from '../state/route.ts';
import { useUi } from '../state/ui-context.tsx';
import { dataOf, useQuery } from '../state/use-query.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { Tag } from '../ui/state-badge.tsx';
import type { Tone } from '../ui/state-badge.tsx';
import { useWords } from '../words/use-words.ts';

/** The bar at the top. */
export function TitleBar(): ReactNode {
  const t = useWords('frame');
  const setPaletteOpen = useUi((state) => state.setPaletteOpen);
  return (
    <header className="title-bar">
      <span className="title-name">Utskick</span>
      <AriaButton className="title-search" onPress={() => setPaletteOpen(true)}>
        <Icon name="search" size={14} />
        <span className="spread clip">{t('search')}</span>
        <KeyHint keys="mod+k" />
      </AriaButton>
      <Lamps />
    </header>
  );
}

function Lamps(): ReactNode {
  const t = useWords('frame');
  const list = dataOf(useQuery('connection.list', {}));
  const connections = list?.connections ?? [];
  const lanes = dataOf(useQuery('delivery.lanes', {}))?.lanes ?? [];
  const reach = dataOf(useQuery('connection.reach', {}))?.reach ?? [];
  return (
    <ul className="lamps" aria-label={t('lamps')}>
      {list?.connections.length === 0 && (
        <li>
          <a className="lamp tone-calm" href={hashOf({ screen: 'settings', section: 'connections' })}>
            <Icon name="plug" size={14} />
            {t('noConnections')}
          </a>
        </li>
      )}
      {connections.map((connection) => (
        <li key={connection.id}>
          <Lamp
            connection={connection}
            lane={lanes.find((lane) => lane.connectionId === connection.id) ?? null}
            reach={reach.find((answer) => answer.connectionId === connection.id) ?? null}
          />
        </li>
      ))}
    </ul>
  );
}

interface LampProps {
  readonly connection: Connection;
  readonly lane: Lane | null;
  readonly reach: ConnectionReach | null;
}

function Lamp({ connection, lane, reach }: LampProps): ReactNode {
  const t = useWords('frame');
  const common = useWords('common');
  const look = lampLook({ connection, lane, reach });
  const text = look.block === null ? t(look.word) : t(`lampBlock.${look.block}`);
  return (
    <TooltipTrigger delay={300} closeDelay={0}>
      <AriaButton
        className={`lamp tone-${look.tone}`}
        onPress={() => go({ screen: 'settings', section: 'connections' })}
      >
        <Icon name={look.icon} size={14} />
        <span className="lamp-name clip">{connection.name}</span>
        {connection.endpoint === 'test' && <Tag tone="wait">{common('endpoint.test')}</Tag>}
        <span className="visually-hidden">: {text}</span>
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {text}
        {(lane?.blockDetail ?? '') !== '' && <span>{lane?.blockDetail}</span>}
      </Tooltip>
    </TooltipTrigger>
  );
}

interface LampLook {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: 'lampOk' | 'lampFailed' | 'lampUntested';
  readonly block: Lane['blockedBy'];
}

function lampLook({ connection, lane, reach }: LampProps): LampLook {
  const block = lane?.blockedBy ?? null;
  if (block === 'paused') return { tone: 'calm', icon: 'pause', word: 'lampOk', block };
  if (block === 'offline') return { tone: 'warn', icon: 'unplug', word: 'lampOk', block };
  if (block === 'failing' || block === 'throttled') return { tone: 'warn', icon: 'clock', word: 'lampOk', block };
  if (block !== null) return { tone: 'bad', icon: 'failed', word: 'lampOk', block };
  if (reach?.isReached === false) return { tone: 'warn', icon: 'unplug', word: 'lampOk', block: 'offline' };
  if (connection.lastTest?.isOk === false) return { tone: 'bad', icon: 'failed', word: 'lampFailed', block };
  const hasAnswered = (lane?.lastAnswerAtMs ?? null) !== null;
  if (connection.lastTest === null && !hasAnswered)
    return { tone: 'calm', icon: 'circle', word: 'lampUntested', block };
  return { tone: 'good', icon: 'check', word: 'lampOk', block };
}
