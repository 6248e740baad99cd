// The release as a sentence, and what stays behind with the reason.

import type { ReactNode } from 'react';
import type { ReleaseSummary } from '../../../shared/contract/methods.ts';
import { Icon } from '../../ui/icon.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

/** "Send 4,812 invoices, 3,914,220.50 kr: 4,600 by e-mail …" */
export function ReleaseSentence({ summary }: { readonly summary: ReleaseSummary }): ReactNode {
  const t = useWords('release');
  const formats = useFormats();
  if (summary.total === 0) return <p className="release-sentence">{t('nothing')}</p>;
  return (
    <>
      <p className="release-sentence">{t('sentence', { count: summary.total, sums: formats.sums(summary.sums) })}</p>
      <ul className="release-lanes">
        {summary.lanes.map((lane) => (
          <li key={lane.connectionId}>
            <span className="spread">
              {t(`lane.${lane.channel}`, {
                count: lane.count,
                targets: t('addresses', { count: lane.targets }),
                connection: lane.connectionName,
              })}
            </span>
            <span className="numeric">{formats.sums(lane.sums)}</span>
          </li>
        ))}
      </ul>
      {summary.unusualAmounts > 0 && (
        <p className="release-unusual">
          <Icon name="attention" /> {t('unusual', { count: summary.unusualAmounts })}
        </p>
      )}
      <LeftOut summary={summary} />
    </>
  );
}

function LeftOut({ summary }: { readonly summary: ReleaseSummary }): ReactNode {
  const t = useWords('release');
  const { leftOut } = summary;
  const lines = [
    leftOut.noConnection > 0 ? t('leftNoConnection', { count: leftOut.noConnection }) : null,
    leftOut.held > 0 ? t('leftHeld', { count: leftOut.held }) : null,
    leftOut.excluded > 0 ? t('leftExcluded', { count: leftOut.excluded }) : null,
    leftOut.quarantined > 0 ? t('leftQuarantined', { count: leftOut.quarantined }) : null,
    leftOut.alreadyReleased > 0 ? t('leftReleased', { count: leftOut.alreadyReleased }) : null,
  ].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return (
    <section aria-label={t('kept')}>
      <h3 className="soft">{t('kept')}</h3>
      <p className="soft">{lines.join(' ')}</p>
    </section>
  );
}
