import { expect, it } from 'vitest';
import { createRoutes } from '../../src/app/routes.ts';
import { rememberWorkspace, workspaceById } from '../../src/db/queries/people.ts';
import type { Feature, Parts } from '../../src/features/feature.ts';
import { readIncoming } from '../../src/slack/incoming.ts';
import { onBothEngines } from '../support/databases.ts';
import { aWorkspace } from '../support/rows.ts';

const NOW = 1_700_000_000_000;
const DAY = 24 * 60 * 60 * 1000;

onBothEngines('an event that is delivered again', (openFresh) => {
  async function setUp(feature: Feature = { name: 'none' }) {
    const db = await openFresh();
    let now = NOW;
    await db.q.insert(db.tables.workspaces).values(aWorkspace());
    const parts = { db, now: () => now } as unknown as Parts;
    const routes = createRoutes([feature], () => parts, {
      timezone: 'UTC',
      workspaceName: 'Acme',
      writes: () => 0,
    });
    const incoming = readIncoming({ team_id: 'T1' }, 'T1');
    return {
      db,
      isInstalled: async () => (await workspaceById(db, 'T1'))?.uninstalledAt === null,
      deliver: (type: string, id: string, event: object = {}) =>
        routes.event(incoming, type, { ...event, event_id: id }),
      pass(ms: number) {
        now += ms;
      },
    };
  }

  it('does not undo a reinstallation', async () => {
    const { db, deliver, isInstalled } = await setUp();
    await deliver('app_uninstalled', 'E1');
    expect(await isInstalled()).toBe(false);
    await rememberWorkspace(db, { id: 'T1', name: 'Acme', timezone: 'UTC', botUser: 'UBOT', now: NOW });
    await deliver('app_uninstalled', 'E1');
    expect(await isInstalled()).toBe(true);
    await deliver('app_uninstalled', 'E2');
    expect(await isInstalled()).toBe(false);
  });

  it('is dealt with when it broke off the first time, and forgotten after a week', async () => {
    const joined: string[] = [];
    const { db, deliver, pass } = await setUp({
      name: 'listens',
      async joined(_parts, _workspace, user) {
        joined.push(user);
        if (joined.length === 1) throw new Error('the disk is full');
      },
    });
    const event = { user: 'U1', channel: 'C1' };
    await expect(deliver('member_joined_channel', 'E1', event)).rejects.toThrow('the disk is full');
    await deliver('member_joined_channel', 'E1', event);
    await deliver('member_joined_channel', 'E1', event);
    expect(joined).toEqual(['U1', 'U1']);
    pass(8 * DAY);
    await deliver('app_home_opened', 'E9');
    expect((await db.q.select().from(db.tables.seen)).map(({ id }) => id)).toEqual(['E9']);
  });
});
