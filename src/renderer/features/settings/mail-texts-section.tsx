// The e-mail texts: editable subject and body by language, with what is wrong and where, beside a preview with a real invoice.

import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { mailBlocks, mailFields, readMailTemplate } from '../../../shared/mail-template.ts';
import type { MailText, MailTextEntry, MailTextPart } from '../../../shared/schema/mail-text.ts';
import { languages } from '../../../shared/schema/settings.ts';
import type { Language } from '../../../shared/schema/settings.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useSettled } from '../../state/use-settled.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button, SubmitButton } from '../../ui/button.tsx';
import { Choice, Select, TextField } from '../../ui/fields.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { Failure, QueryView } from '../../ui/views.tsx';
import { useLanguage, useWords } from '../../words/use-words.ts';
import { MailTextPreview } from './mail-text-preview.tsx';
import './mail-texts.css';

const kinds = ['invoice', 'credit'] as const;
type Kind = (typeof kinds)[number];
const partsOf = {
  invoice: { subject: 'subject', body: 'body' },
  credit: { subject: 'creditSubject', body: 'creditBody' },
} as const satisfies Record<Kind, Record<'subject' | 'body', MailTextPart>>;

/** Chooses the language; its text is edited as a whole. */
export function MailTextsSection(): ReactNode {
  const t = useWords('mailTexts');
  const settings = useWords('settings');
  const [language, setLanguage] = useState<Language>(useLanguage());
  const list = useQuery('mailText.list', {});
  return (
    <section className="settings-section mail-texts" aria-labelledby="settings-heading">
      <h2 id="settings-heading">{settings('section.mailTexts')}</h2>
      <p className="soft">{t('help')}</p>
      <Select
        label={t('language')}
        value={language}
        options={languages.map((id) => ({ id, label: t(`language.${id}`) }))}
        onChange={setLanguage}
        help={t('languageHelp')}
      />
      <QueryView query={list}>
        {({ texts }) => {
          const entry = texts.find((each) => each.language === language);
          return entry === undefined ? null : <Editor key={`${language}-${String(entry.isOwn)}`} entry={entry} />;
        }}
      </QueryView>
    </section>
  );
}

function Editor({ entry }: { readonly entry: MailTextEntry }): ReactNode {
  const t = useWords('mailTexts');
  const common = useWords('common');
  const say = useSay();
  const save = useCommand('mailText.save');
  const [draft, setDraft] = useState(entry.text);
  const [kind, setKind] = useState<Kind>('invoice');
  const part = partsOf[kind];
  const errors = useFaultWords(draft);
  const keep = async (text: MailText | null): Promise<void> => {
    const saved = await save.run({ language: entry.language, text });
    if (saved?.ok === true) say({ tone: 'good', text: t('saved') });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const wrong = kinds.find((each) => Object.values(partsOf[each]).some((name) => errors[name] !== null));
    if (wrong === undefined) void keep(draft);
    else setKind(wrong);
  };
  return (
    <div className="mail-text-columns">
      <form className="stack" onSubmit={submit} noValidate>
        <Choice
          label={t('kind')}
          value={kind}
          options={kinds.map((id) => ({ id, label: t(`kind.${id}`) }))}
          onChange={setKind}
        />
        <TextField
          label={t('subject')}
          value={draft[part.subject]}
          onChange={(subject) => setDraft({ ...draft, [part.subject]: subject })}
          error={errors[part.subject]}
        />
        <TextArea
          label={t('body')}
          value={draft[part.body]}
          onChange={(body) => setDraft({ ...draft, [part.body]: body })}
          error={errors[part.body]}
          help={t('bodyHelp')}
          rows={11}
        />
        {save.error !== null && <Failure error={save.error} />}
        <div className="form-actions">
          <span className="faint mail-text-state">{t(entry.isOwn ? 'own' : 'standard')}</span>
          {entry.isOwn && <Button onPress={() => void keep(null)}>{t('toStandard')}</Button>}
          <SubmitButton isPending={save.isRunning}>{common('save')}</SubmitButton>
        </div>
        <FieldList />
      </form>
      <MailTextPreview language={entry.language} text={useSettled(draft)} isCredit={kind === 'credit'} />
    </div>
  );
}

/** Every field with what it gives. */
function FieldList(): ReactNode {
  const t = useWords('mailTexts');
  return (
    <details className="mail-fields">
      <summary>{t('fields')}</summary>
      <p className="soft">{t('fieldsHelp')}</p>
      <dl>
        {[...mailFields, ...mailBlocks].map((field) => (
          <div key={field}>
            <dt className="mono">{`{${field}}`}</dt>
            <dd>{t(`field.${field}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** The first thing wrong with each part, in words; null where all is well. */
function useFaultWords(text: MailText): Readonly<Record<MailTextPart, string | null>> {
  const t = useWords('mailTexts');
  const words = (part: MailTextPart): string | null => {
    if (text[part].trim() === '') return t('empty');
    const isBody = part === 'body' || part === 'creditBody';
    const [fault] = readMailTemplate(text[part], isBody ? 'body' : 'subject').faults;
    return fault === undefined ? null : t(`fault.${fault.kind}`, { ...fault });
  };
  return {
    subject: words('subject'),
    body: words('body'),
    creditSubject: words('creditSubject'),
    creditBody: words('creditBody'),
  };
}
