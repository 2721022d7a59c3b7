import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tokenizeLinks } from './link-tokens.js';

function links(text: string): readonly (string | undefined)[] {
  return tokenizeLinks(text).flatMap(({ href }) => href ?? []);
}

describe('tokenizeLinks()', () => {
  test('leaves plain text as it is', () => {
    assert.deepEqual(tokenizeLinks('See you at 9'), [{ text: 'See you at 9', href: undefined }]);
    assert.deepEqual(tokenizeLinks(''), []);
  });

  test('finds web, mail and telephone addresses', () => {
    assert.deepEqual(links('https://a.example/b?c=1#d'), ['https://a.example/b?c=1#d']);
    assert.deepEqual(links('www.a.example'), ['https://www.a.example/']);
    assert.deepEqual(links('mailto:ann@a.example'), ['mailto:ann@a.example']);
    assert.deepEqual(links('tel:+4915112345'), ['tel:+4915112345']);
  });

  test('never loses or changes a letter', () => {
    const text = 'Look (https://a.example/x_(1)), then http://b.example! 看https://c.example/路。';
    const whole = tokenizeLinks(text).map((token) => token.text);
    assert.equal(whole.join(''), text);
  });

  test('ends a link before the punctuation of the sentence', () => {
    assert.deepEqual(links('(https://a.example/x_(1)).'), ['https://a.example/x_(1)']);
    assert.deepEqual(links('Is it https://a.example?'), ['https://a.example/']);
    assert.deepEqual(links('看https://c.example/p，好吗'), ['https://c.example/p']);
  });

  test('makes no link of anything that could run or deceive', () => {
    const hostile = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\tscript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:msgbox(1)',
      'file:///etc/passwd',
      'https://bank.example@evil.example/',
      'https://user:secret@evil.example/',
      'https://',
      'http://?',
      'https://...',
      'mailto:',
      'tel:',
      'xhttps://a.example',
      '<a href="javascript:alert(1)">x</a>',
      '&#106;avascript:alert(1)',
    ];
    for (const text of hostile) assert.deepEqual(links(text), [], text);
  });

  test('keeps quotes and brackets out of the address that it shows', () => {
    const [href] = links('https://a.example/"onmouseover="alert(1)');
    assert.equal(href, 'https://a.example/');
  });

  // Work that grew with the square of the length would go on for hours here.
  test('comes to its end with a hostile text of a million letters', { timeout: 60_000 }, () => {
    const length = 1_000_000;
    const hostile = [
      `http://a.example/${')'.repeat(length)}`,
      `http://a.example/${'.'.repeat(length)}a`,
      `http://a.example/${'(.'.repeat(length / 2)}`,
      `${'('.repeat(length)}https://a.example/${')'.repeat(length)}`,
      'http://'.repeat(length / 8),
    ];
    for (const text of hostile) {
      const shown = tokenizeLinks(text).map((token) => token.text);
      assert.equal(shown.join(''), text);
    }
  });
});
