import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { en } from './en.js';
import { dayHeading, listTime, startOfDay, timeOfDay } from './format.js';
import { zhCN } from './zh-CN.js';

const at = (...parts: [number, number, number, number?, number?]): number =>
  new Date(...parts).getTime();
const NOW = at(2026, 2, 12, 14, 30);

describe('Times in words', () => {
  test('a row of the list says the time, the day or the date, whichever is shortest', () => {
    const say = (time: number): string => listTime(en, 'en-GB', time, NOW);
    assert.equal(say(at(2026, 2, 12, 9, 52)), '09:52');
    assert.equal(say(at(2026, 2, 11, 23, 59)), 'Yesterday');
    assert.equal(say(at(2026, 2, 9, 8)), 'Mon');
    assert.equal(say(at(2026, 0, 12)), '12 Jan');
    assert.equal(say(at(2024, 11, 31)), '31 Dec 2024');
  });

  test('Chinese says them in Chinese', () => {
    const say = (time: number): string => listTime(zhCN, 'zh-CN', time, NOW);
    assert.equal(say(at(2026, 2, 12, 9, 52)), '09:52');
    assert.equal(say(at(2026, 2, 11, 1)), '昨天');
    assert.equal(say(at(2026, 2, 9, 8)), '周一');
    assert.equal(say(at(2026, 0, 12)), '1月12日');
  });

  test('a bare language reads 24 hours, a region its own custom', () => {
    assert.equal(timeOfDay('en', at(2026, 2, 12, 21, 5)), '21:05');
    assert.match(timeOfDay('en-US', at(2026, 2, 12, 21, 5)), /09:05.PM/);
  });

  test('a day is headed by its name, or by its date in other years', () => {
    const say = (time: number): string => dayHeading(en, 'en-GB', time, NOW);
    assert.equal(say(at(2026, 2, 12, 1)), 'Today');
    assert.equal(say(at(2026, 2, 11, 1)), 'Yesterday');
    assert.equal(say(at(2026, 2, 9, 1)), 'Monday 9 March');
    assert.equal(say(at(2025, 2, 9, 1)), '9 Mar 2025');
  });

  test('days begin at midnight even where one of them has 23 hours', () => {
    const day = startOfDay(at(2026, 2, 29, 12));
    assert.equal(new Date(startOfDay(day, 1)).getDate(), 30);
    assert.equal(new Date(startOfDay(day, 1)).getHours(), 0);
  });
});
