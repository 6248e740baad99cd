// The icon of each channel. No words.

import type { Channel } from '../../shared/schema/delivery.ts';
import type { IconName } from './icon.tsx';

/** By channel. */
export const channelIcons = {
  email: 'mail',
  sftp: 'print',
  svea: 'file',
  sendregning: 'file',
} as const satisfies Record<Channel, IconName>;
