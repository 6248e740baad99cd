// What an operator types into a connection's form, and what becomes of it.

import { describe, expect, it } from 'vitest';
import { noLimits } from '../../../src/shared/schema/connection-limits.ts';
import { checkDraft, draftOf, emptyDraft } from '../../../src/renderer/features/settings/connection-draft.ts';
import type { ConnectionDraft } from '../../../src/renderer/features/settings/connection-draft.ts';

const email: ConnectionDraft = {
  ...emptyDraft('email', true),
  name: 'E-post',
  host: 'smtp.example.org',
  user: 'faktura',
  password: 'hemligt',
  fromAddress: 'faktura@example.org',
};
const sftp: ConnectionDraft = {
  ...emptyDraft('sftp', true),
  name: 'Tryckeri',
  host: 'sftp.example.org',
  user: 'norr',
  password: 'hemligt',
  path: 'in',
};

describe('a connection form', () => {
  it('becomes the contract’s input, trimmed', () => {
    expect(checkDraft({ ...email, host: ' smtp.example.org ' })).toEqual({
      input: {
        name: 'E-post',
        endpoint: 'production',
        config: {
          channel: 'email',
          host: 'smtp.example.org',
          port: 587,
          tls: 'starttls',
          user: 'faktura',
          fromAddress: 'faktura@example.org',
          fromName: null,
          parallel: 5,
        },
        limits: noLimits,
        secret: { kind: 'keychain' },
        password: 'hemligt',
      },
    });
  });

  it('of a print vendor has names and the agent’s keys only where they are wished, and gives them back', () => {
    const wished = { ...sftp, login: 'agent', namePattern: ' {date:yyyy}/{key}.pdf ', secret: 'none' } as const;
    const checked = checkDraft(wished);
    expect(checked).toMatchObject({
      input: {
        config: { login: 'agent', privateKeyPath: null, namePattern: '{date:yyyy}/{key}.pdf' },
        secret: { kind: 'none' },
        password: null,
      },
    });
    const plain = checkDraft(sftp);
    if (!('input' in plain) || !('input' in checked)) throw new Error('nothing is wrong with them');
    expect(Object.keys(plain.input.config)).not.toEqual(expect.arrayContaining(['login', 'namePattern']));
    const saved = { id: 'a', createdAtMs: 0, lastTest: null, channel: 'sftp', limits: noLimits } as const;
    expect(draftOf({ ...checked.input, ...saved })).toMatchObject({
      login: 'agent',
      namePattern: '{date:yyyy}/{key}.pdf',
    });
    expect(checkDraft({ ...sftp, namePattern: 'faktura.pdf' })).toHaveProperty('problems');
  });

  it('says what is wrong field by field, all at once', () => {
    const checked = checkDraft({ ...emptyDraft('sftp', true), port: '70000', parallel: '0', login: 'key' });
    expect(checked).toEqual({
      problems: {
        name: 'required',
        host: 'required',
        user: 'required',
        path: 'required',
        privateKeyPath: 'required',
        port: 'port',
        parallel: 'parallel',
      },
      limitProblems: {},
    });
  });

  it('refuses half an address and a port that is not a whole number', () => {
    expect(checkDraft({ ...email, fromAddress: 'faktura' })).toMatchObject({ problems: { fromAddress: 'email' } });
    expect(checkDraft({ ...email, port: '58.7' })).toMatchObject({ problems: { port: 'port' } });
  });

  it('refuses line breaks in anything that ends up in a header or a path', () => {
    expect(checkDraft({ ...email, fromName: 'Norr\r\nBcc: x@example.org' })).toEqual({
      problems: { fromName: 'controlCharacter' },
      limitProblems: {},
    });
    expect(checkDraft({ ...sftp, path: 'in\u0000ut' })).toEqual({
      problems: { path: 'controlCharacter' },
      limitProblems: {},
    });
  });

  it('sends no password where none is kept: without a login, or from a variable', () => {
    expect(checkDraft({ ...email, user: '' })).toMatchObject({ input: { secret: { kind: 'none' }, password: null } });
    expect(checkDraft({ ...sftp, secret: 'environment', variable: 'TRYCKERI_PASSWORD' })).toMatchObject({
      input: { secret: { kind: 'environment', variable: 'TRYCKERI_PASSWORD' }, password: null },
    });
    expect(checkDraft({ ...sftp, secret: 'environment', variable: '1-fel' })).toEqual({
      problems: { variable: 'variable' },
      limitProblems: {},
    });
  });

  it('keeps what an existing connection has, with the password field empty', () => {
    const checked = checkDraft(sftp);
    if (!('input' in checked)) throw new Error('the draft is right');
    const { password: _password, ...kept } = checked.input;
    const connection = {
      ...kept,
      limits: noLimits,
      id: 'c1',
      channel: 'sftp' as const,
      createdAtMs: 0,
      lastTest: null,
    };
    const draft = draftOf(connection);
    if (draft === null) throw new Error('there is no form');
    expect(draft.password).toBe('');
    expect(checkDraft(draft)).toEqual({ input: { ...kept, password: null } });
  });
});
