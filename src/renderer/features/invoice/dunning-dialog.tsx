// A dunning by hand in two steps: what is wanted, then what the vendor's rules say and what will happen. Nothing is sent before the second is confirmed.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { dunningLimits } from '../../../shared/schema/accounts.ts';
import type { Dunning, DunningCheck, DunningFinding } from '../../../shared/schema/accounts.ts';
import { stateWord } from '../../../shared/words/tracked-words.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Select, TextField } from '../../ui/fields.tsx';
import { Failure, Note } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { dunningTypes, useDunningWord } from './dunning-words.ts';

interface Draft {
  readonly type: (typeof dunningTypes)[number] | 'next';
  readonly hasFee: boolean;
  readonly hasInterest: boolean;
  readonly days: string;
  readonly text: string;
}

const emptyDraft: Draft = { type: 'next', hasFee: false, hasInterest: false, days: '14', text: '' };

/** What is asked for; null where a field does not fit. */
function dunningOf({ type, hasFee, hasInterest, days, text }: Draft): Dunning | null {
  const trimmed = text.trim();
  if (!isDays(days) || trimmed.length > dunningLimits.text) return null;
  return {
    dunningType: type === 'next' ? null : type,
    dunningFee: hasFee,
    interest: hasInterest,
    dunningDays: Number(days),
    dunningText: trimmed === '' ? null : trimmed,
  };
}

function isDays(text: string): boolean {
  const count = /^\d{1,3}$/u.test(text) ? Number(text) : 0;
  return count >= dunningLimits.days && count <= dunningLimits.mostDays;
}

/** The dialog. */
export function DunningDialog({
  place,
  invoiceNo,
  onSent,
  onClose,
}: {
  readonly place: { readonly invoiceId: number; readonly deliveryId: number };
  readonly invoiceNo: string;
  /** What was known of the account is old. */
  readonly onSent: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('account');
  const common = useWords('common');
  const say = useSay();
  const [draft, setDraft] = useState(emptyDraft);
  const [isTold, setIsTold] = useState(false);
  const [asked, setAsked] = useState<{ readonly dunning: Dunning; readonly check: DunningCheck } | null>(null);
  const checking = useCommand('account.checkDunning');
  const sending = useCommand('account.dun');
  const check = async (): Promise<void> => {
    setIsTold(true);
    const dunning = dunningOf(draft);
    if (dunning === null) return;
    const result = await checking.run({ ...place, dunning });
    if (result?.ok === true) setAsked({ dunning, check: result.value });
  };
  const send = async (dunning: Dunning): Promise<void> => {
    const result = await sending.run({ ...place, dunning });
    if (result?.ok !== true) return;
    const { act, findings } = result.value;
    // The service's mind changed in between: said as the rules say it.
    if (act === null) setAsked((before) => before && { ...before, check: { ...before.check, findings } });
    else {
      say({ tone: act.state === 'done' ? 'good' : 'info', text: t(`result.${act.state}`) });
      onSent();
      onClose();
    }
  };
  const isStopped = asked?.check.findings.some(({ isInTheWay }) => isInTheWay) === true;
  return (
    <Dialog
      title={t('dunTitle', { number: invoiceNo })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          {asked === null && (
            <Button tone="primary" onPress={() => void check()} isPending={checking.isRunning}>
              {t('dunCheck')}
            </Button>
          )}
          {asked !== null && !isStopped && (
            <Button tone="danger" onPress={() => void send(asked.dunning)} isPending={sending.isRunning}>
              {t('dunDo')}
            </Button>
          )}
          {asked !== null && <Button onPress={() => setAsked(null)}>{t('dunBack')}</Button>}
          <Button onPress={onClose} autoFocus>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {asked === null ? (
          <Wish draft={draft} isTold={isTold} onChange={setDraft} />
        ) : (
          <Answer {...asked} invoiceNo={invoiceNo} isStopped={isStopped} />
        )}
        {checking.error !== null && asked === null && <Failure error={checking.error} />}
        {sending.error !== null && asked !== null && <Failure error={sending.error} />}
      </div>
    </Dialog>
  );
}

function Wish({
  draft,
  isTold,
  onChange,
}: {
  readonly draft: Draft;
  readonly isTold: boolean;
  readonly onChange: (draft: Draft) => void;
}): ReactNode {
  const t = useWords('account');
  const dunningWord = useDunningWord();
  const length = draft.text.trim().length;
  return (
    <>
      <p>{t('dunText')}</p>
      <Select
        label={t('dunType')}
        value={draft.type}
        options={[
          { id: 'next', label: t('type.next') },
          ...dunningTypes.map((type) => ({ id: type, label: dunningWord(type) })),
        ]}
        onChange={(type) => onChange({ ...draft, type })}
      />
      <Checkbox label={t('dunFee')} isChecked={draft.hasFee} onChange={(hasFee) => onChange({ ...draft, hasFee })} />
      <Checkbox
        label={t('dunInterest')}
        isChecked={draft.hasInterest}
        onChange={(hasInterest) => onChange({ ...draft, hasInterest })}
      />
      <TextField
        label={t('dunDays')}
        help={t('dunDaysHelp')}
        value={draft.days}
        onChange={(days) => onChange({ ...draft, days: days.trim() })}
        error={isTold && !isDays(draft.days) ? t('dunDaysError') : null}
        isNumber
      />
      <TextField
        label={t('dunNote')}
        help={t('dunNoteHelp')}
        value={draft.text}
        onChange={(text) => onChange({ ...draft, text })}
        error={length > dunningLimits.text ? t('dunNoteError', { count: length }) : null}
        isWide
      />
    </>
  );
}

/** What will happen as one dry sentence; what is in the way, and what is left out without a word. */
function Answer({
  dunning,
  check,
  invoiceNo,
  isStopped,
}: {
  readonly dunning: Dunning;
  readonly check: DunningCheck;
  readonly invoiceNo: string;
  readonly isStopped: boolean;
}): ReactNode {
  const t = useWords('account');
  const formats = useFormats();
  const language = useLanguage();
  const dunningWord = useDunningWord();
  const word = ({ code, found }: DunningFinding): string =>
    t(`finding.${code}`, { found: code === 'state' ? stateWord(found, language) : found });
  const inTheWay = check.findings.filter(({ isInTheWay }) => isInTheWay);
  const silent = check.findings.filter(({ isInTheWay }) => !isInTheWay);
  const { dunningFee, interest, dunningDays } = dunning;
  const fee = check.feeMinor === null ? '' : ` ${formats.money({ amountMinor: check.feeMinor, currency: 'NOK' })}`;
  const kind = dunningFee ? (interest ? 'both' : 'fee') : interest ? 'interest' : 'none';
  return (
    <>
      {isStopped ? (
        <Note tone="bad" icon="failed" title={t('dunStopped')}>
          <FindingList findings={inTheWay} word={word} />
        </Note>
      ) : (
        <p>
          {t('dunSentence', {
            type: dunningWord(dunning.dunningType ?? check.nextType).toLocaleLowerCase(),
            number: invoiceNo,
            days: dunningDays ?? dunningLimits.days,
            extras: t(`extras.${kind}`, { amount: fee }),
          })}
        </p>
      )}
      {silent.length > 0 && (
        <Note tone="warn" icon="attention" title={t('dunSilent')}>
          <FindingList findings={silent} word={word} />
        </Note>
      )}
    </>
  );
}

function FindingList({
  findings,
  word,
}: {
  readonly findings: readonly DunningFinding[];
  readonly word: (finding: DunningFinding) => string;
}): ReactNode {
  return (
    <ul className="account-findings">
      {findings.map((finding) => (
        <li key={finding.code}>{word(finding)}</li>
      ))}
    </ul>
  );
}
