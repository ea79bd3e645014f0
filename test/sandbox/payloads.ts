/** Which valid payloads do sandbox tests start from? */

export type Payload = Record<string, unknown>;

/** Text of a length, in letters that are two UTF-16 units each: limits count code points. */
export const word = (length: number): string => '𝔸'.repeat(length);
export const link = (length: number): string => `https://example.com/${'a'.repeat(length - 20)}`;
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const plain = (text: string): Payload => ({ type: 'plain_text', text });
export const marked = (text: string): Payload => ({ type: 'mrkdwn', text });
export const option = (index: number): Payload => ({ text: plain(`Option ${index}`), value: `v${index}` });
export const button = (more: Payload = {}): Payload => ({ type: 'button', text: plain('Press'), ...more });
export const workflowButton = (text: string): Payload => ({
  type: 'workflow_button',
  text: plain(text),
  workflow: { trigger: { url: link(40) } },
});
export const menu = (more: Payload = {}): Payload => ({
  type: 'static_select',
  options: [option(0)],
  ...more,
});
export const icon = (more: Payload = {}): Payload => ({
  type: 'icon_button',
  icon: 'trash',
  text: plain('Delete'),
  ...more,
});
export const feedback = (positive: Payload): Payload => ({
  type: 'feedback_buttons',
  positive_button: { text: plain('Yes'), value: 'y', ...positive },
  negative_button: { text: plain('No'), value: 'n' },
});

export const divider: Payload = { type: 'divider' };
export const header = (text: string): Payload => ({ type: 'header', text: plain(text) });
export const section = (more: Payload = {}): Payload => ({ type: 'section', text: marked('Hello'), ...more });
export const beside = (accessory: Payload): Payload => section({ accessory });
export const actions = (...elements: Payload[]): Payload => ({ type: 'actions', elements });
export const context = (...elements: Payload[]): Payload => ({ type: 'context', elements });
export const contextActions = (...elements: Payload[]): Payload => ({ type: 'context_actions', elements });
export const image = (more: Payload): Payload => ({
  type: 'image',
  image_url: link(40),
  alt_text: 'A chart',
  ...more,
});
export const input = (element: Payload, more: Payload = {}): Payload => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...more,
});
export const richList = (indent: number): Payload => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_list', style: 'bullet', indent, elements: [richSection('a')] }],
});
const richSection = (text: string): Payload => ({
  type: 'rich_text_section',
  elements: [{ type: 'text', text }],
});

export const raw = (text: string): Payload => ({ type: 'raw_text', text });
export const table = (rows: Payload[][], more: Payload = {}): Payload => ({ type: 'table', rows, ...more });
export const dataTable = (rows: Payload[][], more: Payload = {}): Payload => ({
  type: 'data_table',
  caption: 'Values',
  rows,
  ...more,
});
export const segment = (index: number): Payload => ({ label: `S${index}`, value: 1 });
export const pie = (segments: Payload[], more: Payload = {}): Payload => ({
  type: 'data_visualization',
  title: 'Share',
  chart: { type: 'pie', segments },
  ...more,
});
export const lines = (series: number, points: number, axis: Payload = {}): Payload => ({
  type: 'data_visualization',
  title: 'Trend',
  chart: {
    type: 'line',
    series: times(series, (s) => ({
      name: `Series ${s}`,
      data: times(points, (p) => ({ label: `P${p}`, value: p })),
    })),
    axis_config: { categories: times(points, (p) => `P${p}`), ...axis },
  },
});
export const card = (more: Payload = {}): Payload => ({ type: 'card', title: marked('Title'), ...more });
export const container = (more: Payload): Payload => ({
  type: 'container',
  title: plain('Title'),
  child_blocks: [],
  ...more,
});
export const video = (more: Payload): Payload => ({
  type: 'video',
  alt_text: 'A video',
  title: plain('Title'),
  thumbnail_url: link(40),
  video_url: link(40),
  ...more,
});

/** A modal with a submit button. */
export const modal = (more: Payload = {}): Payload => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Save'),
  blocks: [],
  ...more,
});
