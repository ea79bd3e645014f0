/** Which apps are installed? */
import type { JsonObject } from '../json.ts';
import { addPerson } from './people.ts';
import type { AppSeed } from './seed.ts';
import type { InstalledApp, Workspace } from './workspace.ts';
import { secondsNow } from './workspace.ts';

const usualEvents = ['app_home_opened', 'app_uninstalled', 'tokens_revoked'];

/** Installs an app and gives it a bot user. */
export function addApp(workspace: Workspace, seed: AppSeed): InstalledApp {
  const id = seed.id ?? workspace.ids.next('A');
  workspace.ids.reserve(id);
  const handle = seed.name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-');
  const bot = addPerson(workspace, { name: handle, realName: seed.name, isBot: true }, id);
  const app: InstalledApp = {
    id,
    name: seed.name,
    botId: workspace.ids.next('B'),
    botUserId: bot.id,
    botToken: seed.botToken,
    appToken: seed.appToken,
    signingSecret: seed.signingSecret,
    verificationToken: workspace.ids.secret('verification'),
    scopes: new Set(seed.scopes),
    events: new Set(seed.events ?? usualEvents),
    commands: seed.commands,
    shortcuts: seed.shortcuts ?? [],
    homeTab: seed.homeTab,
    messagesTab: seed.messagesTab ?? 'on',
    mode: seed.mode,
    requestUrl: seed.requestUrl ?? null,
    state: 'installed',
  };
  workspace.apps.set(id, app);
  return app;
}

/** The app whose bot user this is. */
export function appOfBot(workspace: Workspace, userId: string): InstalledApp | undefined {
  return [...workspace.apps.values()].find((app) => app.botUserId === userId);
}

/** The app with a bot id. */
export function appOfBotId(workspace: Workspace, botId: string): InstalledApp | undefined {
  return [...workspace.apps.values()].find((app) => app.botId === botId);
}

/** The `bot_profile` that messages of an app carry. */
export function botProfile(workspace: Workspace, app: InstalledApp): JsonObject {
  return {
    id: app.botId,
    deleted: app.state === 'uninstalled',
    name: app.name,
    updated: secondsNow(workspace),
    app_id: app.id,
    user_id: app.botUserId,
    icons: {},
    team_id: workspace.team.id,
  };
}
