/** Which features are there? Adding one is a line here. */

import { agreeCharter } from './agree-charter/index.ts';
import { askPerson } from './ask-person/index.ts';
import { askUpdate } from './ask-update/index.ts';
import { away } from './away/index.ts';
import { checkIn } from './check-in/index.ts';
import { describeSponsor } from './describe-sponsor/index.ts';
import { escalate } from './escalate/index.ts';
import { explainStatus } from './explain-status/index.ts';
import { exportData } from './export-data/index.ts';
import type { Feature } from './feature.ts';
import { followPilot } from './follow-pilot/index.ts';
import { handInValues } from './hand-in-values/index.ts';
import { handOver } from './hand-over/index.ts';
import { importData } from './import-data/index.ts';
import { listPilots } from './list-pilots/index.ts';
import { noticeChanges } from './notice-changes/index.ts';
import { pausePilot } from './pause-pilot/index.ts';
import { recordValue } from './record-value/index.ts';
import { registerPilot } from './register-pilot/index.ts';
import { resolveSetAsideFeature } from './resolve-set-aside/index.ts';
import { sendAgain } from './send-again/index.ts';
import { sendDigest } from './send-digest/index.ts';
import { settings } from './settings/index.ts';
import { showHome } from './show-home/index.ts';
import { showPilot } from './show-pilot/index.ts';
import { watchPilots } from './watch-pilots/index.ts';
import { welcome } from './welcome/index.ts';

export const features: readonly Feature[] = [
  registerPilot,
  agreeCharter,
  describeSponsor,
  askPerson,
  askUpdate,
  recordValue,
  checkIn,
  escalate,
  pausePilot,
  handOver,
  away,
  settings,
  handInValues,
  importData,
  watchPilots,
  noticeChanges,
  exportData,
  resolveSetAsideFeature,
  showPilot,
  followPilot,
  explainStatus,
  listPilots,
  sendDigest,
  sendAgain,
  showHome,
  welcome,
];
