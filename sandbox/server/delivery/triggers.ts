/** May this app still open a modal for this person? */
import type { Clock } from '../clock.ts';
import { triggerLifetime } from '../limits.ts';
import type { InstalledApp, Workspace } from '../world/workspace.ts';

/** What a trigger allows. */
export interface Trigger {
  appId: string;
  userId: string;
  /** The modal it came from, when it came from one. */
  viewId: string | null;
  /** The conversation it came from, when it came from one. */
  channelId: string | null;
}

export type TriggerRefusal = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

export interface Triggers {
  /** A new trigger id, valid for three seconds and one use. */
  issue(trigger: Trigger): string;
  /** Uses a trigger id up. */
  redeem(app: InstalledApp, id: string): Trigger | TriggerRefusal;
}

/** @param realClock real time: a trigger's three seconds are those of the person who waits */
export function createTriggers(workspace: Workspace, realClock: Clock): Triggers {
  const issued = new Map<string, Trigger & { at: number; used: boolean }>();
  let n = 0;
  return {
    issue(trigger) {
      n += 1;
      const id = `${n}.${trigger.userId.length}${n}.${workspace.ids.secret('trigger', 32)}`;
      issued.set(id, { ...trigger, at: realClock.now(), used: false });
      for (const [old, { at }] of issued) {
        if (at >= realClock.now() - 20 * triggerLifetime) break;
        issued.delete(old);
      }
      return id;
    },
    redeem(app, id) {
      const trigger = issued.get(id);
      if (trigger === undefined || trigger.appId !== app.id) return 'invalid_trigger_id';
      if (trigger.used) return 'exchanged_trigger_id';
      if (realClock.now() - trigger.at > triggerLifetime) return 'expired_trigger_id';
      trigger.used = true;
      return trigger;
    },
  };
}
