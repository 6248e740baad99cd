// utskick run: delivers what waits in the outbox.

import { wordsForCause } from '../../../../shared/words/cause-words.ts';
import type { Lane } from '../../../../shared/schema/delivery.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { sayError } from '../terminal.ts';

/** The command. */
export const runCommand: Command = {
  name: 'run',
  usage: '[--once] [--data DIR] [--json]',
  summary: 'Deliver until nothing is due; with --once, one pass. Exit 1 when something waits, failed or is unknown.',
  async run(argv, terminal) {
    const parsed = readArguments(
      argv,
      {
        once: { type: 'boolean' },
        data: { type: 'string' },
        json: { type: 'boolean' },
      },
      0,
    );
    if (!parsed.ok) {
      terminal.note(`${parsed.error.message}\nUsage: utskick run ${runCommand.usage}`);
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    const stop = new AbortController();
    const onSignal = (): void => {
      terminal.note(
        'Stopping after the deliveries that are under way… Ctrl+C once more ends at once; what is being sent is then unknown.',
      );
      stop.abort();
    };
    process.once('SIGINT', onSignal);
    process.once('SIGTERM', onSignal);
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson }, async (engine) => {
      const ran = await engine.deliver({ isOnce: parsed.value.flag('once'), signal: stop.signal });
      if (!ran.ok) {
        sayError(terminal, ran.error, isJson);
        return exitCodes.busy;
      }
      const { counts, lanes } = ran.value;
      if (isJson) terminal.out(JSON.stringify(ran.value, null, 2));
      else
        terminal.out(
          `Accepted ${String(counts.accepted)}, waiting ${String(counts.waiting + counts.queued)}, refused or failed ${String(counts.rejected + counts.failed)}, unknown ${String(counts.unknown)}.`,
        );
      for (const lane of lanes) {
        if (lane.blockedBy !== null) terminal.note(standstill(lane, lane.blockedBy));
        else if (lane.hold !== null && lane.counts.queued + lane.counts.waiting > 0)
          terminal.note(heldBack(lane.connectionName, lane.hold));
      }
      const open =
        counts.waiting +
        counts.queued +
        counts.claimed +
        counts.sending +
        counts.rejected +
        counts.failed +
        counts.unknown;
      return open > 0 ? exitCodes.findings : exitCodes.ok;
    });
  },
};

/** Why a connection's deliveries do not go, and what makes them go. */
function standstill(
  { connectionName: name, blockCode, blockDetail, nextTryAtMs }: Lane,
  blockedBy: NonNullable<Lane['blockedBy']>,
): string {
  const again = `"utskick connection test ${name}" shows where it stops, and lets the deliveries go on once all is well.`;
  const detail = blockDetail ?? '';
  const cause =
    blockCode === null || detail !== blockCode
      ? detail.replace(/[^.]$/u, '$&.')
      : wordsForCause({ code: blockCode, detail: null, isRetried: false }, 'en').title;
  const later = nextTryAtMs === null ? 'later' : `at ${localTime(nextTryAtMs)}`;
  const next = {
    paused: `It was paused; "utskick resume ${name}" lets it go on.`,
    pausedByFailures: `${cause} Mend the cause. ${again}`,
    offline: `${cause} The deliveries wait; run again when the network is there.`,
    secretMissing: cause,
    failing: `${cause} It failed several times in a row; one delivery is tried ${later}. ${again}`,
    throttled: `${cause} It asked to wait; one delivery is tried ${later}.`,
    hostKeyChanged: `${cause} Ask the recipient whether the key was changed; a new key is approved in the application.`,
  } as const satisfies Record<typeof blockedBy, string>;
  return `${name} stands still (${blockedBy}): ${next[blockedBy]}`;
}

/** What the connection's own limits keep waiting. */
function heldBack(name: string, { reason, untilMs }: NonNullable<Lane['hold']>): string {
  const why = reason === 'hours' ? 'outside its opening hours' : `its limit for each ${reason} is reached`;
  return `${name} waits ${untilMs === null ? 'without an end in sight' : `until ${localTime(untilMs)}`}: ${why}.`;
}

/** `2026-11-23 08:00`, by this computer's clock. */
function localTime(atMs: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
  return format.format(atMs);
}
