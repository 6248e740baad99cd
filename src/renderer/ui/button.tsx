// Buttons with words and buttons with only an icon (which always have a name, and a tooltip with their key).

import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import { KeyHint } from './key-hint.tsx';
import './button.css';

/** How much a button asks for attention: one `primary` a view; `danger` for what can't be undone. */
export type ButtonTone = 'primary' | 'normal' | 'quiet' | 'danger';

/** A button that says its verb. */
export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly tone?: ButtonTone;
  readonly icon?: IconName;
  readonly isDisabled?: boolean;
  /** While its command runs: keeps focus, does nothing, says so. */
  readonly isPending?: boolean;
  readonly autoFocus?: boolean;
  readonly describedBy?: string;
}

/** A button with words. */
export function Button({
  children,
  onPress,
  tone = 'normal',
  icon,
  isDisabled = false,
  isPending = false,
  autoFocus = false,
  describedBy,
}: ButtonProps): ReactNode {
  return (
    <AriaButton
      className={`button button-${tone}`}
      onPress={onPress}
      isDisabled={isDisabled}
      isPending={isPending}
      autoFocus={autoFocus}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
    </AriaButton>
  );
}

/** Sends its form. */
export function SubmitButton({
  children,
  isPending = false,
}: {
  readonly children: ReactNode;
  readonly isPending?: boolean;
}): ReactNode {
  return (
    <AriaButton type="submit" className="button button-primary" isPending={isPending}>
      <span>{children}</span>
    </AriaButton>
  );
}

/** A button that only shows an icon. */
export interface IconButtonProps {
  readonly icon: IconName;
  /** Its name for screen readers and in the tooltip. */
  readonly label: string;
  readonly onPress: () => void;
  /** `mod+k` as in the command list. */
  readonly keys?: string;
  readonly isDisabled?: boolean;
  /** For buttons that are on or off. */
  readonly isOn?: boolean;
}

/** An icon with a name, a tooltip and its key. */
export function IconButton({ icon, label, onPress, keys, isDisabled = false, isOn }: IconButtonProps): ReactNode {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        className="icon-button"
        aria-label={label}
        onPress={onPress}
        isDisabled={isDisabled}
        {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
      >
        <Icon name={icon} />
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {label}
        {keys !== undefined && <KeyHint keys={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}
