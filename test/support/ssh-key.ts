// SSH keys for tests. Of those the library makes, about one in 250 cannot be read again by itself; such a one would fail a test for nothing.

import ssh2 from 'ssh2';

/** An Ed25519 key pair in OpenSSH's form, locked where a passphrase is given. */
export function sshKeyPair(passphrase?: string): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair =
      passphrase === undefined
        ? ssh2.utils.generateKeyPairSync('ed25519')
        : ssh2.utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-cbc', rounds: 8 });
    if (!(ssh2.utils.parseKey(pair.private, passphrase) instanceof Error)) return pair;
  }
}
