/** Can people say when they may be asked, and the programme office what holds for everybody? */
import { expect, it } from 'vitest';
import { verify } from '../../src/db/verify.ts';
import { asks, newest, reads, register, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
type Given = Record<string, string | string[] | null>;

const shown = (world: World, who: string): string => {
  const view = world.control.openView(who);
  return view === null ? '' : world.control.read.text(view as never);
};

async function fillIn(world: World, who: string, fields: Given): Promise<string> {
  await world.control.fill(who, fields as never);
  const submitted = await world.control.submit(who);
  await world.settle();
  if (submitted.ok) return newest(world, who, '#general');
  return Object.values(submitted.errorsByLabel).join(' ');
}

/** Opens settings by command, fills them in, and gives the answer or what is refused by label. */
async function set(world: World, who: string, fields: Given, what = ''): Promise<string> {
  await world.control.command(who, '#general', `/pilot settings ${what}`.trim());
  await world.settle();
  if (world.control.openView(who) === null) return newest(world, who, '#general');
  const answer = await fillIn(world, who, fields);
  if (world.control.openView(who) !== null) await world.control.closeView(who);
  return answer;
}

const ofKind = async (world: World, kind: string) =>
  (await world.db.q.select().from(world.db.tables.logbook)).filter((entry) => entry.kind === kind);

onBothEngines('one’s own settings', (openFresh) => {
  it('show what counts, and when somebody is asked next', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.control.command('ana', '#general', '/pilot settings');
    await world.settle();
    expect(shown(world, 'ana')).toMatch(
      /You work 9:00–17:00 Europe\/Berlin time, as in Slack; days off: Saturday, Sunday; 0 holidays known/,
    );
    expect(shown(world, 'ana')).toMatch(/Claims triage: Thu 8 Jan 9:00, Thu 15 Jan 9:00, Thu 22 Jan 9:00/);
    await world.control.closeView('ana');
    await world.control.command('priya', '#general', '/pilot settings');
    await world.settle();
    expect(shown(world, 'priya')).toMatch(/Europe\/London time[\s\S]*comes at 8:30/);
    expect(shown(world, 'priya')).not.toMatch(/asked next/);
  });

  it('move the question to the hour, the zone and the days somebody works', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    const answer = await set(world, 'ana', {
      'Time zone': 'lisbon',
      'Working hours': '10-18',
      'Days off each week': 'Thursday, Saturday, Sunday',
      Country: 'Portugal',
      'Message of the day': '7:45',
    });
    expect(answer).toMatch(
      /Saved[\s\S]*You work 10:00–18:00 Europe\/Lisbon time; days off: Thursday, Saturday, Sunday/,
    );
    expect(answer).toMatch(/comes at 7:45/);
    expect(answer).toMatch(/Claims triage: Fri 9 Jan 7:45, Fri 16 Jan 7:45, Fri 23 Jan 7:45/);
    await world.time.advanceTo(Date.parse('2026-01-09T07:44:00Z'));
    expect(told(world, 'ana').some((text) => /check-in due/.test(text))).toBe(false);
    await world.time.advanceTo(Date.parse('2026-01-09T07:46:00Z'));
    expect(told(world, 'ana').some((text) => /check-in due/.test(text))).toBe(true);
    const [entry] = await ofKind(world, 'preferences_changed');
    expect(entry?.body).toBe('{"changed":["zone","hours","weekend","country","slot","place"]}');
    expect(await verify(db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });

  it('win over Slack until they are taken back', async () => {
    const world = await startWorld(await openFresh());
    await set(world, 'ana', { 'Time zone': 'Asia/Tokyo' });
    expect(await asks(world, 'ana', '/pilot digest here weekly monday 9:00', '#claims')).toMatch(
      /Asia\/Tokyo time/,
    );
    const answer = await set(world, 'ana', { 'Time zone': null });
    expect(answer).toMatch(/Europe\/Berlin time, as in Slack/);
    expect((await ofKind(world, 'preferences_changed')).length).toBe(2);
    await set(world, 'ana', {});
    expect((await ofKind(world, 'preferences_changed')).length).toBe(2);
  });

  it('are refused in words at the field, and nothing is lost', async () => {
    const world = await startWorld(await openFresh());
    await world.control.command('ana', '#general', '/pilot settings');
    await world.settle();
    const cases: [Given, string, RegExp][] = [
      [{ 'Time zone': 'Mars/Olympus' }, 'Time zone', /"Mars\/Olympus" is not a time zone I know/],
      [{ 'Time zone': 'argentina' }, 'Time zone', /Do you mean America\/Argentina/],
      [{ 'Time zone': null, 'Working hours': '22:00-06:00' }, 'Working hours', /Work ends before it begins/],
      [{ 'Working hours': 'nine to five' }, 'Working hours', /cannot be read as working hours/],
      [
        { 'Working hours': null, 'Days off each week': 'blursday' },
        'Days off each week',
        /cannot be read as days/,
      ],
      [
        { 'Days off each week': 'mon tue wed thu fri sat sun' },
        'Days off each week',
        /one day of the week has to be a working day/,
      ],
      [{ 'Days off each week': null, Country: 'Atlantis' }, 'Country', /"Atlantis" is not a country I know/],
      [{ Country: null, 'Message of the day': 'late' }, 'Message of the day', /"late" is not a time of day/],
      [{ 'Message of the day': '3:00' }, 'Message of the day', /3:00 is at night/],
      [{ 'Message of the day': '18:00' }, 'Message of the day', /after your work ends, 17:00/],
    ];
    for (const [fields, label, words] of cases) {
      await world.control.fill('ana', fields as never);
      expect((await world.control.submit('ana')).errorsByLabel[label], String(words)).toMatch(words);
    }
    await world.control.fill('ana', { 'Message of the day': '16:30' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    expect(await asks(world, 'ana', '/pilot settings frobnicate')).toMatch(
      /do not know "settings frobnicate"/,
    );
  });

  it('suggest the holidays of the country, and nobody is asked on one that was confirmed', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: { ...START, 'Start date': '2025-12-29' } });
    await world.control.command('ana', '#general', '/pilot settings');
    await world.settle();
    await world.control.fill('ana', { Country: 'DE-BY', 'Working hours': '8-16' });
    await world.control.pressInView('ana', { label: 'Holidays' });
    await world.settle();
    expect(shown(world, 'ana')).toMatch(/Public holidays of DE-BY, 2026 and 2027, as a suggestion/);
    expect(JSON.stringify(world.control.openView('ana'))).toMatch(/Tue 6 Jan 2026 · Epiphany/);
    expect(JSON.stringify(world.control.openView('ana'))).toMatch(/CC BY-SA/);
    expect(await fillIn(world, 'ana', { 'Other days off': '24.12.2026' })).toMatch(
      /"24.12.2026" is not a day/,
    );
    await fillIn(world, 'ana', { 'Other days off': '2026-01-08\n2026-12-24' });
    expect(shown(world, 'ana')).toMatch(/My settings/);
    const view = JSON.stringify(world.control.openView('ana'));
    expect(view).toMatch(/My settings/);
    const saved = await fillIn(world, 'ana', {});
    expect(saved).toMatch(/You work 8:00–16:00[\s\S]*2\d holidays known/);
    expect(saved).toMatch(/Fri 9 Jan 8:00, Thu 15 Jan 8:00/);
    const [row] = await world.db.q.select().from(world.db.tables.preferences);
    const calendar = row?.settings['calendar'] as { holidays: string[]; country: string };
    expect(calendar.country).toBe('DE');
    expect(calendar.holidays).toEqual(
      expect.arrayContaining(['2026-01-06', '2026-01-08', '2026-12-24', '2027-01-06']),
    );
    await world.time.advanceTo(Date.parse('2026-01-08T15:00:00Z'));
    expect(told(world, 'ana').some((text) => /check-in due/.test(text))).toBe(false);
    await world.time.advanceTo(Date.parse('2026-01-09T12:00:00Z'));
    expect(told(world, 'ana').some((text) => /check-in due/.test(text))).toBe(true);
    expect(world.complaints).toEqual([]);
  });

  it('keep days off that were taken out of the suggestion out of it', async () => {
    const world = await startWorld(await openFresh());
    await set(world, 'ana', { Country: 'Germany' });
    await world.control.command('ana', '#general', '/pilot settings holidays');
    await world.settle();
    expect(await fillIn(world, 'ana', { 'Public holidays': ['2026-05-01', '2026-12-25'] })).toMatch(
      /2 days off are saved. Nobody asks you on these days/,
    );
    await world.control.command('ana', '#general', '/pilot settings holidays');
    await world.settle();
    const form = JSON.stringify(world.control.openView('ana'));
    expect(form.match(/"initial_options":\[(.*?)\]/)?.[1]?.match(/2026-\d\d-\d\d/g)).toEqual([
      '2026-05-01',
      '2026-12-25',
    ]);
  });

  it('open from the Preferences of a message', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-08T12:00:00Z'));
    await world.control.press('ana', { channel: 'Pilotage', label: 'Preferences' });
    await world.settle();
    expect(shown(world, 'ana')).toMatch(/My settings[\s\S]*Message of the day/);
  });
});

onBothEngines('the settings of a workspace', (openFresh) => {
  it('are for the programme office, which is the admins until it names its members', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await register(world, 'Claims triage');
    expect(await set(world, 'ana', {}, 'workspace')).toMatch(/cannot change the settings of this workspace/);
    expect(await asks(world, 'nora', '/pilot show claims-triage')).toMatch(/no pilot/);
    const answer = await set(
      world,
      'lena',
      { 'Name of the programme office': 'AI office', 'Members of the programme office': ['@nora'] },
      'workspace',
    );
    expect(answer).toMatch(/Saved for this workspace[\s\S]*You are not a member of AI office/);
    expect(await asks(world, 'nora', '/pilot show claims-triage')).toMatch(/Claims triage/);
    expect(await asks(world, 'lena', '/pilot show claims-triage')).toMatch(/no pilot "claims-triage"/);
    // The name people gave it stands wherever it is named.
    expect(await asks(world, 'marek', '/pilot pause unit Claims')).toMatch(
      /AI office can\. Nothing has changed/,
    );
    await world.control.openHome('nora');
    await world.settle();
    expect(told(world, 'nora').at(-1)).toMatch(/You belong to AI office: you see every pilot/);
    // An admin can still mend the list.
    expect(
      await set(world, 'lena', { 'Members of the programme office': ['@lena', '@nora'] }, 'workspace'),
    ).not.toMatch(/not a member/);
    expect(await asks(world, 'lena', '/pilot show claims-triage')).toMatch(/Claims triage/);
    const entries = await ofKind(world, 'workspace_settings_changed');
    expect(entries).toHaveLength(2);
    expect(entries[0]?.body).not.toMatch(/U0|AI office/);
    expect(await verify(db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });

  it('refuse members who cannot decide, zones and rhythms that cannot be read', async () => {
    const world = await startWorld(await openFresh());
    const cases: [Given, RegExp][] = [
      [{ 'Members of the programme office': ['@nora', '@greg'] }, /Greg Hall is a guest/],
      [{ 'Members of the programme office': ['@karl'] }, /deactivated/],
      [{ 'Time zone': 'Nowhere' }, /"Nowhere" is not a time zone I know/],
      [{ 'Check-ins': 'biweekly' }, /"biweekly" could mean several things/],
      [{ Country: 'Narnia' }, /"Narnia" is not a country/],
    ];
    for (const [fields, words] of cases) expect(await set(world, 'lena', fields, 'workspace')).toMatch(words);
    const [row] = await world.db.q.select().from(world.db.tables.workspaces);
    expect(row?.settings).toEqual({});
  });

  it('give pilots that have no rhythm of their own another one, with the next three days', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    const answer = await set(world, 'lena', { 'Check-ins': 'every Tuesday 10:30' }, 'workspace');
    expect(answer).toMatch(/Check-ins: every Tuesday at 10:30; next Tue 6 Jan, Tue 13 Jan, Tue 20 Jan/);
    await signedPilot(world, 'Claims letters', { fields: START });
    await world.control.command('ana', '#general', '/pilot settings');
    await world.settle();
    expect(shown(world, 'ana')).toMatch(
      /Claims letters: Tue 6 Jan 10:30[\s\S]*Claims triage: Tue 6 Jan 10:30, Tue 13 Jan 10:30/,
    );
  });

  it('move days and deadlines with the zone, and keep holidays for everybody', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    expect(await set(world, 'lena', { 'Time zone': 'Singapore', Country: 'Singapore' }, 'workspace')).toMatch(
      /Saved/,
    );
    const [row] = await world.db.q.select().from(world.db.tables.workspaces);
    expect(row?.timezone).toBe('Asia/Singapore');
    await world.control.press('lena', { channel: '#general', label: 'Holidays' });
    await world.settle();
    expect(shown(world, 'lena')).toMatch(/Workspace holidays/);
    await fillIn(world, 'lena', { 'Public holidays': ['2026-02-17'], 'Other days off': '2026-01-08' });
    expect(newest(world, 'lena', '#general')).toMatch(/2 days off are saved for this workspace/);
    await world.time.advanceTo(Date.parse('2026-01-08T16:00:00Z'));
    expect(told(world, 'ana').some((text) => /check-in due/.test(text))).toBe(false);
    await world.time.advanceTo(Date.parse('2026-01-09T12:00:00Z'));
    expect(told(world, 'ana').some((text) => /check-in due/.test(text))).toBe(true);
    expect(reads(world, 'omar', '#claims').length).toBeGreaterThan(0);
  });

  it('are not undone unseen by a second person who has had them open', async () => {
    const world = await startWorld(await openFresh());
    await set(world, 'lena', { 'Members of the programme office': ['@lena', '@nora'] }, 'workspace');
    for (const who of ['lena', 'nora']) {
      await world.control.command(who, '#general', '/pilot settings workspace');
      await world.settle();
    }
    await fillIn(world, 'lena', { 'Name of the programme office': 'AI office' });
    expect(await fillIn(world, 'nora', { 'Name of the programme office': 'Pilot desk' })).toMatch(
      /Somebody changed these settings since you opened them, so nothing was saved/,
    );
    const [row] = await world.db.q.select().from(world.db.tables.workspaces);
    expect(row?.settings['officeName']).toBe('AI office');
  });
});
