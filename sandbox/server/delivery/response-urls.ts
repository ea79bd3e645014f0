/** May this app still answer through the address it was given with an interaction? */
import type { Clock } from '../clock.ts';
import { responseUrlLimits } from '../limits.ts';
import type { Ephemeral, Message, Workspace } from '../world/workspace.ts';

/** What an answer refers to. */
export interface ResponseTarget {
  appId: string;
  userId: string;
  channelId: string;
  /** The message that was pressed, if it was one. */
  source: Message | Ephemeral | null;
}

export interface ResponseUrls {
  /** The path of a new address. */
  issue(target: ResponseTarget): string;
  /** Uses an address once. */
  use(path: string): ResponseTarget | 'expired_url' | 'used_url';
}

/** @param clock the workspace's clock: the half hour passes with it */
export function createResponseUrls(workspace: Workspace, clock: Clock): ResponseUrls {
  const issued = new Map<string, { target: ResponseTarget; at: number; uses: number }>();
  return {
    issue(target) {
      const path = `/actions/${workspace.team.id}/${issued.size + 1}/${workspace.ids.secret('response url')}`;
      issued.set(path, { target, at: clock.now(), uses: 0 });
      return path;
    },
    use(path) {
      const entry = issued.get(path);
      if (entry === undefined || clock.now() - entry.at > responseUrlLimits.lifetimeMs) return 'expired_url';
      if (entry.uses >= responseUrlLimits.uses) return 'used_url';
      entry.uses += 1;
      return entry.target;
    },
  };
}
