// The options of `connection add` as they become a connection, and what is said about those that do not fit.

import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../src/main/hosts/cli/command.ts';
import { emailDraft, sftpDraft, unfit } from '../../../src/main/hosts/cli/connection-draft.ts';

const text = { type: 'string' } as const;
const names = ['name', 'host', 'port', 'user', 'from', 'ca', 'login', 'token-url', 'client-id', 'scope', 'cc', 'bcc'];
const more = ['dkim-domain', 'dkim-selector', 'dkim-key', 'path', 'key', 'host-key', 'names', 'parallel', 'tls'];
const options = {
  ...Object.fromEntries([...names, ...more, 'from-name', 'password-env'].map((name) => [name, text])),
  agent: { type: 'boolean' },
  'accept-host-key': { type: 'boolean' },
} as const;

function read(line: string) {
  const parsed = readArguments(line.split(' '), options, 0);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}
const email = (line: string) => emailDraft(read(`--name m --host h --port 25 --from a@b.se ${line}`));
const sftp = (line: string) => sftpDraft(read(`--name p --host h --user u --path / --accept-host-key ${line}`));

describe('a mail server’s further options', () => {
  it('are all in the settings', () => {
    expect(
      email(
        '--ca ca.pem --login clientCredentials --token-url https://t --client-id c --bcc arkiv@b.se --dkim-domain b.se --dkim-selector s --dkim-key k.pem',
      ),
    ).toMatchObject({
      config: {
        caPath: 'ca.pem',
        login: 'clientCredentials',
        oauth: { tokenUrl: 'https://t', clientId: 'c', scope: '' },
        copyTo: { kind: 'bcc', address: 'arkiv@b.se' },
        dkim: { domain: 'b.se', selector: 's', keyPath: 'k.pem' },
      },
    });
    expect(email('--cc arkiv@b.se')).toMatchObject({ config: { copyTo: { kind: 'cc', address: 'arkiv@b.se' } } });
  });

  it.each([
    ['--cc nobody', '--cc takes an e-mail address'],
    ['--bcc nobody', '--bcc takes an e-mail address'],
    ['--cc a@b.se --bcc c@d.se', 'not both'],
    ['--login token', '--login takes password, accessToken, clientCredentials'],
    ['--login clientCredentials --token-url https://t', '--client-id is needed'],
    ['--dkim-domain b.se', '--dkim-selector, --dkim-key are needed'],
  ])('%s: %s', (line, says) => {
    expect(email(line)).toContain(says);
  });

  it('are called by their own names where the settings do not take them', () => {
    expect(unfit(['config', 'copyTo', 'address'], read('--cc a@b.se'))).toContain('--cc ');
    expect(unfit(['config', 'copyTo', 'address'], read('--bcc a@b.se'))).toContain('--bcc ');
    expect(unfit(['config', 'dkim', 'selector'], read('--cc a@b.se'))).toContain('--dkim-selector ');
  });
});

describe('a print vendor’s options', () => {
  it('hold the pattern of names and the agent', () => {
    expect(sftp('--names {date:yyyy}/{key}.pdf --agent --key id.pub')).toMatchObject({
      config: { namePattern: '{date:yyyy}/{key}.pdf', login: 'agent', privateKeyPath: 'id.pub' },
    });
    expect(sftp('--key id')).not.toHaveProperty('config.login');
  });

  it.each([
    ['--names {nr}.pdf', '--names has {nr} at character 1; the fields are {invoiceNumber}'],
    ['--names {date:åå}/{key}.pdf', '--names has {date:åå} at character 1'],
    ['--names ../{key}.pdf', 'at character 1 that does not begin with'],
    ['--names {key}.xml', '--names must end in .pdf'],
    ['--names faktura.pdf', 'needs {invoiceNumber} or {key}'],
    ['--names a:{key}.pdf', '":" at character 2'],
  ])('%s: %s', (line, says) => {
    expect(sftp(line)).toContain(says);
  });
});
