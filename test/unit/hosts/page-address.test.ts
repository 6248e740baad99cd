// Which frames count as the page, and which addresses may leave the application.

import { describe, expect, it } from 'vitest';
import { externalLinks, isExternalLink } from '../../../src/main/hosts/electron/external-links.ts';
import { isPage, pageAddress } from '../../../src/main/hosts/electron/page-address.ts';

const packaged = pageAddress({ devServer: 'http://localhost:5173', isPackaged: true });

describe('the page', () => {
  it('is the built one in a packaged program, whatever the environment says', () => {
    expect(packaged).toEqual({ url: 'app://utskick/', origin: 'app://utskick' });
  });

  it('is a development server only when that is on this computer', () => {
    expect(pageAddress({ devServer: 'http://localhost:5173', isPackaged: false }).origin).toBe('http://localhost:5173');
    for (const devServer of ['https://localhost:5173', 'http://example.com', 'file:///x', 'nonsense', undefined]) {
      expect(pageAddress({ devServer, isPackaged: false }).origin).toBe('app://utskick');
    }
  });

  it.each([
    ['app://utskick/', true],
    ['app://utskick/#/batches', true],
    ['app://utskick/?x', true],
    ['app://utskick/other.html', false],
    ['app://utskick.evil/', false],
    ['app://other/', false],
    ['https://utskick/', false],
    ['about:blank', false],
    ['', false],
  ])('at %s: %s', (url, expected) => {
    expect(isPage(url, packaged)).toBe(expected);
  });
});

describe('a link to the outside', () => {
  it('is one of a fixed list, compared whole', () => {
    for (const link of externalLinks) {
      expect(link).toMatch(/^(?:https|mailto):/u);
      expect(isExternalLink(link)).toBe(true);
      expect(isExternalLink(`${link}?x`)).toBe(false);
      expect(isExternalLink(link.replace('https:', 'http:'))).toBe(false);
    }
    for (const link of [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://example.com/',
      'mailto:anna@example.com',
      'ms-settings:',
      '',
    ])
      expect(isExternalLink(link)).toBe(false);
  });
});
