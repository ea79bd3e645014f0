/** Which buttons stand on more than one surface? Their words are promises: people and tests find things by them. */
import { z } from 'zod';
import { defineButton } from '../slack/button.ts';

/** About a pilot, by its id. */
const pilot = z.object({ pilot: z.string() });
/** About one version of a charter as it was shown: another state of it makes the button old. */
const request = z.object({ pilot: z.string(), version: z.number(), revision: z.number() });
const value = z.object({ pilot: z.string(), observation: z.string() });
/** The last instant (epoch ms) anybody can be asked about: the end of the year 9999. */
const LATEST = 253_402_300_799_999;

export const addCriterion = defineButton('add-criterion', 'Add criterion', pilot);
export const askSponsor = defineButton('ask-sponsor', 'Ask sponsor to sign', pilot);
export const addSentence = defineButton('add-sentence', 'Add a sentence', pilot);
export const editCharter = defineButton('edit-charter', 'Edit charter', pilot);
export const deleteDraft = defineButton('delete-draft', 'Delete draft', pilot);
export const aboutSponsor = defineButton('about-sponsor', 'About the sponsor', pilot);
export const withdrawRequest = defineButton('withdraw-request', 'Withdraw request', request);
export const signCharter = defineButton('sign-charter', 'Sign charter', request);
export const requestChanges = defineButton('request-changes', 'Request changes', request);
export const declineCharter = defineButton('decline-charter', 'Decline', request);
export const readAll = defineButton('read-all', 'Read all', pilot);
export const recordValues = defineButton('record-values', 'Record values', pilot);
export const seeValues = defineButton('see-values', 'See values', pilot);
export const howComputed = defineButton(
  'how-computed',
  'How is this computed?',
  // From a row of a digest: the instant (epoch ms) the digest is of.
  z.object({ pilot: z.string(), digest: z.number().int().min(0).max(LATEST).optional() }),
);
const asideGroup = z.object({ pilot: z.string(), group: z.string() });
export const seeSetAside = defineButton('see-set-aside', 'Look at them', pilot);
export const fixUnit = defineButton('fix-unit', 'Fix the unit', asideGroup);
export const matchMetric = defineButton('match-metric', 'Match another metric', asideGroup);
export const discardAside = defineButton('discard-aside', 'Discard', asideGroup);
export const confirmImport = defineButton('confirm-import', 'Record', z.object({ row: z.string() }));
export const checkIn = defineButton('check-in', 'Check in', pilot);
export const changeCheckIn = defineButton(
  'change-check-in',
  'Change it',
  z.object({ pilot: z.string(), checkIn: z.string() }),
);
export const quickView = defineButton(
  'quick-view',
  'Green',
  z.object({ pilot: z.string(), view: z.enum(['green', 'amber', 'red']), id: z.string() }),
);
/** About the check-in of one day of the rhythm. */
const dueCheckIn = z.object({ pilot: z.string(), due: z.string() });
export const askSomeoneElse = defineButton('ask-someone-else', 'Ask someone else', dueCheckIn);
export const takeBackCheckIn = defineButton('take-back-check-in', 'Take back', dueCheckIn);
export const handBackCheckIn = defineButton('hand-back-check-in', 'Hand back', dueCheckIn);
/** The words are "Ask" and the owner's name. */
export const askOwner = defineButton('ask-owner', 'Ask the owner', pilot);
export const answerQuestion = defineButton(
  'answer-question',
  'Answer',
  z.object({ pilot: z.string(), question: z.string() }),
);
export const raiseBlocker = defineButton('raise-blocker', 'Raise blocker', pilot);
export const pausePilot = defineButton('pause-pilot', 'Pause', pilot);
export const changePause = defineButton('change-pause', 'Change the pause', pilot);
export const resumePilot = defineButton('resume-pilot', 'Resume', pilot);
export const handOver = defineButton('hand-over', 'Hand over', pilot);
/** Opens the form of a hand-over with one role chosen. */
export const nameHolder = defineButton(
  'name-holder',
  'Name somebody',
  z.object({ pilot: z.string(), role: z.enum(['owner', 'backup', 'sponsor', 'delegate']) }),
);
/** Everything of one person, by the form. */
export const handOverFrom = defineButton('hand-over-from', 'Hand over', z.object({ from: z.string() }));
export const confirmHandOver = defineButton(
  'confirm-hand-over',
  'Hand over',
  z.object({ from: z.string(), to: z.string(), mark: z.string(), note: z.string().nullable() }),
);
export const resumeUnit = defineButton(
  'resume-unit',
  'Resume all',
  z.object({ unit: z.string(), mark: z.string() }),
);
const wave = z.object({
  keys: z.array(z.string()),
  unit: z.string().nullable(),
  owner: z.string().nullable(),
  count: z.number().nullable(),
  day: z.string().nullable(),
  mark: z.string(),
});
export const showWatch = defineButton(
  'show-watch',
  'Watch only',
  z.object({ from: z.number(), pilot: z.string().nullable() }),
);
export const openRelease = defineButton('open-release', 'Release', z.object({ key: z.string().nullable() }));
export const releaseWave = defineButton('release-wave', 'Release', wave);
export const cancelWave = defineButton('cancel-wave', 'Cancel', z.object({ wave: z.string() }));
export const watchAgain = defineButton('watch-again', 'Watch only', pilot);
export const correctValue = defineButton('correct-value', 'Correct', value);
export const withdrawValue = defineButton('withdraw-value', 'Withdraw', value);
export const editCriterion = defineButton(
  'edit-criterion',
  'Edit',
  z.object({ pilot: z.string(), criterion: z.string() }),
);
export const removeCriterion = defineButton(
  'remove-criterion',
  'Remove criterion',
  z.object({ pilot: z.string(), criterion: z.string() }),
);
/** Shows the open request with its buttons to whoever may answer it. */
export const showRequest = defineButton('show-request', 'Read and answer', pilot);
export const showPilot = defineButton('show-pilot', 'Show', pilot);
export const listPage = defineButton(
  'list-page',
  'Next',
  z.object({ which: z.enum(['mine', 'waiting', 'stalled', 'all']), words: z.string(), from: z.number() }),
);
export const registerPilot = defineButton('register-pilot', 'Register a pilot', z.object({}));
export const allCommands = defineButton('all-commands', 'All commands', z.object({}));
export const showMine = defineButton('show-mine', 'My pilots', z.object({}));
export const showWaiting = defineButton('show-waiting', 'Waiting for me', z.object({}));
export const follow = defineButton('follow', 'Follow', pilot);
export const unfollow = defineButton('unfollow', 'Unfollow', pilot);
export const askUpdate = defineButton('ask-update', 'Ask for an update', pilot);
export const giveUpdate = defineButton(
  'give-update',
  'Answer',
  z.object({ pilot: z.string(), question: z.string() }),
);
/** When somebody gets their weekly message. */
export const howOften = defineButton('how-often', 'How often', z.object({}));
/** What somebody has set for themselves. */
export const preferences = defineButton('preferences', 'Preferences', z.object({ about: z.literal('me') }));
/** A weekly message of one's own like the one of this channel. */
export const followDigest = defineButton('follow-digest', 'Follow', z.object({}));
/** When a channel gets its digest. */
export const digestPreferences = defineButton(
  'digest-preferences',
  'Preferences',
  z.object({ channel: z.string() }),
);
export const workspaceSettings = defineButton('workspace-settings', 'Workspace settings', z.object({}));
export const holidays = defineButton(
  'holidays',
  'Holidays',
  z.object({ whose: z.enum(['me', 'workspace']) }),
);
/** Whether messages go out here, and what waits. */
export const sending = defineButton('sending', 'Hold all sending', z.object({}));
export const holdSending = defineButton('hold-sending', 'Hold all sending', z.object({}));
export const releaseSending = defineButton('release-sending', 'Release', z.object({}));
export const dropHeld = defineButton('drop-held', 'Drop what waits', z.object({}));
/** About a place as the outbox names it: `channel:C1`, `user:U1`. */
export const retrySending = defineButton('retry-sending', 'Retry', z.object({ place: z.string() }));
export const away = defineButton('away', 'Away', z.object({}));
export const cancelLeave = defineButton(
  'cancel-leave',
  'Take back',
  z.object({ from: z.string(), until: z.string() }),
);
