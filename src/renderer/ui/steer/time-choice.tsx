// When something is sent: as soon as possible, or not before a local date and time.

import type { ReactNode } from 'react';
import { localTimeText, parseLocalTime } from '../../../shared/local-time.ts';
import { useWords } from '../../words/use-words.ts';
import { Choice, TextField } from '../fields.tsx';

const hourMs = 3_600_000;

/** `time` null: as soon as possible; else what was typed. What is wrong with it is said once `isTold`, or when it can't be a time. */
export function TimeChoice({
  time,
  isTold,
  onChange,
}: {
  readonly time: string | null;
  readonly isTold: boolean;
  readonly onChange: (time: string | null) => void;
}): ReactNode {
  const t = useWords('steer');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className="steer">
      <Choice
        label={t('when')}
        value={time === null ? 'now' : 'later'}
        options={[
          { id: 'now', label: t('asSoon') },
          { id: 'later', label: t('atTime') },
        ]}
        onChange={(choice) => onChange(choice === 'now' ? null : nextMorning())}
      />
      {time !== null && (
        <TextField
          label={t('time')}
          help={t('timeHelp', { zone })}
          value={time}
          onChange={onChange}
          error={faultOf(time, isTold, t)}
          isRequired
        />
      )}
    </div>
  );
}

function faultOf(time: string, isTold: boolean, t: (key: 'timeWrong' | 'timePast') => string): string | null {
  if (!isTold && time.trim().length < 16) return null;
  const atMs = parseLocalTime(time);
  if (atMs === null) return t('timeWrong');
  return atMs <= Date.now() ? t('timePast') : null;
}

/** Eight o'clock tomorrow: what is most often meant. */
function nextMorning(): string {
  return `${localTimeText(Date.now() + 24 * hourMs).slice(0, 10)} 08:00`;
}
