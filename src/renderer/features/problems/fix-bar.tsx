// Mechanical corrections beside the problems: the button of one cause, and what has been corrected with the way back.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { fixKindOfRule } from '../../../shared/schema/fix.ts';
import type { StandingFix } from '../../../shared/schema/fix.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import { useCommand } from '../../state/use-command.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { FixDialog } from './fix-dialog.tsx';
import './fixes.css';

/** The button of one cause; nothing where its cause needs a person. */
export function FixCause({ batchId, ruleId }: { readonly batchId: string; readonly ruleId: string }): ReactNode {
  const t = useWords('fixes');
  const cause = titleOf(ruleId, useLanguage());
  const [isAsked, setIsAsked] = useState(false);
  if (fixKindOfRule(ruleId) === null) return null;
  return (
    <>
      <Button icon="edit" onPress={() => setIsAsked(true)}>
        {t('fixAll')}
      </Button>
      {isAsked && <FixDialog batchId={batchId} ruleId={ruleId} cause={cause} onClose={() => setIsAsked(false)} />}
    </>
  );
}

/** What has been corrected in a batch, with the way back. Nothing is drawn while nothing is. */
export function FixBar({ batchId }: { readonly batchId: string }): ReactNode {
  const t = useWords('fixes');
  const standing = dataOf(useQuery('fix.list', { batchId }))?.fixes ?? [];
  if (standing.length === 0) return null;
  return (
    <section className="fix-bar" aria-label={t('label')}>
      {standing.map((fix) => (
        <Standing key={fix.ruleId} batchId={batchId} fix={fix} />
      ))}
    </section>
  );
}

function Standing({ batchId, fix }: { readonly batchId: string; readonly fix: StandingFix }): ReactNode {
  const t = useWords('fixes');
  const common = useWords('common');
  const formats = useFormats();
  const language = useLanguage();
  const undo = useCommand('fix.undo');
  const cause = titleOf(fix.ruleId, language);
  const invoices = common('invoices', { count: fix.invoices });
  const isAllReleased = fix.delivered === fix.invoices;
  return (
    <>
      <div className="line-up">
        <span className="spread clip" title={t('standingBy', { actor: fix.actor, when: formats.dateTime(fix.atMs) })}>
          {t('standing', { count: fix.values, invoices, cause })}
        </span>
        {isAllReleased ? (
          <span className="faint">{t('allReleased')}</span>
        ) : (
          <Button
            icon="refresh"
            tone="quiet"
            isPending={undo.isRunning}
            onPress={() => void undo.run({ batchId, ruleId: fix.ruleId })}
          >
            {t('undo')}
          </Button>
        )}
      </div>
      {undo.error !== null && <Failure error={undo.error} />}
    </>
  );
}

/** The cause's name, without the facts of one place. */
function titleOf(ruleId: string, language: ReturnType<typeof useLanguage>): string {
  return wordsForProblem({ ruleId, found: null, expected: null, params: {} }, language).title;
}
