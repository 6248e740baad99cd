// The part of a print vendor's form about folders and file names: the pattern, what it gives, its fields. No calls.

import type { ReactNode } from 'react';
import {
  fillNamePattern,
  nameDateFields,
  nameTextFields,
  readNamePattern,
  usualNamePattern,
} from '../../../shared/name-pattern.ts';
import type { NamePatternFault, NameValues } from '../../../shared/name-pattern.ts';
import { TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/use-words.ts';
import { FormPart } from './form-part.tsx';

interface NameProps {
  readonly pattern: string;
  /** As the form was opened. */
  readonly start: string;
  readonly fault: NamePatternFault | null;
  /** Somebody wanted to save: what is wrong is said now. */
  readonly isTold: boolean;
  readonly onChange: (pattern: string) => void;
}

/** One invoice, the same every time, so that the example does not move. */
const example: NameValues = {
  invoiceNumber: '10427',
  key: 'a1b2c3d4',
  batch: '2026-11',
  seller: '5566778899',
  currency: 'SEK',
  kind: 'invoice',
  date: '2026-11-21',
  invoiceDate: '2026-11-20',
  dueDate: '2026-12-20',
};

/** The part. */
export function NamePatternFields({ pattern, start, fault, isTold, onChange }: NameProps): ReactNode {
  const t = useWords('namePattern');
  const read = readNamePattern(pattern.trim() === '' ? usualNamePattern : pattern.trim());
  const told = isTold && fault !== null;
  return (
    <FormPart
      title={t('title')}
      note={t(pattern.trim() === '' ? 'usual' : 'own')}
      startsOpen={start !== ''}
      isWrong={told}
    >
      <TextField
        label={t('pattern')}
        value={pattern}
        onChange={onChange}
        error={told ? t(`fault.${fault.kind}`, { column: fault.column, found: fault.found }) : null}
        help={read.ok ? t('example', { name: fillNamePattern(read.pattern, example) }) : t('help')}
        isWide
      />
      <dl className="name-fields">
        {[...nameTextFields, ...nameDateFields].map((field) => (
          <div key={field}>
            <dt>
              <code>{`{${field}}`}</code>
            </dt>
            <dd>{t(`field.${field}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="field-help">{t('dates')}</p>
    </FormPart>
  );
}
