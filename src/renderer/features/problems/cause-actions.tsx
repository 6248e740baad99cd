// What can be done about one cause as a whole, beside its count. A fix over all its places has its button here.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Cause } from './problem-list-items.ts';
import type { ProblemsView } from './use-problems.ts';
import { VendorMailDialog } from './vendor-mail-dialog.tsx';

/** Buttons of the open cause. */
export function CauseActions({
  batchId,
  cause,
  view,
}: {
  readonly batchId: string;
  readonly cause: Cause;
  readonly view: ProblemsView;
}): ReactNode {
  const t = useWords('problems');
  const [isMailing, setIsMailing] = useState(false);
  const filter = { ...view.filter, ruleIds: [cause.ruleId] };
  return (
    <div className="line-up cause-actions" role="group" aria-label={t('causeActions')}>
      <Button tone="quiet" icon="mail" onPress={() => setIsMailing(true)}>
        {t('mailCause')}
      </Button>
      {isMailing && <VendorMailDialog batchId={batchId} filter={filter} onClose={() => setIsMailing(false)} />}
    </div>
  );
}
