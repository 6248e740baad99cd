// When SendRegning is left alone: it may be taken down each night from 2 to 3, and a request may take it minutes. Pure: the instant is passed in.

import { createDoors } from '../../domain/opening-hours.ts';
import type { OpeningHours } from '../../../shared/schema/connection-limits.ts';

/**
 * A quarter of an hour before the service's own hour (guide, Maintenance window), which is Norwegian time. What the wall shows decides: on the spring
 * night it ends after a quarter of an hour, in the autumn both hours are closed.
 */
export const maintenanceHours: OpeningHours = {
  timeZone: 'Europe/Oslo',
  open: [],
  closed: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '01:45', to: '03:00' }],
};

/** Asks whether nothing may be started now. */
export function createMaintenanceCheck(): (nowMs: number) => boolean {
  const doors = createDoors(maintenanceHours);
  return (nowMs) => !doors.at(nowMs).isOpen;
}
