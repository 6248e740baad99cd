// The contract as a whole: every method has a handler, every code is listed once, every deadline is sensible.

import { describe, expect, it } from 'vitest';
import { engineEventSchema } from '../../../src/shared/contract/frames.ts';
import { methods } from '../../../src/shared/contract/methods.ts';
import { errorCodes } from '../../../src/shared/error-codes.ts';
import type { AppContext } from '../../../src/main/app/context.ts';
import { batchHandlers } from '../../../src/main/rpc/handlers/batch-handlers.ts';
import { deliveryHandlers } from '../../../src/main/rpc/handlers/delivery-handlers.ts';
import { formatHandlers } from '../../../src/main/rpc/handlers/format-handlers.ts';
import { invoiceHandlers } from '../../../src/main/rpc/handlers/invoice-handlers.ts';
import { accountHandlers } from '../../../src/main/rpc/handlers/account-handlers.ts';
import { orderHandlers } from '../../../src/main/rpc/handlers/order-handlers.ts';
import { storageHandlers } from '../../../src/main/rpc/handlers/storage-handlers.ts';
import type { Shell } from '../../../src/main/rpc/handlers/shell.ts';

describe('the method table', () => {
  it('has exactly one handler for every method', () => {
    // Handlers are only made here, never called: the context's parts are not touched.
    const context = { store: {} } as AppContext;
    const names = [
      batchHandlers(context, {} as Shell),
      deliveryHandlers(context),
      formatHandlers(context, {} as Shell),
      storageHandlers(context, {} as Shell),
      invoiceHandlers(context),
      orderHandlers(context),
      accountHandlers(context),
    ].flatMap((handlers) => Object.keys(handlers));
    expect(names.toSorted()).toEqual(Object.keys(methods).toSorted());
  });

  it.each(Object.entries(methods))('%s has a deadline of at most a minute', (_name, { deadlineMs }) => {
    expect(deadlineMs).toBeGreaterThanOrEqual(1_000);
    expect(deadlineMs).toBeLessThanOrEqual(60_000);
  });

  it('names no path, address or table in what a page may pass', () => {
    const inputs = JSON.stringify(
      Object.values(methods).map(({ input }) => ('shape' in input ? Object.keys(input.shape) : [])),
    );
    expect(inputs).not.toMatch(/"(?:path|url|href|file|fileName|folder|table|sql|where|orderBy)"/u);
  });
});

describe('the error codes', () => {
  it('are listed once each, in capitals', () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
    for (const code of errorCodes) expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/u);
  });

  it('that hosts and clients decide on are among them', () => {
    for (const code of ['BAD_REQUEST', 'CANCELLED', 'ENGINE_GONE', 'INTERNAL', 'NOT_ALLOWED', 'TIMED_OUT'])
      expect(errorCodes).toContain(code);
  });
});

describe('events', () => {
  it('carry ids and counts only, never invoice data', () => {
    const topics = engineEventSchema.options.map(({ shape }) => Object.keys(shape));
    expect(topics.flat().toSorted()).toEqual([
      'batchId',
      'batchId',
      'job',
      'topic',
      'topic',
      'topic',
      'topic',
      'topic',
    ]);
  });
});
