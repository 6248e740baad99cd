// The window's frame: title bar, practice ribbon, rail, banners, content, status bar, and what floats above them.

import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useEngine } from '../state/client-context.tsx';
import { useRoute } from '../state/route.ts';
import { useAppState } from '../state/use-app.ts';
import { useWords } from '../words/use-words.ts';
import { ActionKeys } from './action-keys.tsx';
import { Banners, PracticeRibbon } from './banners.tsx';
import { CommandPalette } from './command-palette.tsx';
import { DropTarget } from './drop-target.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { JobMessages } from './job-messages.tsx';
import { Messages } from './messages.tsx';
import { Rail } from './rail.tsx';
import { Screen } from './screen.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { useAppActions } from './use-app-actions.ts';
import './frame.css';

/** Everything in the window. */
export function Frame(): ReactNode {
  const t = useWords('frame');
  const route = useRoute();
  const app = useAppState();
  const { client } = useEngine();
  const link = useSyncExternalStore(client.onLink, () => client.link);
  useAppActions(app);
  const place = route.screen === 'batch' ? `${route.screen} ${route.batchId}` : route.screen;
  return (
    <div className="frame">
      <a className="skip-link" href="#content" onClick={focusContent}>
        {t('skipToContent')}
      </a>
      <TitleBar />
      {app?.isPractice === true && <PracticeRibbon />}
      <div className="frame-middle">
        <Rail route={route} />
        <main className="frame-content" id="content" tabIndex={-1}>
          <Banners app={app} />
          <div className="frame-screen">
            <ErrorBoundary key={`${place} ${app?.isPractice === true ? 'practice' : 'work'}`}>
              {/* Without a session every screen would only show its own refusal below the banner. */}
              {(link !== 'refused' || app !== null) && <Screen route={route} />}
            </ErrorBoundary>
          </div>
        </main>
      </div>
      <StatusBar app={app} />
      <Messages />
      <JobMessages />
      <DropTarget mode={app?.settings.importMode ?? 'lenient'} />
      <CommandPalette />
      <ActionKeys />
    </div>
  );
}

/** The address's fragment is the route, so the link must not change it. */
function focusContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#content')?.focus();
}
