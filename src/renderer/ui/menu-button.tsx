// A button that opens a short list of things to do. Keyboard and focus are the component library's.

import type { ReactNode } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import './menu-button.css';

/** One thing to do. */
export interface MenuChoice<T extends string> {
  readonly id: T;
  readonly label: string;
  /** What it is good for, in a few words. */
  readonly detail?: string;
}

/** A button with a list under it. */
export function MenuButton<T extends string>({
  label,
  icon,
  choices,
  isPending = false,
  onChoose,
}: {
  readonly label: string;
  readonly icon: IconName;
  readonly choices: readonly MenuChoice<T>[];
  readonly isPending?: boolean;
  readonly onChoose: (id: T) => void;
}): ReactNode {
  const choose = (key: unknown): void => {
    const chosen = choices.find(({ id }) => id === key);
    if (chosen !== undefined) onChoose(chosen.id);
  };
  return (
    <MenuTrigger>
      <AriaButton className="button button-normal" isPending={isPending}>
        <Icon name={icon} />
        <span>{label}</span>
        <Icon name="down" size={12} />
      </AriaButton>
      <Popover className="popover menu-popover" offset={4} placement="bottom end">
        <Menu className="list-box" onAction={choose} items={choices}>
          {(choice) => (
            <MenuItem className="list-item" id={choice.id} textValue={choice.label}>
              <Text slot="label">{choice.label}</Text>
              {choice.detail !== undefined && (
                <Text slot="description" className="faint">
                  {choice.detail}
                </Text>
              )}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
