import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { en } from './en.js';
import { dayAndTime, dayHeading, listTime, nameList, startOfDay, timeOfDay } from './format.js';
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

  test('English says what its formatters would say, and makes none of them', (context) => {
    const date = { day: 'numeric', month: 'short' } as const;
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    const kinds: readonly Intl.DateTimeFormatOptions[] = [
      clock,
      { ...date, ...clock },
      { weekday: 'short' },
      date,
      { ...date, year: 'numeric' },
      { weekday: 'long', day: 'numeric', month: 'long' },
    ];
    const formatters = kinds.map((options) => new Intl.DateTimeFormat('en', options));
    // All months, days and hours; ten days later it is the same year.
    const moments = Array.from({ length: 340 }, (_, step) =>
      at(2024, 0, 1 + step, step % 24, step),
    );
    const wanted = moments.map((each) => formatters.map((one) => one.format(each)));
    const made = context.mock.method(Intl, 'DateTimeFormat');
    const said = moments.map((each) => [
      timeOfDay('en', each),
      dayAndTime('en', each),
      listTime(en, 'en', each, startOfDay(each, 3)),
      listTime(en, 'en', each, startOfDay(each, 10)),
      listTime(en, 'en', each, startOfDay(each, 400)),
      dayHeading(en, 'en', each, startOfDay(each, 10)),
    ]);
    assert.deepEqual(said, wanted);
    assert.equal(made.mock.callCount(), 0);
  });

  test('a name alone is put together with nothing', () => {
    assert.equal(nameList('en', []), '');
    assert.equal(nameList('en', ['Mara']), 'Mara');
    assert.equal(nameList('en-GB', ['Mara', 'Omar', 'Lin']), 'Mara, Omar and Lin');
  });

  test('days begin at midnight even where one of them has 23 hours', () => {
    const day = startOfDay(at(2026, 2, 29, 12));
    assert.equal(new Date(startOfDay(day, 1)).getDate(), 30);
    assert.equal(new Date(startOfDay(day, 1)).getHours(), 0);
  });
});
