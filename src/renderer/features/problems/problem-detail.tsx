// One problem in words: what stands there, what was expected, what to do and who can do it.

import { useId } from 'react';
import type { ReactNode } from 'react';
import type { StoredProblem } from '../../../shared/schema/problem.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import { batchRoute, go } from '../../state/route.ts';
import { useUi } from '../../state/ui-context.tsx';
import { IconButton } from '../../ui/button.tsx';
import { SeverityBadge } from '../../ui/state-badge.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { RulePart } from './rule-part.tsx';

/** The problem above its place in the source. */
export function ProblemDetail({
  problem,
  onStep,
  actions,
}: {
  readonly problem: StoredProblem;
  readonly onStep: (step: 1 | -1) => void;
  /** What can be done about the cause as a whole. */
  readonly actions: ReactNode;
}): ReactNode {
  const t = useWords('problems');
  const formats = useFormats();
  const words = wordsForProblem(problem, useLanguage());
  const titleId = useId();
  return (
    <section className="problem-detail" aria-labelledby={titleId}>
      <div className="line-up">
        <SeverityBadge severity={problem.severity} />
        <h2 className="spread clip" id={titleId}>
          {words.title}
        </h2>
        {actions}
        <IconButton icon="up" label={t('previous')} keys="p" onPress={() => onStep(-1)} />
        <IconButton icon="down" label={t('next')} keys="n" onPress={() => onStep(1)} />
      </div>
      <p>{words.message}</p>
      <dl className="problem-facts">
        {problem.found !== null && (
          <Fact
            name={t('found')}
            value={problem.found === '' ? <span className="faint">{t('nothing')}</span> : <code>{problem.found}</code>}
          />
        )}
        {problem.expected !== null && <Fact name={t('expected')} value={<code>{problem.expected}</code>} />}
        {words.suggestion !== '' && <Fact name={t('suggestion')} value={words.suggestion} />}
        <Fact name={t('mender')} value={t(`mender.${words.mender}`)} />
        <Fact
          name={t('place')}
          value={
            <>
              {problem.line === null
                ? t('noPlace')
                : t('lineColumn', { line: formats.count(problem.line), column: formats.count(problem.column ?? 1) })}
              {problem.path !== null && <span className="faint mono problem-path"> {problem.path}</span>}
              {problem.invoiceNumber !== null && (
                <ShowInvoice batchId={problem.batchId} invoiceNumber={problem.invoiceNumber} />
              )}
            </>
          }
        />
      </dl>
      <RulePart problem={problem} />
    </section>
  );
}

function ShowInvoice({
  batchId,
  invoiceNumber,
}: {
  readonly batchId: string;
  readonly invoiceNumber: string;
}): ReactNode {
  const t = useWords('problems');
  const changeView = useUi((state) => state.changeInvoiceView);
  const show = (): void => {
    changeView(batchId, { filter: { search: invoiceNumber }, activeId: null });
    go(batchRoute(batchId, 'invoices'));
  };
  return (
    <button type="button" className="problem-invoice" onClick={show}>
      {t('showInvoice', { number: invoiceNumber })}
    </button>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
