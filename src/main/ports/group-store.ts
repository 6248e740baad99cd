// What is kept of a request that carries many deliveries: its bytes and the peer's id of it, from before it is sent until all of it is settled.

/** A request as it is about to be sent. */
export interface NewGroup {
  readonly connectionId: string;
  /** The peer's own protection against a second time; never used for other bytes. */
  readonly batchId: string;
  readonly body: Uint8Array;
  readonly members: readonly GroupMember[];
}

/** A delivery in a request. */
export interface GroupMember {
  readonly deliveryId: number;
  readonly attempt: number;
}

/** A request whose outcome is not known for all of it. */
export interface OpenGroup {
  readonly id: number;
  readonly connectionId: string;
  readonly batchId: string;
  readonly body: Uint8Array;
  readonly startedAtMs: number;
  readonly members: readonly (GroupMember & { readonly target: string })[];
}

/** What the peer answered, kept as it came. */
export interface GroupReply {
  readonly status: number;
  readonly mediaType: string;
  readonly body: Uint8Array;
}

/** Verbs over grouped sends. */
export interface GroupStore {
  /**
   * Keeps a request, durable when it returns; its members are to be marked as sending next, and only then it may be sent. Null when the claim
   * of any member was lost: nothing is kept then.
   */
  begin(fence: number, group: NewGroup, nowMs: number): number | null;
  /**
   * A request that was refused as a whole, and so had no effect, becomes several: it is closed and they are kept in one step, so that each member is in a
   * request that can be settled whenever the program ends. Their ids in order; null when the claim of any member was lost: nothing changes then.
   */
  divide(
    fence: number,
    whole: { readonly groupId: number; readonly parts: readonly NewGroup[] },
    nowMs: number,
  ): readonly number[] | null;
  keepReply(groupId: number, reply: GroupReply): void;
  /** Lets go of the bytes once no member is being sent or in doubt any more; harmless to repeat. `refused`: the peer took nothing of it. */
  close(groupId: number, how: 'ifSettled' | 'refused', nowMs: number): void;
  /** Open requests of these deliveries' present attempts, whole. */
  openOf(deliveryIds: readonly number[]): OpenGroup[];
  /**
   * True: the identical request may be sent again now. Only while each member is in doubt, or accepted, by the attempt it was sent with, and nobody
   * else is at it. Until {@link endRepeat} no member can be queued again.
   */
  beginRepeat(groupId: number, nowMs: number): boolean;
  endRepeat(groupId: number): void;
  /** After a crash nobody is repeating anything, and what was kept and never marked is let go. After the deliveries' own recovery. */
  recover(fence: number, nowMs: number): void;
}
