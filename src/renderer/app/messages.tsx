// Short messages at the lower right, in a live region so that they are read out. Errors stay until dismissed.

import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useUi } from '../state/ui-context.tsx';
import type { Message } from '../state/ui-store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useWords } from '../words/use-words.ts';

/** Long enough to read two lines and to reach its button. */
const shownForMs = 7_000;
const looks = {
  good: { tone: 'good', icon: 'check' },
  info: { tone: 'calm', icon: 'info' },
  error: { tone: 'bad', icon: 'failed' },
} as const;

/** The messages that are shown now. */
export function Messages(): ReactNode {
  const t = useWords('frame');
  const messages = useUi((state) => state.messages);
  return (
    <div className="messages" role="region" aria-label={t('messages')} aria-live="polite">
      {messages.map((message) => (
        <OneMessage key={message.id} message={message} />
      ))}
    </div>
  );
}

function OneMessage({ message }: { readonly message: Message }): ReactNode {
  const t = useWords('frame');
  const dismiss = useUi((state) => state.dismissMessage);
  const { id, tone, action } = message;
  useEffect(() => {
    if (tone === 'error') return undefined;
    const timer = setTimeout(() => dismiss(id), shownForMs);
    return () => clearTimeout(timer);
  }, [id, tone, dismiss]);
  const act = (): void => {
    action?.run();
    dismiss(id);
  };
  return (
    <div className="message">
      <span className={`tone-${looks[tone].tone}`}>
        <Icon name={looks[tone].icon} />
      </span>
      <span className="spread">{message.text}</span>
      {action !== undefined && <Button onPress={act}>{action.label}</Button>}
      <IconButton icon="close" label={t('dismiss')} onPress={() => dismiss(id)} />
    </div>
  );
}
