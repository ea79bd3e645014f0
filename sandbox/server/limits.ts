/**
 * How much does Slack accept? Every limit the sandbox enforces, as published (lengths are Unicode code points).
 */

/** Milliseconds a trigger id can be used. */
export const triggerLifetime = 3000;

/** Milliseconds an app has to acknowledge. */
export const acknowledgeWithin = 3000;

/** Milliseconds after a failed attempt at which an event is sent again: at once, after one minute, after five. */
export const eventRetryDelays: readonly number[] = [0, 60_000, 300_000];

/** Answers through a response URL. */
export const responseUrlLimits = { uses: 5, lifetimeMs: 30 * 60_000 };

/** Socket Mode; `pingEveryMs` is real time and stays below the 30 s after which clients give a connection up. */
export const socketLimits = { connectionsPerApp: 10, pingEveryMs: 10_000 };

/** Messages. */
export const messageLimits = {
  blocks: 50,
  /** Longer texts are cut off. */
  postText: 40_000,
  updateText: 4000,
  markdownText: 12_000,
  /** All `markdown` blocks of a message together. */
  markdownBlocks: 12_000,
  /** All text of all blocks together; not published, seen from about here on. */
  blocksText: 13_200,
  attachments: 100,
  /** Not published; the whole metadata as JSON. */
  metadata: 16_000,
};

/** Modals and Homes. */
export const viewLimits = {
  blocks: 100,
  title: 24,
  submit: 24,
  close: 24,
  privateMetadata: 3000,
  callbackId: 255,
  externalId: 255,
  bytes: 250 * 1024,
  stack: 3,
};

/** Blocks, by type. */
export const blockLimits = {
  blockId: 255,
  actions: { elements: 25 },
  alert: { text: 200 },
  card: { title: 150, subtitle: 150, body: 200, subtext: 200, actions: 3 },
  carousel: { cards: 10 },
  container: { title: 150, subtitle: 150, children: 10 },
  context: { elements: 10, text: 3000 },
  contextActions: { elements: 5 },
  dataTable: { rows: 101, rowsAtLeast: 2, columns: 20, pageSize: 100, characters: 10_000 },
  dataVisualization: {
    perMessage: 2,
    title: 50,
    axisLabel: 50,
    segments: 12,
    series: 12,
    points: 20,
    label: 20,
  },
  header: { text: 150 },
  image: { altText: 2000, title: 2000, url: 3000 },
  input: { label: 2000, hint: 2000 },
  markdown: { text: 12_000 },
  richText: { indent: 8 },
  section: { text: 3000, fields: 10, field: 2000 },
  table: { rows: 100, cells: 20, columnSettings: 20, characters: 10_000 },
  video: { title: 199, author: 49, altText: 200, description: 200, provider: 50 },
};

/** Elements, by type. */
export const elementLimits = {
  actionId: 255,
  button: { text: 75, value: 2000, url: 3000, accessibilityLabel: 75 },
  checkboxes: { options: 10 },
  radioButtons: { options: 10 },
  overflow: { options: 5 },
  select: { options: 100, groups: 100, groupOptions: 100 },
  placeholder: 150,
  plainTextInput: { length: 3000 },
  richTextInput: { lines: 100 },
  fileInput: { files: 10 },
  feedbackButton: { text: 75, value: 2000, accessibilityLabel: 75 },
  iconButton: { visibleTo: 10 },
  workflowButton: { text: 75 },
};

/** Composition objects. */
export const objectLimits = {
  confirm: { title: 100, text: 300, button: 30 },
  option: { text: 75, value: 150, description: 75, url: 3000 },
  optionGroup: { label: 75 },
};

/** Files. */
export const fileLimits = { shareChannels: 100, altText: 1000 };

/** Calls per minute and method in one workspace; `special` methods take hundreds. */
export const callsPerMinute = { 2: 20, 3: 50, 4: 100, special: 600 } as const;

export type Tier = keyof typeof callsPerMinute;

/** `chat.postMessage`: one per second and channel with short bursts, and several hundred a minute in all. */
export const postingLimits = { perChannelPerSecond: 1, burst: 3, perMinute: 300 };
