/** Which rich text does Slack take? */
import { blockLimits } from '../limits.ts';
import { address, byType, flag, list, number, object, oneOf, type Shape, text } from './shapes.ts';

const style = object({
  optional: {
    bold: flag,
    italic: flag,
    strike: flag,
    code: flag,
    underline: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  },
});

const id = text({ least: 1 });

function piece(required: Record<string, Shape>, optional: Record<string, Shape> = {}): Shape {
  return object({ required: { type: text(), ...required }, optional: { style, ...optional } });
}

const inline = byType({
  text: piece({ text: text({ least: 1 }) }),
  link: piece({ url: address({ most: 3000 }) }, { text: text(), unsafe: flag }),
  user: piece({ user_id: id }),
  usergroup: piece({ usergroup_id: id }),
  team: piece({ team_id: id }),
  channel: piece({ channel_id: id }),
  broadcast: piece({ range: oneOf('here', 'channel', 'everyone') }),
  emoji: piece({ name: id }, { unicode: text(), url: text(), skin_tone: number() }),
  color: piece({ value: id }),
  date: piece({ timestamp: number(), format: id }, { url: address({ most: 3000 }), fallback: text() }),
});

const border = number({ least: 0, most: 1 });
const section = object({ required: { type: text(), elements: list(inline) } });

const parts = byType({
  rich_text_section: section,
  rich_text_list: object({
    required: {
      type: text(),
      style: oneOf('bullet', 'ordered'),
      elements: list(byType({ rich_text_section: section })),
    },
    optional: {
      indent: number({ least: 0, most: blockLimits.richText.indent }),
      offset: number({ least: 0 }),
      border,
    },
  }),
  rich_text_quote: object({ required: { type: text(), elements: list(inline) }, optional: { border } }),
  rich_text_preformatted: object({
    required: { type: text(), elements: list(inline) },
    optional: { border, language: text() },
  }),
});

/** A `rich_text` block, also where it stands inside something else. */
export const richText: Shape = byType({
  rich_text: object({
    required: { type: text(), elements: list(parts) },
    optional: { block_id: text({ least: 1, most: blockLimits.blockId }) },
  }),
});
