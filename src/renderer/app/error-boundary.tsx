// Catches a fault while drawing, so that one broken view does not take the window with it.

import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/views.tsx';
import { useWords } from '../words/use-words.ts';

interface BoundaryProps {
  readonly children: ReactNode;
}

/** Draws words in place of a view that failed. A new `key` tries again. */
export class ErrorBoundary extends Component<BoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return <Crashed onLeave={() => this.setState({ hasFailed: false })} />;
  }
}

function Crashed({ onLeave }: { readonly onLeave: () => void }): ReactNode {
  const t = useWords('frame');
  const leave = (): void => {
    window.location.hash = '#/batches';
    onLeave();
  };
  return (
    <EmptyState icon="failed" title={t('crashed')} actions={<Button onPress={leave}>{t('toBatches')}</Button>}>
      {t('crashedNext')}
    </EmptyState>
  );
}
