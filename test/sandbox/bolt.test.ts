import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { type Mode, type RunningApp, startApp, story } from './story-app.ts';

let slack: Sandbox;
let running: RunningApp;

/** What a person reads in #project, one text per message. */
const project = (user: string): string[] =>
  slack.control.read.messages(user, '#project').map((message) => slack.control.read.text(message));

describe.each<Mode>(['socket', 'http'])('a Bolt app over %s', (mode) => {
  beforeEach(async () => {
    slack = await startSandbox();
    running = await startApp(slack, mode, story);
  });
  afterEach(async () => {
    await running.stop();
    await slack.close();
  });

  const openForm = async (user: string): Promise<void> => {
    await slack.control.command(user, '#project', '/test new');
    await slack.settled();
  };
  const saveAs = async (user: string, name: string): Promise<void> => {
    await openForm(user);
    await slack.control.fill(user, { Name: name });
    await slack.control.submit(user);
    await slack.settled();
  };

  it('answers a command to the person alone', async () => {
    const acted = await slack.control.command('amara', '#project', '/test help');
    expect(acted).toMatchObject({ ok: true, notice: null });
    expect(acted.ms).toBeGreaterThan(0);
    expect(project('amara')).toEqual(['Help for @Amara Osei']);
    expect(project('bela')).toEqual([]);
  });

  it('opens a modal, keeps it with an error, and closes it when all is well', async () => {
    await openForm('amara');
    expect(slack.control.openView('amara')).toMatchObject({ callback_id: 'form' });
    await slack.control.fill('amara', { Name: 'taken' });
    expect(await slack.control.submit('amara')).toMatchObject({
      ok: false,
      errorsByLabel: { Name: 'That name is taken.' },
    });
    expect(slack.control.openView('amara')).toMatchObject({ errors: { name: 'That name is taken.' } });
    await slack.control.fill('amara', { Name: 'Claims triage' });
    expect(await slack.control.submit('amara')).toMatchObject({ ok: true });
    expect(slack.control.openView('amara')).toBeNull();
    await slack.settled();
    expect(project('bela')).toEqual(['Claims triage saved by @Amara Osei\n[Approve] [Hide / Copy]']);
  });

  it('changes the message and thanks the person who pressed', async () => {
    await saveAs('amara', 'Claims triage');
    expect(await slack.control.press('bela', { channel: '#project', label: 'Approve' })).toMatchObject({
      ok: true,
    });
    await slack.settled();
    expect(project('bela')).toEqual(['Claims triage approved', 'Thank you.']);
    expect(project('amara')).toEqual(['Claims triage approved']);
  });

  it('sends nothing when the person does not confirm', async () => {
    await saveAs('amara', 'Claims triage');
    await slack.control.press('bela', { channel: '#project', label: 'Approve', confirm: false });
    expect(running.heard).not.toContain('action approve');
  });

  it('deletes its message when an overflow choice says so', async () => {
    await saveAs('amara', 'Claims triage');
    await slack.control.chooseFrom('bela', { channel: '#project', label: 'Hide' });
    await slack.settled();
    expect(project('bela')).toEqual([]);
  });

  it('offers choices for what is typed, and keeps what was entered when the view changes', async () => {
    await openForm('amara');
    await slack.control.fill('amara', { Name: 'Kept', Team: 'North', Owner: '@bela' });
    expect(slack.control.openView('amara')).toMatchObject({
      private_metadata: 'owner chosen',
      state: {
        values: {
          name: { value: { value: 'Kept' } },
          team: { value: { selected_option: { value: 't1', text: { text: 'Team North' } } } },
          owner: { value: { selected_user: 'U0BELA00001' } },
        },
      },
    });
  });

  it('hears that a modal was closed', async () => {
    await openForm('amara');
    await slack.control.closeView('amara');
    expect(running.heard).toContain('view view_closed');
    expect(slack.control.openView('amara')).toBeNull();
  });

  it('publishes a Home for the person who opens it, and again on a press', async () => {
    expect(slack.control.read.home('bela')).toBeNull();
    await slack.control.openHome('bela');
    await slack.settled();
    expect(slack.control.read.text(slack.control.read.home('bela') ?? {})).toBe(
      'Home of @Béla Novák\n[Refresh]',
    );
    await slack.control.pressHome('bela', 'Refresh');
    await slack.settled();
    expect(slack.control.read.text(slack.control.read.home('bela') ?? {})).toBe('Fresh');
    expect(slack.control.read.home('amara')).toBeNull();
  });

  it('opens a modal from a shortcut', async () => {
    await slack.control.shortcut('chien', 'start');
    await slack.settled();
    expect(slack.control.openView('chien')).toMatchObject({ private_metadata: 'shortcut' });
  });
});
