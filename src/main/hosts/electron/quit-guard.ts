// Whether the program may end now: asks first while something is being sent, then lets the engine finish. Knows no window and no dialog.

/** What goes on in the engine. */
export interface UnderWay {
  /** Deliveries that are being sent right now. */
  readonly sending: number;
  /** Deliveries that wait for their turn. */
  readonly waiting: number;
  /** Imports, releases and corrections that run. */
  readonly jobs: number;
}

/** What the guard asks and does. */
export interface QuitGuardOptions {
  /** Null when the engine does not say: it may be the reason for quitting, and does not hold it up. */
  underWay(): Promise<UnderWay | null>;
  /** True: quit all the same. */
  ask(what: UnderWay): Promise<boolean>;
  /** The operator has decided; the window can go. */
  leave(): void;
  /** Lets the engine finish what is under way. */
  end(): Promise<void>;
  /** Quits for good. */
  quit(): void;
}

/** Stands between the wish to quit and the end. */
export interface QuitGuard {
  /** True: the program may end now. False: it is asked or finished first, and quits by itself when that is done. */
  mayQuit(): boolean;
  /** From now on nobody is asked: the system ends the program. */
  doNotAsk(): void;
}

/** Makes the guard. However often the wish is repeated, one question stands and one end is made. */
export function createQuitGuard(options: QuitGuardOptions): QuitGuard {
  let phase: 'open' | 'asking' | 'ending' | 'ended' = 'open';
  let isAsked = true;

  async function isWanted(): Promise<boolean> {
    if (!isAsked) return true;
    const what = await options.underWay();
    if (what === null || what.sending + what.jobs === 0) return true;
    return options.ask(what);
  }

  async function run(): Promise<void> {
    phase = 'asking';
    if (!(await isWanted())) {
      phase = 'open';
      return;
    }
    phase = 'ending';
    options.leave();
    try {
      await options.end();
    } finally {
      phase = 'ended';
      options.quit();
    }
  }

  return {
    mayQuit: () => {
      if (phase === 'ended') return true;
      if (phase === 'open') void run();
      return false;
    },
    doNotAsk: () => {
      isAsked = false;
    },
  };
}
