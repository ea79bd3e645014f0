/** Which limits does Slack publish, and which payload just fits each of them? */
import * as p from './payloads.ts';

/** A rule, the largest size, where Slack points when it is one larger and what it says, and the payload. */
export interface LimitRow {
  rule: string;
  most: number;
  /** Below the first block, or below the view. */
  pointer: string;
  says: string;
  build: (size: number) => p.Payload;
}

type Build = LimitRow['build'];

const chars = (rule: string, most: number, pointer: string, build: Build): LimitRow => ({
  rule,
  most,
  pointer,
  says: `must be less than ${most + 1} characters`,
  build,
});
const items = (rule: string, most: number, pointer: string, build: Build): LimitRow => ({
  rule,
  most,
  pointer,
  says: `no more than ${most} items allowed`,
  build,
});
const value = (rule: string, most: number, pointer: string, build: Build): LimitRow => ({
  rule,
  most,
  pointer,
  says: `must be less than ${most + 1}`,
  build,
});

/** An element beside a section, and a pointer into it. */
const element = (row: LimitRow): LimitRow => ({
  ...row,
  pointer: `/accessory${row.pointer}`,
  build: (size) => p.beside(row.build(size)),
});
const groups = (option_groups: p.Payload[]): p.Payload => ({ type: 'static_select', option_groups });
const group = (more: p.Payload): p.Payload => ({ label: p.plain('Group'), options: [p.option(0)], ...more });
const overflow = (options: p.Payload[]): p.Payload => ({ type: 'overflow', options });
const asked = (confirm: p.Payload): p.Payload =>
  p.button({ confirm: { text: p.plain('Sure?'), ...confirm } });

/** One block of a message. */
export const messageRows: LimitRow[] = [
  chars('block_id', 255, '/block_id', (n) => p.section({ block_id: p.word(n) })),
  items('elements of actions', 25, '/elements', (n) => p.actions(...p.times(n, () => p.button()))),
  items('elements of context', 10, '/elements', (n) => p.context(...p.times(n, () => p.marked('a')))),
  chars('text in a context', 3000, '/elements/0/text', (n) => p.context(p.marked(p.word(n)))),
  items('elements of context_actions', 5, '/elements', (n) =>
    p.contextActions(...p.times(n, () => p.icon())),
  ),
  chars('text of a header', 150, '/text/text', (n) => p.header(p.word(n))),
  chars('alt_text of an image', 2000, '/alt_text', (n) => p.image({ alt_text: p.word(n) })),
  chars('title of an image', 2000, '/title/text', (n) => p.image({ title: p.plain(p.word(n)) })),
  chars('image_url', 3000, '/image_url', (n) => p.image({ image_url: p.link(n) })),
  chars('text of a markdown block', 12_000, '/text', (n) => ({ type: 'markdown', text: p.word(n) })),
  chars('text of a section', 3000, '/text/text', (n) => p.section({ text: p.marked(p.word(n)) })),
  items('fields', 10, '/fields', (n) => p.section({ fields: p.times(n, () => p.marked('a')) })),
  chars('text of a field', 2000, '/fields/0/text', (n) => p.section({ fields: [p.marked(p.word(n))] })),
  value('indent of a list', 8, '/elements/0/indent', p.richList),
  items('rows of a table', 100, '/rows', (n) => p.table(p.times(n, () => [p.raw('a')]))),
  items('cells of a row', 20, '/rows/0', (n) => p.table([p.times(n, () => p.raw('a'))])),
  items('column_settings', 20, '/column_settings', (n) =>
    p.table([[p.raw('a')]], { column_settings: p.times(n, () => ({ align: 'left' })) }),
  ),
  chars('characters of a table', 10_000, '/rows', (n) => p.table([[p.raw(p.word(n))]])),
  items('rows of a data_table', 101, '/rows', (n) => p.dataTable(p.times(n, () => [p.raw('a')]))),
  items('columns of a data_table', 20, '/rows/0', (n) =>
    p.dataTable(p.times(2, () => p.times(n, () => p.raw('a')))),
  ),
  chars('characters of a data_table', 10_000, '/rows', (n) =>
    p.dataTable([[p.raw('a')], [p.raw(p.word(n - 1))]]),
  ),
  value('page_size', 100, '/page_size', (n) => p.dataTable([[p.raw('a')], [p.raw('b')]], { page_size: n })),
  chars('title of a chart', 50, '/title', (n) => p.pie([p.segment(0)], { title: p.word(n) })),
  items('segments of a pie', 12, '/chart/segments', (n) => p.pie(p.times(n, p.segment))),
  chars('label of a segment', 20, '/chart/segments/0/label', (n) => p.pie([{ label: p.word(n), value: 1 }])),
  items('series of a chart', 12, '/chart/series', (n) => p.lines(n, 1)),
  items('points of a series', 20, '/chart/series/0/data', (n) => p.lines(1, n)),
  chars('label of an axis', 50, '/chart/axis_config/x_label', (n) => p.lines(1, 1, { x_label: p.word(n) })),
  chars('title of a card', 150, '/title/text', (n) => p.card({ title: p.marked(p.word(n)) })),
  chars('subtitle of a card', 150, '/subtitle/text', (n) => p.card({ subtitle: p.marked(p.word(n)) })),
  chars('body of a card', 200, '/body/text', (n) => p.card({ body: p.marked(p.word(n)) })),
  chars('subtext of a card', 200, '/subtext/text', (n) => p.card({ subtext: p.marked(p.word(n)) })),
  items('buttons of a card', 3, '/actions', (n) => p.card({ actions: p.times(n, () => p.button()) })),
  items('cards of a carousel', 10, '/elements', (n) => ({
    type: 'carousel',
    elements: p.times(n, () => p.card()),
  })),
  chars('title of a container', 150, '/title/text', (n) => p.container({ title: p.plain(p.word(n)) })),
  chars('subtitle of a container', 150, '/subtitle/text', (n) =>
    p.container({ subtitle: p.marked(p.word(n)) }),
  ),
  items('blocks in a container', 10, '/child_blocks', (n) =>
    p.container({ child_blocks: p.times(n, () => p.divider) }),
  ),
  chars('title of a video', 199, '/title/text', (n) => p.video({ title: p.plain(p.word(n)) })),
  chars('author of a video', 49, '/author_name', (n) => p.video({ author_name: p.word(n) })),
  chars('alt_text of a video', 200, '/alt_text', (n) => p.video({ alt_text: p.word(n) })),
  chars('description of a video', 200, '/description/text', (n) =>
    p.video({ description: p.plain(p.word(n)) }),
  ),
  chars('provider of a video', 50, '/provider_name', (n) => p.video({ provider_name: p.word(n) })),
  element(chars('action_id', 255, '/action_id', (n) => p.button({ action_id: p.word(n) }))),
  element(chars('text of a button', 75, '/text/text', (n) => p.button({ text: p.plain(p.word(n)) }))),
  element(chars('value of a button', 2000, '/value', (n) => p.button({ value: p.word(n) }))),
  element(chars('url of a button', 3000, '/url', (n) => p.button({ url: p.link(n) }))),
  element(
    chars('accessibility_label', 75, '/accessibility_label', (n) =>
      p.button({ accessibility_label: p.word(n) }),
    ),
  ),
  element(items('options of an overflow menu', 5, '/options', (n) => overflow(p.times(n, p.option)))),
  element(
    chars('url of an option', 3000, '/options/0/url', (n) => overflow([{ ...p.option(0), url: p.link(n) }])),
  ),
  element(items('options of a menu', 100, '/options', (n) => p.menu({ options: p.times(n, p.option) }))),
  element(
    items('options of a multi menu', 100, '/options', (n) =>
      p.menu({ type: 'multi_static_select', options: p.times(n, p.option) }),
    ),
  ),
  element(items('option groups', 100, '/option_groups', (n) => groups(p.times(n, () => group({}))))),
  element(
    items('options of a group', 100, '/option_groups/0/options', (n) =>
      groups([group({ options: p.times(n, p.option) })]),
    ),
  ),
  element(
    chars('label of a group', 75, '/option_groups/0/label/text', (n) =>
      groups([group({ label: p.plain(p.word(n)) })]),
    ),
  ),
  element(
    chars('text of an option', 75, '/options/0/text/text', (n) =>
      p.menu({ options: [{ ...p.option(0), text: p.plain(p.word(n)) }] }),
    ),
  ),
  element(
    chars('value of an option', 150, '/options/0/value', (n) =>
      p.menu({ options: [{ ...p.option(0), value: p.word(n) }] }),
    ),
  ),
  element(
    chars('description of an option', 75, '/options/0/description/text', (n) =>
      p.menu({ options: [{ ...p.option(0), description: p.plain(p.word(n)) }] }),
    ),
  ),
  element(
    items('checkboxes', 10, '/options', (n) => ({ type: 'checkboxes', options: p.times(n, p.option) })),
  ),
  element(
    items('radio buttons', 10, '/options', (n) => ({ type: 'radio_buttons', options: p.times(n, p.option) })),
  ),
  element(chars('placeholder', 150, '/placeholder/text', (n) => p.menu({ placeholder: p.plain(p.word(n)) }))),
  element(
    chars('title of a confirm', 100, '/confirm/title/text', (n) => asked({ title: p.plain(p.word(n)) })),
  ),
  element(chars('text of a confirm', 300, '/confirm/text/text', (n) => asked({ text: p.plain(p.word(n)) }))),
  element(
    chars('confirm button', 30, '/confirm/confirm/text', (n) => asked({ confirm: p.plain(p.word(n)) })),
  ),
  element(chars('deny button', 30, '/confirm/deny/text', (n) => asked({ deny: p.plain(p.word(n)) }))),
  chars('text of a feedback button', 75, '/elements/0/positive_button/text/text', (n) =>
    p.contextActions(p.feedback({ text: p.plain(p.word(n)) })),
  ),
  chars('value of a feedback button', 2000, '/elements/0/positive_button/value', (n) =>
    p.contextActions(p.feedback({ value: p.word(n) })),
  ),
  chars(
    'accessibility_label of a feedback button',
    75,
    '/elements/0/positive_button/accessibility_label',
    (n) => p.contextActions(p.feedback({ accessibility_label: p.word(n) })),
  ),
  element(chars('text of a workflow button', 75, '/text/text', (n) => p.workflowButton(p.word(n)))),
  items('visible_to_user_ids', 10, '/elements/0/visible_to_user_ids', (n) =>
    p.contextActions(p.icon({ visible_to_user_ids: p.times(n, (i) => `U${i}`) })),
  ),
];

const written = (more: p.Payload): p.Payload => p.input({ type: 'plain_text_input', ...more });

/** One block of a modal. */
export const modalRows: LimitRow[] = [
  chars('text of an alert', 200, '/text/text', (n) => ({ type: 'alert', text: p.plain(p.word(n)) })),
  chars('label of an input', 2000, '/label/text', (n) =>
    p.input({ type: 'datepicker' }, { label: p.plain(p.word(n)) }),
  ),
  chars('hint of an input', 2000, '/hint/text', (n) =>
    p.input({ type: 'datepicker' }, { hint: p.plain(p.word(n)) }),
  ),
  value('max_length', 3000, '/element/max_length', (n) => written({ max_length: n })),
  value('min_length', 3000, '/element/min_length', (n) => written({ min_length: n })),
  chars('initial_value', 3000, '/element/initial_value', (n) => written({ initial_value: p.word(n) })),
  value('lines of a rich text input', 100, '/element/max_lines', (n) =>
    p.input({ type: 'rich_text_input', max_lines: n }),
  ),
  value('files of a file input', 10, '/element/max_files', (n) =>
    p.input({ type: 'file_input', max_files: n }),
  ),
];

/** Fields of a view itself. */
export const viewRows: LimitRow[] = [
  items('blocks of a view', 100, '/blocks', (n) => ({ blocks: p.times(n, () => p.divider) })),
  chars('title of a view', 24, '/title/text', (n) => ({ title: p.plain(p.word(n)) })),
  chars('submit button', 24, '/submit/text', (n) => ({ submit: p.plain(p.word(n)) })),
  chars('close button', 24, '/close/text', (n) => ({ close: p.plain(p.word(n)) })),
  chars('private_metadata', 3000, '/private_metadata', (n) => ({ private_metadata: p.word(n) })),
  chars('callback_id', 255, '/callback_id', (n) => ({ callback_id: p.word(n) })),
  chars('external_id', 255, '/external_id', (n) => ({ external_id: p.word(n) })),
];
