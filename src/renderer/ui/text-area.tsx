// Text over several lines with its label, help and error. Knows nothing of what it is for.

import type { ReactNode } from 'react';
import { TextArea as AriaTextArea, FieldError, Label, Text, TextField as AriaTextField } from 'react-aria-components';
import './fields.css';

/** Several lines of text. */
export interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string;
  /** Shown under the field; makes it invalid. */
  readonly error?: string | null;
  readonly rows: number;
}

/** Text over several lines. */
export function TextArea({ label, value, onChange, help, error = null, rows }: TextAreaProps): ReactNode {
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={error !== null}
      validationBehavior="aria"
      autoComplete="off"
    >
      <Label className="field-label">{label}</Label>
      <AriaTextArea className="input text-area" rows={rows} spellCheck="false" />
      {help !== undefined && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}
