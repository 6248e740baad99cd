// Practice mode: in and out, its network's plug, and where its providers keep what they received.

import type { ReactNode } from 'react';
import type { AppState } from '../../../shared/schema/settings.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Failure, Note, QueryView } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

/** The section. */
export function PracticeSection({ app }: { readonly app: AppState }): ReactNode {
  const inSettings = useWords('settings');
  const t = useWords('practice');
  const switchTo = useCommand('app.setPractice');
  return (
    <section className="settings-section" aria-labelledby="settings-heading">
      <h2 id="settings-heading">{inSettings('section.practice')}</h2>
      <Note
        tone={app.isPractice ? 'wait' : 'calm'}
        icon="info"
        title={app.isPractice ? t('practiceOn') : t('practiceOff')}
        action={
          <Button onPress={() => void switchTo.run({ isPractice: !app.isPractice })} isPending={switchTo.isRunning}>
            {switchTo.isRunning ? t('switching') : app.isPractice ? t('leavePractice') : t('enterPractice')}
          </Button>
        }
      >
        {t('practiceText')}
      </Note>
      {switchTo.error !== null && <Failure error={switchTo.error} />}
      {app.isPractice && <PracticeNetwork />}
    </section>
  );
}

function PracticeNetwork(): ReactNode {
  const t = useWords('practice');
  const inSettings = useWords('settings');
  const formats = useFormats();
  const query = useQuery('practice.state', {});
  const setNetwork = useCommand('practice.setNetwork');
  return (
    <QueryView query={query} lines={3}>
      {(state) => (
        <>
          <Note
            tone={state.isUp ? 'good' : 'warn'}
            icon={state.isUp ? 'plug' : 'unplug'}
            title={t('network')}
            action={
              <Button onPress={() => void setNetwork.run({ isUp: !state.isUp })} isPending={setNetwork.isRunning}>
                {state.isUp ? t('pullPlug') : t('plugIn')}
              </Button>
            }
          >
            {state.isUp ? t('networkUp') : t('networkDown')}
          </Note>
          {setNetwork.error !== null && <Failure error={setNetwork.error} />}
          <MonthNote />
          <h3>{t('providers')}</h3>
          <div className="table-box" tabIndex={0} role="region" aria-label={t('providers')}>
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">{t('provider')}</th>
                  <th scope="col">{inSettings('address')}</th>
                  <th scope="col">{t('ledger')}</th>
                  <th scope="col" className="numeric">
                    {t('received')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {state.providers.map((provider) => (
                  <tr key={provider.provider}>
                    <td>
                      {providerName(provider.provider, {
                        smtp: t('provider.smtp'),
                        sftp: t('provider.sftp'),
                        svea: t('provider.svea'),
                        sendregning: t('provider.sendregning'),
                      })}
                    </td>
                    <td className="mono practice-address">{provider.address}</td>
                    <td className="mono">{provider.ledgerFile}</td>
                    <td className="numeric">{formats.count(provider.received)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </QueryView>
  );
}

/** What comes weeks after sending can be seen at once. */
function MonthNote(): ReactNode {
  const t = useWords('practice');
  const say = useSay();
  const pass = useCommand('practice.passMonth');
  const run = async (): Promise<void> => {
    const result = await pass.run({});
    if (result?.ok === true) say({ tone: 'good', text: t('passed', result.value) });
  };
  return (
    <>
      <Note
        tone="calm"
        icon="clock"
        title={t('month')}
        action={
          <Button onPress={() => void run()} isPending={pass.isRunning}>
            {t('passMonth')}
          </Button>
        }
      >
        {t('monthText')}
      </Note>
      {pass.error !== null && <Failure error={pass.error} />}
    </>
  );
}

/** Providers name themselves by protocol; one this window does not know is shown as it is. */
function providerName(provider: string, names: Readonly<Record<string, string>>): string {
  return names[provider] ?? provider;
}
