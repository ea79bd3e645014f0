import { describe, expect, it } from 'vitest';
import { holidaysOf } from '../../src/app/holidays.ts';
import { isDay } from '../../src/core/day.ts';

const days = (country: string, region: string | null, years = [2026]) =>
  holidaysOf({ country, region }, years).map(({ day }) => day);

describe('suggested holidays', () => {
  it('are the public ones of a country, in the order of the year, by an English name', () => {
    expect(holidaysOf({ country: 'DE', region: null }, [2026])).toEqual(
      expect.arrayContaining([
        { day: '2026-01-01', name: "New Year's Day" },
        { day: '2026-10-03', name: 'National Holiday' },
      ]),
    );
    const listed = days('DE', null, [2026, 2027]);
    expect(listed).toEqual(listed.toSorted());
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed).toContain('2027-03-26');
  });

  it('are more in a part of a country that has its own', () => {
    expect(days('DE', 'BY')).toContain('2026-01-06');
    expect(days('DE', null)).not.toContain('2026-01-06');
  });

  it('are those of the country where the part is not known, and none where the country is not', () => {
    expect(days('DE', 'XX')).toEqual(days('DE', null));
    expect(days('ZZ', null)).toEqual([]);
    expect(days('AQ', 'ZZ')).toEqual([]);
  });

  it('count every day of a feast that lasts, from its first whole day on', () => {
    const feast = holidaysOf({ country: 'SA', region: null }, [2026]).filter(({ name }) =>
      /Eid al-Fitr/.test(name),
    );
    expect(feast).toHaveLength(4);
    expect(days('IL', null)).toContain('2026-09-21');
  });

  it.each([
    'DE',
    'FR',
    'GB',
    'US',
    'IN',
    'JP',
    'SA',
    'BR',
    'ZA',
    'AU',
  ])('of %s are days that exist', (country) => {
    const listed = days(country, null, [2026, 2027]);
    expect(listed.length).toBeGreaterThan(5);
    expect(listed.filter((day) => !isDay(day))).toEqual([]);
  });
});
