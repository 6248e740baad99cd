// Form fields: label above, help and error beside the field they concern.

import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  CheckboxButton,
  CheckboxField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  RadioButton,
  RadioField,
  RadioGroup,
  SearchField as AriaSearchField,
  Select as AriaSelect,
  SelectValue,
  Text,
  TextField as AriaTextField,
} from 'react-aria-components';
import { Icon } from './icon.tsx';
import './fields.css';

/** A line of text. */
export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string;
  /** Shown under the field; makes it invalid. */
  readonly error?: string | null;
  readonly type?: 'text' | 'email' | 'password' | 'url';
  /** For numbers: digits on touch keyboards, aligned right. */
  readonly isNumber?: boolean;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  readonly isWide?: boolean;
}

/** A line of text with its label, help and error. */
export function TextField({
  label,
  value,
  onChange,
  help,
  error = null,
  type = 'text',
  isNumber = false,
  isRequired = false,
  isDisabled = false,
  autoFocus = false,
  placeholder,
  isWide = false,
}: TextFieldProps): ReactNode {
  return (
    <AriaTextField
      className={isWide ? 'field field-wide' : 'field'}
      value={value}
      onChange={onChange}
      type={type}
      isInvalid={error !== null}
      isRequired={isRequired}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      validationBehavior="aria"
      autoComplete="off"
      {...(isNumber ? { inputMode: 'numeric' as const } : {})}
    >
      <Label className="field-label">{label}</Label>
      <Input
        className={isNumber ? 'input numeric' : 'input'}
        spellCheck="false"
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      {help !== undefined && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}

/** One of a few values. */
export interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly options: readonly { readonly id: T; readonly label: string; readonly detail?: string }[];
  readonly onChange: (value: T) => void;
  readonly help?: string;
  readonly placeholder?: string;
  /** The label is said but not drawn. */
  readonly hideLabel?: boolean;
}

/** A list to choose one value from. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  help,
  placeholder,
  hideLabel = false,
}: SelectProps<T>): ReactNode {
  const pick = (key: unknown): void => {
    const chosen = options.find((option) => option.id === key);
    if (chosen !== undefined) onChange(chosen.id);
  };
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={pick}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className="field-label">{label}</Label>}
      <AriaButton className="input select-button">
        <SelectValue className="select-value" />
        <Icon name="down" size={12} />
      </AriaButton>
      {help !== undefined && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <Popover className="popover" offset={4}>
        <ListBox className="list-box" items={options}>
          {(option) => (
            <ListBoxItem className="list-item" id={option.id} textValue={option.label}>
              <Text slot="label">{option.label}</Text>
              {option.detail !== undefined && (
                <Text slot="description" className="faint">
                  {option.detail}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** One of a few values, all visible. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly id: T; readonly label: string; readonly detail?: string }[];
  readonly onChange: (value: T) => void;
}): ReactNode {
  const pick = (chosen: string): void => {
    const option = options.find(({ id }) => id === chosen);
    if (option !== undefined) onChange(option.id);
  };
  return (
    <RadioGroup className="choice" value={value} onChange={pick}>
      <Label className="field-label">{label}</Label>
      <div className="choice-options">
        {options.map((option) => (
          <RadioField key={option.id} value={option.id}>
            <RadioButton className="radio">
              <span className="radio-mark" />
              <span>{option.label}</span>
            </RadioButton>
            {option.detail !== undefined && (
              <Text slot="description" className="radio-detail">
                {option.detail}
              </Text>
            )}
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}

/** On or off. */
export function Checkbox({
  label,
  isChecked,
  onChange,
  hideLabel = false,
  isPartly = false,
}: {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly hideLabel?: boolean;
  readonly isPartly?: boolean;
}): ReactNode {
  return (
    <CheckboxField isSelected={isChecked} isIndeterminate={isPartly} onChange={onChange}>
      <CheckboxButton className="checkbox">
        <span className="checkbox-mark">
          {isPartly ? <Icon name="minus" size={12} /> : isChecked ? <Icon name="check" size={12} /> : null}
        </span>
        <span className={hideLabel ? 'visually-hidden' : ''}>{label}</span>
      </CheckboxButton>
    </CheckboxField>
  );
}

/** Text to look for, with a button that clears it. Escape clears too. */
export function SearchField({
  label,
  hint = label,
  value,
  onChange,
  onSubmit,
}: {
  readonly label: string;
  /** Stands in the empty field; a shorter word where the field is narrow. */
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: (value: string) => void;
}): ReactNode {
  return (
    <AriaSearchField
      className="search"
      aria-label={label}
      value={value}
      onChange={onChange}
      {...(onSubmit === undefined ? {} : { onSubmit })}
    >
      <Icon name="search" size={14} />
      <Input className="search-input" placeholder={hint} spellCheck="false" />
      <AriaButton className="search-clear">
        <Icon name="close" size={12} />
      </AriaButton>
    </AriaSearchField>
  );
}
