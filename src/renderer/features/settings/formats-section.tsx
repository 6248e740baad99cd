// The formats that can be read, and the way to add and remove own profiles with what is wrong in them.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { FormatEntry, ProfileComplaint } from '../../../shared/schema/format.ts';
import { fieldName } from '../../../shared/words/field-names.ts';
import { placeOfComplaint, wordsForComplaint } from '../../../shared/words/profile-words.ts';
import type { AppError } from '../../../shared/result.ts';
import { useEngine } from '../../state/client-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { RemoveDialog } from '../../ui/remove-dialog.tsx';
import { Tag } from '../../ui/state-badge.tsx';
import { Failure, Note, QueryView } from '../../ui/views.tsx';
import { useLanguage, useWords } from '../../words/use-words.ts';

/** The section. */
export function FormatsSection(): ReactNode {
  const t = useWords('formats');
  const settings = useWords('settings');
  const query = useQuery('format.list', {});
  return (
    <section className="settings-section" aria-labelledby="settings-heading">
      <h2 id="settings-heading">{settings('section.formats')}</h2>
      <p className="soft">{t('intro')}</p>
      <AddProfile />
      <QueryView query={query}>
        {({ formats, broken }) => (
          <>
            {broken.map(({ fileName, complaints }) => (
              <Note key={fileName} tone="warn" icon="failed" title={t('broken', { name: fileName })}>
                <Complaints complaints={complaints} />
              </Note>
            ))}
            <FormatTable formats={formats} />
          </>
        )}
      </QueryView>
    </section>
  );
}

interface Outcome {
  readonly name: string;
  readonly complaints: readonly ProfileComplaint[];
}

/** Chooses a file, has it checked, and says what came of it. */
function AddProfile(): ReactNode {
  const t = useWords('formats');
  const { client } = useEngine();
  const add = useCommand('format.add');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const choose = async (): Promise<void> => {
    const chosen = await client.chooseFiles();
    setError(chosen.ok ? null : chosen.error);
    const file = chosen.ok ? chosen.value[0] : undefined;
    if (file === undefined) return;
    setOutcome(null);
    const result = await add.run({ fileToken: file.token });
    if (result?.ok !== true) return;
    const { complaints, formats } = result.value;
    const [first] = formats;
    const name = first === undefined ? file.name : `${first.format} ${first.version}`;
    setOutcome({ name, complaints });
  };
  const failure = error ?? add.error;
  return (
    <>
      <div>
        <Button icon="plus" onPress={() => void choose()} isPending={add.isRunning}>
          {add.isRunning ? t('adding') : t('add')}
        </Button>
      </div>
      {failure !== null && <Failure error={failure} />}
      {outcome !== null && outcome.complaints.length === 0 && (
        <Note tone="good" icon="check" title={t('added', { name: outcome.name })} />
      )}
      {outcome !== null && outcome.complaints.length > 0 && (
        <Note tone="bad" icon="failed" title={t('refused', { name: outcome.name })}>
          <p>{t('refusedText')}</p>
          <Complaints complaints={outcome.complaints} />
        </Note>
      )}
    </>
  );
}

function Complaints({ complaints }: { readonly complaints: readonly ProfileComplaint[] }): ReactNode {
  const t = useWords('formats');
  const language = useLanguage();
  return (
    <ul className="stack">
      {complaints.map((complaint, index) => {
        const { line, column } = complaint;
        const place = placeOfComplaint(complaint);
        return (
          <li key={`${place} ${String(index)}`}>
            {wordsForComplaint(complaint, language)}{' '}
            <span className="soft mono">
              {[place, line === null || column === null ? '' : t('place', { line, column })]
                .filter((part) => part !== '')
                .join(', ')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function FormatTable({ formats }: { readonly formats: readonly FormatEntry[] }): ReactNode {
  const t = useWords('formats');
  const [removing, setRemoving] = useState<FormatEntry | null>(null);
  return (
    <>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('list')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('format')}</th>
              <th scope="col">{t('version')}</th>
              <th scope="col">{t('status')}</th>
              <th scope="col">{t('root')}</th>
            </tr>
          </thead>
          <tbody>
            {formats.map((format) => (
              <FormatRow key={format.id} format={format} onRemove={() => setRemoving(format)} />
            ))}
          </tbody>
        </table>
      </div>
      {removing !== null && <RemoveFormat format={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

function FormatRow({ format, onRemove }: { readonly format: FormatEntry; readonly onRemove: () => void }): ReactNode {
  const t = useWords('formats');
  const language = useLanguage();
  const isOwn = format.status === 'own';
  const fields = format.missingFields.map((field) => fieldName(field, language) ?? field).join(', ');
  return (
    <tr>
      <td>
        {format.format}
        {fields !== '' && <p className="soft">{t('notReleased', { fields })}</p>}
        {isOwn && format.condition === null && (
          <Button tone="quiet" onPress={onRemove}>
            {t('remove')}
          </Button>
        )}
      </td>
      <td>{format.version}</td>
      <td>
        <Tag tone={format.status === 'standard' ? 'good' : isOwn ? 'wait' : 'calm'}>{t(`status.${format.status}`)}</Tag>
        {format.isOverride && <p className="soft">{t('replaces')}</p>}
      </td>
      <td className="mono">
        {format.root}
        <p className="soft mono">{format.namespace === '' ? t('noNamespace') : format.namespace}</p>
        {format.condition !== null && <p className="soft mono">{format.condition}</p>}
      </td>
    </tr>
  );
}

function RemoveFormat({ format, onClose }: { readonly format: FormatEntry; readonly onClose: () => void }): ReactNode {
  const t = useWords('formats');
  const remove = useCommand('format.remove');
  const confirm = async (): Promise<void> => {
    const result = await remove.run({ profileId: format.profileId });
    if (result?.ok === true) onClose();
  };
  return (
    <RemoveDialog
      title={t('removeTitle', { name: `${format.format} ${format.version}` })}
      text={t('removeText')}
      isRunning={remove.isRunning}
      error={remove.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    />
  );
}
