// Which screen a route shows. The only place where features meet.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { AttentionScreen } from '../features/attention/attention-screen.tsx';
import { BatchScreen } from '../features/batch/batch-screen.tsx';
import { InvoicesTab } from '../features/batch/invoices-tab.tsx';
import { BatchesScreen } from '../features/batches/batches-screen.tsx';
import { BatchDeliveriesTab } from '../features/deliveries/batch-deliveries-tab.tsx';
import { DeliveriesScreen } from '../features/deliveries/deliveries-screen.tsx';
import { InvoiceScreen } from '../features/invoice/invoice-screen.tsx';
import { ProblemsTab } from '../features/problems/problems-tab.tsx';
import { SourceTab } from '../features/problems/source-tab.tsx';
import { ProofTab } from '../features/proof/proof-tab.tsx';
import { ReleaseDialog } from '../features/release/release-dialog.tsx';
import { RescueScreen } from '../features/rescue/rescue-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import type { Route } from '../state/route.ts';
import { useQuery } from '../state/use-query.ts';

/** The screen of a route; while the database cannot be opened, what helps then. */
export function Screen({ route }: { readonly route: Route }): ReactNode {
  const app = useQuery('app.state', {});
  const failure = app.state === 'loading' ? null : app.error;
  if (failure !== null && (failure.code === 'STORE_DAMAGED' || failure.code === 'STORE_NEWER'))
    return <RescueScreen error={failure} />;
  switch (route.screen) {
    case 'batches':
      return <BatchesScreen />;
    case 'batch':
      return <BatchRoute key={route.batchId} route={route} />;
    case 'invoice':
      return <InvoiceScreen batchId={route.batchId} invoiceId={route.invoiceId} />;
    case 'attention':
      return <AttentionScreen />;
    case 'deliveries':
      return <DeliveriesScreen key={route.show ?? 'all'} show={route.show ?? null} />;
    case 'settings':
      return <SettingsScreen section={route.section} />;
  }
}

function BatchRoute({ route }: { readonly route: Extract<Route, { screen: 'batch' }> }): ReactNode {
  const [isReleasing, setIsReleasing] = useState(false);
  const { batchId } = route;
  return (
    <>
      <BatchScreen batchId={batchId} tab={route.tab} onRelease={() => setIsReleasing(true)}>
        {route.tab === 'invoices' && <InvoicesTab batchId={batchId} />}
        {route.tab === 'problems' && <ProblemsTab batchId={batchId} ruleId={route.ruleId} />}
        {route.tab === 'source' && <SourceTab batchId={batchId} place={route.place} />}
        {route.tab === 'deliveries' && <BatchDeliveriesTab batchId={batchId} />}
        {route.tab === 'proof' && <ProofTab batchId={batchId} />}
      </BatchScreen>
      {isReleasing && <ReleaseDialog batchId={batchId} onClose={() => setIsReleasing(false)} />}
    </>
  );
}
