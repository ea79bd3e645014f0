/** Does Slack let the app in, with what it needs, at the same time of day? */
import type { SlackConfig } from '../../config.ts';
import { checkAppToken, checkBotToken } from '../../slack/courier-check.ts';
import type { Outcome } from '../../slack/outcome.ts';
import { OPTIONAL_SCOPES, SCOPES, type Scope } from '../manifest/describe.ts';
import { type Finding, findingsOf } from './finding.ts';

/** Slack refuses what is signed more than five minutes ago; this leaves room to mend the clock before. */
const MOST_APART_MS = 60_000;

/** What was found, and which workspace the token belongs to; null when Slack does not let us in. */
export interface SlackCheck {
  readonly findings: Finding[];
  readonly workspace: { readonly id: string; readonly name: string } | null;
}

/** Asks Slack about the tokens. Nothing of a token is ever part of what is found. */
export async function checkSlack(config: SlackConfig, now: () => number): Promise<SlackCheck> {
  const { fine } = findingsOf('slack');
  const { apiUrl, mode } = config;
  const bot = await checkBotToken({ token: config.botToken, apiUrl });
  if (bot.kind !== 'done') return { findings: [refusal(bot, 'SLACK_BOT_TOKEN')], workspace: null };
  const { workspace, workspaceName, scopes, clock } = bot.value;
  const findings = [
    fine(`Slack knows the app in the workspace ${workspaceName} (${workspace}).`),
    ...scopeFindings(scopes),
    clockFinding(clock, now()),
  ];
  if (mode.kind === 'socket') {
    const socket = await checkAppToken({ token: mode.appToken, apiUrl });
    findings.push(
      socket.kind === 'done'
        ? fine('Slack opens a Socket Mode connection.')
        : refusal(socket, 'SLACK_APP_TOKEN'),
    );
  }
  return { findings, workspace: { id: workspace, name: workspaceName } };
}

function refusal(outcome: Exclude<Outcome<unknown>, { kind: 'done' }>, variable: string): Finding {
  const { finding, failed } = findingsOf('slack');
  if (outcome.kind === 'later' || outcome.kind === 'ambiguous') {
    return failed(
      `Slack does not answer (${outcome.code}).`,
      'Check the network, the proxy and SLACK_API_URL.',
    );
  }
  return finding(
    `Slack does not accept ${variable} (${outcome.code}).`,
    variable === 'SLACK_BOT_TOKEN'
      ? 'Copy the "Bot User OAuth Token" again, or install the app in the workspace again.'
      : 'Make an app-level token with connections:write, and switch Socket Mode on in the settings of the app.',
  );
}

function scopeFindings(given: readonly string[] | null): Finding[] {
  const { fine, finding, skipped } = findingsOf('scopes');
  if (given === null) return [skipped('Slack does not say what the token may do.')];
  const missing = (Object.keys(SCOPES) as Scope[]).filter((scope) => !given.includes(scope));
  const needed = missing.filter((scope) => !OPTIONAL_SCOPES.includes(scope));
  const left = missing.filter((scope) => OPTIONAL_SCOPES.includes(scope));
  return [
    ...needed.map((scope) =>
      finding(
        `The token lacks ${scope}: ${SCOPES[scope]}.`,
        'Paste what "pilotage manifest" prints into "App Manifest" and install the app again.',
      ),
    ),
    ...left.map((scope) => skipped(`The token lacks ${scope}, which is optional: ${SCOPES[scope]}.`)),
    ...(missing.length === 0 ? [fine('The token may do all that is needed.')] : []),
  ];
}

function clockFinding(clock: number | null, now: number): Finding {
  const { fine, finding, skipped } = findingsOf('clock');
  if (clock === null) return skipped('Slack does not say what time it is.');
  const apart = now - clock;
  if (Math.abs(apart) <= MOST_APART_MS) return fine("The clock agrees with Slack's.");
  const seconds = Math.round(Math.abs(apart) / 1000);
  return finding(
    `The clock of this machine is ${seconds} seconds ${apart > 0 ? 'ahead of' : 'behind'} Slack's.`,
    'Set it by a time server (NTP): Slack and the app refuse each other from five minutes on.',
  );
}
