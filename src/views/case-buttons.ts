/** Which buttons stand on the cards of a stuck pilot and of a decision? Their words are promises. */
import { z } from 'zod';
import type { Decision } from '../core/escalation/refusal.ts';
import { PRESETS } from '../core/stall/settings.ts';
import { type Button, defineButton } from '../slack/button.ts';

const about = z.object({ pilot: z.string(), case: z.string() });
const pilot = z.object({ pilot: z.string() });

/** What a button of a case carries. */
export type AboutCase = z.infer<typeof about>;

export const onIt = defineButton('on-it', "I'm on it", about);
export const snooze = defineButton('snooze', 'Snooze', about);
export const isWrong = defineButton('is-wrong', 'This is wrong', about);
export const closeNow = defineButton('close-now', 'Close it now', about);
export const known = defineButton('known-accepted', 'Known, accepted', about);
export const addView = defineButton('add-view', 'Add my view', about);
export const decide = defineButton('decide', 'Decide', pilot);
export const undo = defineButton(
  'undo-decision',
  'Undo',
  z.object({ pilot: z.string(), decision: z.string() }),
);
export const whyStuck = defineButton('why-stuck', 'How is this computed?', pilot);
export const sayLearned = defineButton('say-learned', 'What was learned', pilot);
export const clearCondition = defineButton(
  'clear-condition',
  'Condition done',
  z.object({ pilot: z.string(), condition: z.string() }),
);
export const thresholds = defineButton('stall-thresholds', 'Change thresholds', z.object({}));
/** The pilots of the programme office's page from one on, in the order of their urgency. */
export const allGaps = defineButton('all-gaps', 'Show all', z.object({ from: z.number().int().min(0) }));

/** Thresholds somebody has asked about, and the version that counted then. */
export const askedThresholds = z.object({
  version: z.number(),
  preset: z.enum(PRESETS),
  changed: z.record(z.string(), z.number()),
});
export type AskedThresholds = z.infer<typeof askedThresholds>;

const cards = z.object({ owner: z.number(), sponsor: z.number() });

/** How many cards the thresholds in force and others would have brought, and of how many pilots. */
export const brought = z.object({ now: cards, next: cards, pilots: z.number() });
export type Brought = z.infer<typeof brought>;

export const useThresholds = defineButton(
  'use-thresholds',
  'Use these thresholds',
  askedThresholds.extend({ brought }),
);

/** One button per decision. */
export const DECIDE: Readonly<Record<Decision, Button<AboutCase>>> = {
  unblock: defineButton('decide-unblock', 'Unblock', about),
  extend: defineButton('decide-extend', 'Extend', about),
  restructure: defineButton('decide-restructure', 'Restructure', about),
  stop: defineButton('decide-stop', 'Stop', about),
  go: defineButton('decide-go', 'Go', about),
  conditional_go: defineButton('decide-conditional-go', 'Conditional go', about),
  not_yet: defineButton('decide-not-yet', 'Not yet', about),
};
