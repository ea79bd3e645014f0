/** How does a seed become a workspace? */
import { addApp } from './apps.ts';
import { addChannel } from './channels.ts';
import { personNamed } from './names.ts';
import { addPerson } from './people.ts';
import type { WorkspaceSeed } from './seed.ts';
import type { Workspace } from './workspace.ts';

/**
 * Puts people, apps and channels into an empty workspace.
 * @throws Error when a channel names a member who is not there
 */
export function plant(workspace: Workspace, seed: WorkspaceSeed): void {
  for (const { id } of [...seed.people, ...seed.channels, ...seed.apps]) {
    if (id !== undefined) workspace.ids.reserve(id);
  }
  for (const person of seed.people) addPerson(workspace, person);
  for (const app of seed.apps) addApp(workspace, app);
  for (const channel of seed.channels) {
    const members = channel.members.map((name) => memberNamed(workspace, name));
    addChannel(workspace, { ...channel, members });
  }
}

function memberNamed(workspace: Workspace, name: string): string {
  const app = [...workspace.apps.values()].find(
    (candidate) => candidate.name === name || candidate.id === name,
  );
  return app?.botUserId ?? personNamed(workspace, name).id;
}
