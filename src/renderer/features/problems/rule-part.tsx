// What the chosen problem's rule demands, and the waiver of its warnings in this batch: reason, person and time.

import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import type { StoredProblem } from '../../../shared/schema/problem.ts';
import type { Waiver } from '../../../shared/schema/rules.ts';
import { wordsForRule } from '../../../shared/words/problem-words.ts';
import { isRuleId } from '../../../shared/words/rule-facts.ts';
import { useCommand } from '../../state/use-command.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Button, SubmitButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Moment } from '../../ui/values.tsx';
import { Failure } from '../../ui/views.tsx';
import { useLanguage, useWords } from '../../words/use-words.ts';

/** Shorter reasons tell nobody anything later; the engine asks for as much. */
const shortestReason = 3;

/** The rule's explanation, and for warnings the waiver. */
export function RulePart({ problem }: { readonly problem: StoredProblem }): ReactNode {
  const t = useWords('rules');
  const language = useLanguage();
  const { ruleId, batchId, severity } = problem;
  const waivers = dataOf(useQuery('rule.waivers', { batchId }))?.waivers ?? [];
  const waiver = waivers.find((each) => each.ruleId === ruleId);
  return (
    <div className="problem-rule">
      {isRuleId(ruleId) && (
        <p className="soft">
          {t('demands')}: {wordsForRule(ruleId, language).explanation}
        </p>
      )}
      {severity !== 'error' &&
        (waiver === undefined ? (
          <WaiveForm key={ruleId} batchId={batchId} ruleId={ruleId} />
        ) : (
          <WaivedNote batchId={batchId} waiver={waiver} />
        ))}
    </div>
  );
}

function WaiveForm({ batchId, ruleId }: { readonly batchId: string; readonly ruleId: string }): ReactNode {
  const t = useWords('rules');
  const common = useWords('common');
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const waive = useCommand('rule.waive');
  const isTooShort = reason.trim().length < shortestReason;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isTooShort) void waive.run({ batchId, ruleId, reason: reason.trim() });
  };
  if (!isOpen) return <Button onPress={() => setOpen(true)}>{t('waive')}</Button>;
  return (
    <form className="stack" onSubmit={submit}>
      <TextField label={t('reason')} help={t('reasonHelp')} value={reason} onChange={setReason} autoFocus isWide />
      {waive.error !== null && <Failure error={waive.error} />}
      <div className="form-actions">
        <SubmitButton isPending={waive.isRunning}>{t('waive')}</SubmitButton>
        <Button onPress={() => setOpen(false)}>{common('cancel')}</Button>
      </div>
    </form>
  );
}

function WaivedNote({ batchId, waiver }: { readonly batchId: string; readonly waiver: Waiver }): ReactNode {
  const t = useWords('rules');
  const unwaive = useCommand('rule.unwaive');
  return (
    <div className="stack">
      <p>
        <strong>{t('waived')}</strong> {t('waivedBy', { actor: waiver.actor })} <Moment atMs={waiver.atMs} />:{' '}
        {waiver.reason}
      </p>
      {unwaive.error !== null && <Failure error={unwaive.error} />}
      <div className="form-actions">
        <Button onPress={() => void unwaive.run({ batchId, ruleId: waiver.ruleId })}>{t('unwaive')}</Button>
      </div>
    </div>
  );
}
