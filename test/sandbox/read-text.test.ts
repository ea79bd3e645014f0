import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import * as p from './payloads.ts';
import { createSetClock, startOfTime } from './set-clock.ts';

let slack: Sandbox;
beforeAll(async () => {
  slack = await startSandbox({ clock: createSetClock() });
});
afterAll(() => slack.close());

const text = (message: p.Payload): string => slack.control.read.text(message, 'bela');
const seconds = startOfTime / 1000;

describe('a message as a person reads it', () => {
  it.each<[string, string]>([
    ['Hello', 'Hello'],
    ['<@U0AMARA0001> in <#C0PROJECT01>', '@Amara Osei in #project'],
    ['<https://example.com|the page> or <https://example.com>', 'the page or https://example.com'],
    ['<!channel> and <!here>', '@channel and @here'],
    ['a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
    ['*bold* _it_ ~no~ `code`', 'bold it no code'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['&gt; quoted', 'quoted'],
    [`<!date^${seconds}^{date_num} {time}|later>`, '2026-01-12 10:00 AM'],
    [`<!date^${seconds}^{date_short_pretty}|later>`, 'today'],
    [`<!date^${seconds - 7200}^{ago}|later>`, '2 hours ago'],
    [`<!date^${seconds + 86_400}^{date_long}|later>`, 'Tuesday, January 13, 2026'],
  ])('%s', (written, read) => {
    expect(text({ text: written }).replaceAll('\u202f', ' ')).toBe(read);
  });

  it('reads blocks instead of the text where there are some', () => {
    const blocks = [
      p.header('Claims triage'),
      p.section({
        text: p.marked('*Cost* fell'),
        fields: [p.marked('Goal\n4'), p.plain('Now *5*')],
        accessory: p.button(),
      }),
      p.divider,
      p.context(p.marked('By <@U0BELA00001>'), p.image({})),
      p.actions(
        p.button(),
        { type: 'overflow', options: [p.option(1), p.option(2)] },
        p.menu({ placeholder: p.plain('Pick') }),
      ),
      p.input({ type: 'plain_text_input', initial_value: 'x' }, { hint: p.plain('A hint') }),
      p.richList(1),
      p.table([
        [p.raw('a'), p.raw('b')],
        [p.raw('c'), p.richList(0)],
      ]),
    ];
    expect(text({ text: 'Fallback', blocks }).split('\n')).toEqual([
      'Claims triage',
      'Cost fell',
      'Goal 4',
      'Now *5*',
      '[Press]',
      '———',
      'By @Béla Novák [image: A chart]',
      '[Press] [Option 1 / Option 2] [Pick]',
      'Label: [x]',
      'A hint',
      '  • a',
      'a | b',
      'c | • a',
    ]);
  });

  it('reads cards, containers, plans and attachments', () => {
    const blocks = [
      p.card({ body: p.marked('Body'), actions: [p.button()] }),
      p.container({ child_blocks: [p.section()] }),
      { type: 'plan', title: 'Plan', tasks: [{ type: 'task_card', title: 'First', status: 'in_progress' }] },
      p.pie([p.segment(0)]),
    ];
    const attachments = [{ pretext: 'Before', text: '*Inside*', blocks: [p.section()] }];
    expect(text({ blocks, attachments }).split('\n')).toEqual([
      'Title',
      'Body',
      '[Press]',
      'Title',
      'Hello',
      'Plan',
      'First (in progress)',
      '[chart: Share]',
      'Before',
      'Inside',
      'Hello',
    ]);
  });

  it('reads a view with its title', () => {
    expect(text(p.modal({ blocks: [p.section()] }))).toBe('Title\nHello');
  });
});
