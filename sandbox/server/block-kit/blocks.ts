/** Which blocks does Slack take, and on which surface? */
import type { JsonObject } from '../json.ts';
import { blockLimits } from '../limits.ts';
import {
  accessories,
  actionsElements,
  cardButton,
  contextActionsElements,
  imageElement,
  imageSource,
  inputElements,
  uniqueActionIds,
} from './elements.ts';
import { eitherText, markdownText, plainText, slackFile, textShapes } from './objects.ts';
import type { Problem } from './problems.ts';
import { richText } from './rich-text.ts';
import {
  address,
  byType,
  type Fields,
  flag,
  list,
  note,
  object,
  oneOf,
  pick,
  type Shape,
  text,
} from './shapes.ts';
import { chartBlock, dataTableBlock, tableBlock } from './tables.ts';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home' | 'any';

const { card, container, context, header, image, input, markdown, section, video } = blockLimits;

function block(fields: Fields): Shape {
  return object({
    ...fields,
    required: { type: text(), ...fields.required },
    optional: { block_id: text({ least: 1, most: blockLimits.blockId }), ...fields.optional },
  });
}

const cardShape = block({
  optional: {
    hero_image: byType(imageElement),
    icon: byType(imageElement),
    slack_icon: object({ required: { name: text({ least: 1 }) }, optional: { type: oneOf('icon') } }),
    title: markdownText(card.title),
    subtitle: markdownText(card.subtitle),
    body: markdownText(card.body),
    subtext: markdownText(card.subtext),
    actions: list(byType(cardButton), { least: 1, most: card.actions }),
  },
  also: (it, pointer, found) => {
    const shown = ['hero_image', 'title', 'actions', 'body'].some((name) => it[name] !== undefined);
    if (!shown) note(found, pointer, 'must provide at least one of hero_image, title, actions, body');
    if (it['icon'] !== undefined && it['slack_icon'] !== undefined) {
      note(found, pointer, 'must provide either icon or slack_icon, not both');
    }
  },
});

const taskFields: Fields = {
  required: {
    task_id: text({ least: 1 }),
    title: text({ least: 1 }),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  optional: {
    details: richText,
    output: richText,
    sources: list(
      byType({
        url: object({ required: { type: text(), url: address({ most: 3000 }), text: text({ least: 1 }) } }),
      }),
    ),
  },
};

const simple: Record<string, Shape> = {
  actions: block({
    required: { elements: list(byType(actionsElements), { least: 1, most: blockLimits.actions.elements }) },
    also: uniqueActionIds,
  }),
  alert: block({
    required: { text: eitherText(blockLimits.alert.text) },
    optional: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  }),
  card: cardShape,
  carousel: block({
    required: { elements: list(byType({ card: cardShape }), { least: 1, most: blockLimits.carousel.cards }) },
  }),
  context: block({
    required: {
      elements: list(byType({ ...imageElement, ...textShapes(context.text) }), {
        least: 1,
        most: context.elements,
      }),
    },
  }),
  context_actions: block({
    required: {
      elements: list(byType(contextActionsElements), { least: 1, most: blockLimits.contextActions.elements }),
    },
    also: uniqueActionIds,
  }),
  data_table: dataTableBlock,
  data_visualization: chartBlock,
  divider: block({}),
  header: block({ required: { text: plainText(header.text) } }),
  image: block({
    required: { alt_text: text({ least: 1, most: image.altText }) },
    optional: {
      image_url: address({ most: image.url }),
      slack_file: slackFile,
      title: plainText(image.title),
    },
    also: imageSource,
  }),
  input: block({
    required: { label: plainText(input.label), element: byType(inputElements) },
    optional: { hint: plainText(input.hint), optional: flag, dispatch_action: flag },
  }),
  markdown: block({ required: { text: text({ least: 1, most: markdown.text }) } }),
  plan: block({
    required: { title: text({ least: 1 }) },
    optional: {
      tasks: list(
        object({
          ...taskFields,
          optional: { ...taskFields.optional, type: oneOf('task_card'), block_id: text() },
        }),
      ),
    },
  }),
  rich_text: richText,
  section: block({
    optional: {
      text: eitherText(section.text),
      fields: list(eitherText(section.field), { least: 1, most: section.fields }),
      accessory: byType(accessories),
      expand: flag,
    },
    also: textOrFields,
  }),
  table: tableBlock,
  task_card: block(taskFields),
  video: block({
    required: {
      alt_text: text({ least: 1, most: video.altText }),
      title: plainText(video.title),
      thumbnail_url: address({ most: 3000 }),
      video_url: address({ most: 3000, secure: true }),
    },
    optional: {
      author_name: text({ most: video.author }),
      description: plainText(video.description),
      provider_name: text({ most: video.provider }),
      provider_icon_url: address({ most: 3000 }),
      title_url: address({ most: 3000, secure: true }),
    },
  }),
};

const insideContainers = pick(
  simple,
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
);

const containerShape = block({
  required: { child_blocks: list(byType(insideContainers), { most: container.children }) },
  optional: {
    title: plainText(container.title),
    rich_text_title: richText,
    subtitle: eitherText(container.subtitle),
    width: oneOf('narrow', 'standard', 'wide', 'full'),
    icon: byType(imageElement),
    is_collapsible: flag,
    default_collapsed: flag,
    has_header_divider: flag,
  },
  also: (it, pointer, found) => {
    if (it['title'] === undefined && it['rich_text_title'] === undefined) {
      note(found, pointer, 'missing required field: title');
    }
    if (it['default_collapsed'] === true && it['is_collapsible'] !== true) {
      note(found, `${pointer}/default_collapsed`, 'requires is_collapsible');
    }
  },
});

const all: Record<string, Shape> = { ...simple, container: containerShape };
const everywhere = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'video',
];
const messagesOnly = [
  'card',
  'carousel',
  'container',
  'context_actions',
  'data_table',
  'data_visualization',
  'markdown',
  'plan',
  'table',
  'task_card',
];

/** One block, by surface. Blocks whose surfaces are not documented are taken where they are known to work. */
export const blockShapes: Record<Surface, Shape> = {
  message: byType(pick(all, ...everywhere, ...messagesOnly)),
  modal: byType(pick(all, ...everywhere, 'alert')),
  home: byType(pick(all, ...everywhere)),
  any: byType(all),
};

function textOrFields(it: JsonObject, pointer: string, found: Problem[]): void {
  if (it['text'] === undefined && it['fields'] === undefined)
    note(found, pointer, 'missing required field: text');
}
