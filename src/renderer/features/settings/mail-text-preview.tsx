// An e-mail text filled with a real invoice, drawn as the customer will see it. Text only: nothing of it is markup.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { mailTextSchema } from '../../../shared/schema/mail-text.ts';
import type { MailText, ShownMessage } from '../../../shared/schema/mail-text.ts';
import type { Language } from '../../../shared/schema/settings.ts';
import { useQuery } from '../../state/use-query.ts';
import { TextField } from '../../ui/fields.tsx';
import { QueryView } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';

interface PreviewProps {
  readonly language: Language;
  readonly text: MailText;
  /** The credit note's text is shown, whatever the invoice is. */
  readonly isCredit: boolean;
}

/** Asks for the invoice and shows the message. */
export function MailTextPreview({ language, text, isCredit }: PreviewProps): ReactNode {
  const t = useWords('mailTexts');
  const [number, setNumber] = useState('');
  const isWhole = mailTextSchema.safeParse(text).success;
  return (
    <section className="mail-preview stack" aria-labelledby="mail-preview-heading">
      <h3 id="mail-preview-heading">{t('preview')}</h3>
      <TextField label={t('invoiceNumber')} value={number} onChange={setNumber} help={t('invoiceNumberHelp')} />
      {isWhole && <Shown language={language} text={text} isCredit={isCredit} number={number.trim()} />}
    </section>
  );
}

function Shown({ language, text, isCredit, number }: PreviewProps & { readonly number: string }): ReactNode {
  const t = useWords('mailTexts');
  const shown = isCredit
    ? { ...text, subject: text.creditSubject, body: text.creditBody }
    : { ...text, creditSubject: text.subject, creditBody: text.body };
  const preview = useQuery('mailText.preview', {
    language,
    text: shown,
    invoiceNumber: number === '' ? null : number,
  });
  return (
    <QueryView query={preview}>
      {({ message, invoiceNumber }) =>
        message === null ? (
          <p className="soft">{t('previewNone')}</p>
        ) : (
          <>
            <p className="faint">{t('previewOf', { number: invoiceNumber ?? '' })}</p>
            <Message message={message} language={language} />
          </>
        )
      }
    </QueryView>
  );
}

function Message({ message, language }: { readonly message: ShownMessage; readonly language: Language }): ReactNode {
  return (
    <article className="mail-paper" lang={language}>
      <p className="mail-subject">{message.subject}</p>
      {message.blocks.map((block, index) =>
        block.kind === 'table' ? (
          <table key={index}>
            <tbody>
              {block.rows.map(({ label, text }, row) => (
                <tr key={row}>
                  <th scope="row">{label}</th>
                  <td>{text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p key={index} className={block.kind}>
            {block.lines.join('\n')}
          </p>
        ),
      )}
    </article>
  );
}
