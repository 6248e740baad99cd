// What is known about a delivery: how far it came, when, why it stopped, and the peer's last words.

import type { ReactNode } from 'react';
import type { Delivery, LookUpNote } from '../../shared/schema/delivery.ts';
import { wordsForCause } from '../../shared/words/cause-words.ts';
import { timelineWords } from '../../shared/words/timeline-words.ts';
import { useFormats, useLanguage, useWords } from '../words/use-words.ts';
import { goesOnByItself } from './delivery-verbs.ts';
import { Moment } from './values.tsx';
import './delivery.css';
import { EmailText } from './email-text.tsx';

/** Facts of a delivery's last attempt, for the decision that is to be taken. */
export function DeliveryKnown({
  delivery,
  lastLookUp = null,
}: {
  readonly delivery: Delivery;
  readonly lastLookUp?: LookUpNote | null;
}): ReactNode {
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
      {delivery.steps > 1 && (
        <>
          <dt>{t('step')}</dt>
          <dd>{t(delivery.step === 1 ? 'step.1' : 'step.2')}</dd>
        </>
      )}
      <dt>{t('to')}</dt>
      <dd>
        <EmailText text={delivery.target} />{' '}
        <span className="faint">{t('through', { connection: delivery.connectionName })}</span>
      </dd>
      {cause !== null && (
        <>
          <dt>{t('cause')}</dt>
          <dd>
            {cause.title} {state !== 'cancelled' && <span className="soft">{cause.next}</span>}
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
      <LookUpFacts delivery={delivery} note={lastLookUp} />
    </dl>
  );
}

/** What the last look-up saw, or that this channel can't have one. */
function LookUpFacts({
  delivery: { state, channel },
  note,
}: {
  readonly delivery: Delivery;
  readonly note: LookUpNote | null;
}): ReactNode {
  const t = useWords('deliveries');
  const formats = useFormats();
  return (
    <>
      {note !== null && note.answer !== 'notPossible' && (
        <>
          <dt>{t('lastLookUp')}</dt>
          <dd>
            <LookUpText note={note} /> <span className="faint">{formats.dateTime(note.atMs)}</span>
          </dd>
        </>
      )}
      {state === 'unknown' && channel === 'email' && (
        <>
          <dt>{t('lastLookUp')}</dt>
          <dd className="soft">{t('emailCannot')}</dd>
        </>
      )}
    </>
  );
}

/** What a look-up saw, with the peer's own words. */
function LookUpText({ note: { answer, code, detail } }: { readonly note: LookUpNote }): ReactNode {
  const t = useWords('deliveries');
  const words = timelineWords[useLanguage()];
  return (
    <>
      {code === null ? t(`answer.${answer}`) : words.lookUps[code]}
      {detail !== null && detail !== '' && (
        <>
          {' '}
          <q className="mono">{detail}</q>
        </>
      )}
    </>
  );
}
