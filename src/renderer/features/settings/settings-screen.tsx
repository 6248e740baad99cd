// The settings with their sections at the left.

import type { ReactNode } from 'react';
import { hashOf, settingsSections } from '../../state/route.ts';
import type { SettingsSection } from '../../state/route.ts';
import { useQuery } from '../../state/use-query.ts';
import { QueryView } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { AboutSection } from './about-section.tsx';
import { ConnectionsSection } from './connections-section.tsx';
import { EventLogSection } from './event-log-section.tsx';
import { FormatsSection } from './formats-section.tsx';
import { IntakeSection } from './intake-section.tsx';
import { LookSection } from './look-section.tsx';
import { MailTextsSection } from './mail-texts-section.tsx';
import { OrganisationSection } from './organisation-section.tsx';
import { PracticeSection } from './practice-section.tsx';
import { RulesSection } from './rules-section.tsx';
import { StorageSection } from './storage-section.tsx';
import '../../ui/plain-table.css';
import './settings.css';

/** The screen. */
export function SettingsScreen({ section }: { readonly section: SettingsSection }): ReactNode {
  const t = useWords('settings');
  const app = useQuery('app.state', {});
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{t('title')}</h1>
      </header>
      <div className="settings">
        <nav className="settings-nav" aria-label={t('sections')}>
          {settingsSections.map((id) => (
            <a
              key={id}
              className="rail-link"
              href={hashOf({ screen: 'settings', section: id })}
              {...(id === section ? { 'aria-current': 'page' as const } : {})}
            >
              {t(`section.${id}`)}
            </a>
          ))}
        </nav>
        <div className="settings-body">
          <QueryView query={app}>
            {(state) => {
              switch (section) {
                case 'connections':
                  return <ConnectionsSection app={state} />;
                case 'organisation':
                  return <OrganisationSection settings={state.settings} />;
                case 'mailTexts':
                  return <MailTextsSection />;
                case 'formats':
                  return <FormatsSection />;
                case 'intake':
                  return <IntakeSection app={state} />;
                case 'rules':
                  return <RulesSection />;
                case 'look':
                  return <LookSection settings={state.settings} />;
                case 'storage':
                  return <StorageSection app={state} />;
                case 'log':
                  return <EventLogSection />;
                case 'practice':
                  return <PracticeSection app={state} />;
                case 'about':
                  return <AboutSection app={state} />;
              }
            }}
          </QueryView>
        </div>
      </div>
    </div>
  );
}
