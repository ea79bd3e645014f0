/** Which variables, fields and arguments are handed every hostile value? One without a row here fails test/hostile.test.ts. */

/** What a field holds: words, a day, a person, several people, a channel, one of a list, several of a list, a file. */
export type FieldKind = 'text' | 'day' | 'person' | 'people' | 'channel' | 'choice' | 'boxes' | 'file';

const SOCKET = { SLACK_BOT_TOKEN: 'xoxb-1-abc', SLACK_APP_TOKEN: 'xapp-1-abc' };
const HTTP = { SLACK_BOT_TOKEN: 'xoxb-1-abc', SLACK_SIGNING_SECRET: 'abcdef0123', SLACK_MODE: 'http' };

/** Every environment variable, with a connection in which it is read. */
export const VARIABLE_ROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  SLACK_BOT_TOKEN: SOCKET,
  SLACK_APP_TOKEN: SOCKET,
  SLACK_SIGNING_SECRET: HTTP,
  SLACK_MODE: { ...SOCKET, ...HTTP },
  PORT: HTTP,
  SLACK_API_URL: SOCKET,
  DATABASE_URL: SOCKET,
  PILOTAGE_COMMAND: SOCKET,
  PILOTAGE_TIMEZONE: SOCKET,
  PILOTAGE_HTTP_PORT: SOCKET,
  PILOTAGE_LOG_LEVEL: SOCKET,
};

/** Every form by its id, with the kind of each of its fields. */
export const FORM_ROWS: Readonly<Record<string, Readonly<Record<string, FieldKind>>>> = {
  'register-pilot': {
    name: 'text',
    outcome: 'text',
    problem: 'text',
    sponsor: 'person',
    start: 'day',
    decision: 'day',
    visibility: 'choice',
    channel: 'channel',
    unit: 'text',
    owner: 'person',
    key: 'text',
  },
  'edit-charter': {
    name: 'text',
    outcome: 'text',
    problem: 'text',
    sponsor: 'person',
    owner: 'person',
    production_owner: 'person',
    start: 'day',
    decision: 'day',
    rollback: 'text',
    budget: 'text',
    delay: 'text',
    delaySource: 'text',
    unit: 'text',
    channel: 'channel',
    visibility: 'choice',
  },
  criterion: {
    metric: 'text',
    measures: 'choice',
    kind: 'choice',
    unit: 'text',
    baseline: 'text',
    baselineKnownBy: 'day',
    target: 'text',
    deadline: 'day',
    firstEffect: 'day',
    every: 'choice',
    source: 'person',
    role: 'choice',
    average: 'text',
    sustain: 'text',
    margin: 'text',
    method: 'choice',
    percentile: 'text',
    smallest: 'text',
    breaches: 'text',
    closing: 'text',
    proof: 'choice',
    rates: 'text',
  },
  'release-pilots': { keys: 'text', unit: 'text', owner: 'person', count: 'text', day: 'day' },
  'request-note': { note: 'text' },
  'about-sponsor': {
    business_side: 'choice',
    benefiting_unit: 'choice',
    profit_and_loss: 'choice',
    budget_authority: 'choice',
    measured_on_outcome: 'choice',
    reason: 'text',
  },
  'answer-request': { reason: 'text' },
  'give-update': { words: 'text' },
  'record-values': { 'value-0': 'text', 'value-1': 'choice', day: 'day', evidence: 'text' },
  'correct-value': { value: 'text', reason: 'text' },
  'check-in': {
    'number-0': 'text',
    'number-1': 'choice',
    view: 'choice',
    still: 'boxes',
    blocker: 'text',
    ask: 'text',
  },
  'ask-someone-else': { person: 'person', note: 'text' },
  'raise-blocker': { words: 'text', kind: 'choice', owner: 'person', neededBy: 'day' },
  'ask-owner': { words: 'text' },
  'answer-question': { answer: 'text' },
  'pause-pilot': { reason: 'text', until: 'day' },
  'pause-unit': { reason: 'text', until: 'day' },
  'hand-over': { role: 'choice', person: 'person', note: 'text' },
  'hand-over-everything': { from: 'person', to: 'person', note: 'text' },
  away: { from: 'day', until: 'day', delegate: 'person' },
  'my-settings': { zone: 'text', hours: 'text', weekend: 'text', place: 'text', slot: 'text' },
  'workspace-settings': {
    officeName: 'text',
    members: 'people',
    zone: 'text',
    rhythm: 'text',
    place: 'text',
  },
  holidays: { chosen: 'boxes', others: 'text' },
  'digest-preferences': { weekday: 'choice', time: 'text', unit: 'text', owner: 'person' },
  'how-often': { weekday: 'choice', time: 'text', which: 'choice', length: 'choice' },
  'import-data': { file: 'file' },
  'discard-aside': { reason: 'text' },
  'stall-thresholds': { preset: 'choice', advanced: 'text' },
  'confirm-thresholds': { reason: 'text' },
  'on-it': { next: 'text', until: 'day' },
  snooze: { reason: 'text', until: 'day' },
  'add-view': { diagnosis: 'choice', words: 'text' },
  'is-wrong': { which: 'boxes', words: 'text' },
  'decide-unblock': { words: 'text', person: 'person', until: 'day', kind: 'choice', why: 'text' },
  'decide-extend': { until: 'day', why: 'text' },
  'decide-restructure': { words: 'text', why: 'text' },
  'decide-stop': { words: 'text' },
  'decide-go': { words: 'text', why: 'text' },
  'decide-conditional-go': {
    first: 'text',
    firstBy: 'day',
    second: 'text',
    secondBy: 'day',
    third: 'text',
    thirdBy: 'day',
    why: 'text',
  },
  'decide-not-yet': { words: 'text', until: 'day', why: 'text' },
  'say-learned': { learned: 'text', told: 'text' },
};

/** Forms that are declared only when they open: their one field is a choice among the metrics of a pilot. */
export const DECLARED_LATE: readonly string[] = ['match-metric'];

/** What a command understands, as it is declared, and what is typed behind it: a line per argument. */
export interface CommandRow {
  readonly usage: string;
  lines(hostile: string): readonly string[];
}

const key = (text: string) => [text];

/** Every command by its name. `claims-triage` is signed, `churn-model` can be asked about. */
export const COMMAND_ROWS: Readonly<Record<string, CommandRow>> = {
  register: { usage: '[name]', lines: (name) => [name] },
  criteria: { usage: 'KEY', lines: key },
  'sign-off': { usage: 'KEY [your sentence]', lines: (text) => [text, `churn-model ${text}`] },
  record: {
    usage: 'KEY [METRIC VALUE [DATE]]',
    lines: (text) => [
      text,
      `claims-triage ${text}`,
      `claims-triage ${text} 12.50`,
      `claims-triage "${text}" 12.50 2026-01-08`,
      `claims-triage cost-per-claim ${text}`,
      `claims-triage cost-per-claim 12.50 ${text}`,
    ],
  },
  'check-in': { usage: 'KEY', lines: key },
  blocker: { usage: 'KEY [what is in the way]', lines: (text) => [text, `claims-triage ${text}`] },
  decide: { usage: '[KEY]', lines: key },
  stalls: { usage: '', lines: key },
  import: { usage: '', lines: key },
  watch: { usage: '[KEY]', lines: key },
  export: { usage: '[KEY] [json | csv]', lines: (text) => [text, `claims-triage ${text}`, `${text} csv`] },
  pause: {
    usage: 'KEY [reason] | unit NAME',
    lines: (text) => [text, `claims-triage ${text}`, `unit ${text}`],
  },
  resume: { usage: 'KEY | unit NAME', lines: (text) => [text, `unit ${text}`] },
  'hand-over': {
    usage: 'KEY | @from @to',
    lines: (text) => [text, `claims-triage ${text}`, `@ana ${text}`, `${text} @ana`],
  },
  away: {
    usage: '[FROM UNTIL] [@who stands in]',
    lines: (text) => [text, `2026-08-03 ${text}`, `2026-08-03 2026-08-14 ${text}`],
  },
  settings: {
    usage: '[workspace] [holidays] [sending]',
    lines: (text) => [text, `workspace ${text}`, `holidays ${text}`, `sending ${text}`],
  },
  show: { usage: 'KEY', lines: key },
  follow: { usage: 'KEY', lines: key },
  unfollow: { usage: 'KEY', lines: key },
  list: {
    usage: '[mine | waiting | stalled | all] [words]',
    lines: (text) => [text, `mine ${text}`, `waiting ${text}`, `stalled ${text}`, `all ${text}`],
  },
  mine: { usage: '', lines: key },
  digest: {
    usage: '[now | here [DAY TIME] [unit NAME | owner @who] | me [short] [DAY TIME] | off]',
    lines: (text) => [
      text,
      `now ${text}`,
      `here ${text}`,
      `here weekly ${text} 9:00`,
      `here weekly monday ${text}`,
      `here weekly monday 9:00 unit ${text}`,
      `here owner ${text}`,
      `me ${text}`,
      `me short monday ${text}`,
      `off ${text}`,
    ],
  },
};
