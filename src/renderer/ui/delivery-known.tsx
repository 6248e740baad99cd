// What is known about a delivery: how far it came, when, why it stopped, and the peer's last words.

import type { ReactNode } from 'react';
import type { Delivery } from '../../shared/schema/delivery.ts';
import { wordsForCause } from '../../shared/words/cause-words.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { goesOnByItself } from './delivery-verbs.ts';
import { Moment } from './values.tsx';
import './delivery.css';
import { EmailText } from './email-text.tsx';

/** Facts of a delivery's last attempt, for the decision that is to be taken. */
export function DeliveryKnown({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const t = useWords('deliveries');
  const steer = useWords('steer');
  const language = useLanguage();
  const { lastCode, lastDetail, lastPhase, state, notBeforeMs } = delivery;
  const isWaited = notBeforeMs !== null && state === 'queued';
  const cause =
    lastCode === null
      ? null
      : wordsForCause({ code: lastCode, detail: lastDetail, isRetried: goesOnByItself(state) }, language);
  return (
    <dl className="delivery-known">
      <dt>{t('to')}</dt>
      <dd>
        <EmailText text={delivery.target} />{' '}
        <span className="faint">{t('through', { connection: delivery.connectionName })}</span>
      </dd>
      {cause !== null && (
        <>
          <dt>{t('cause')}</dt>
          <dd>
            {cause.title} <span className="soft">{cause.next}</span>
          </dd>
        </>
      )}
      {lastPhase !== null && (
        <>
          <dt>{t('cameTo')}</dt>
          <dd>{t(`phase.${lastPhase}`)}</dd>
        </>
      )}
      {lastDetail !== null && lastDetail !== '' && (
        <>
          <dt>{t('lastWords')}</dt>
          <dd>
            <q className="mono">{lastDetail}</q>
          </dd>
        </>
      )}
      {isWaited && (
        <>
          <dt>{steer('notBefore')}</dt>
          <dd>
            <Moment atMs={notBeforeMs} />
          </dd>
        </>
      )}
      <dt>{t(state === 'waiting' ? 'nextTry' : 'when')}</dt>
      <dd>
        <Moment atMs={state === 'waiting' ? delivery.dueAtMs : delivery.updatedAtMs} />
        <span className="faint"> · {t('attempts', { count: delivery.attemptCount })}</span>
      </dd>
    </dl>
  );
}
