/** Which tables and charts does Slack take? */
import { codePoints, isObject, type JsonObject, objectsAt } from '../json.ts';
import { blockLimits } from '../limits.ts';
import type { Problem } from './problems.ts';
import { richText } from './rich-text.ts';
import { byType, flag, list, note, number, object, oneOf, type Shape, text } from './shapes.ts';

const { table, dataTable, dataVisualization: chart } = blockLimits;
const blockId = { block_id: text({ least: 1, most: blockLimits.blockId }) };

const plainCells = {
  raw_text: object({ required: { type: text(), text: text({ least: 1 }) } }),
  raw_number: object({
    required: { type: text(), value: number({ whole: false }), text: text({ least: 1 }) },
  }),
};
const cell = byType({ ...plainCells, rich_text: richText });

/** A `table` block. */
export const tableBlock: Shape = object({
  required: {
    type: text(),
    rows: list(list(cell, { least: 1, most: table.cells }), { least: 1, most: table.rows }),
  },
  optional: {
    ...blockId,
    column_settings: list(
      object({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: flag } }),
      { most: table.columnSettings },
    ),
  },
  also: (block, pointer, found) => fewEnoughCharacters(block, pointer, found, table.characters),
});

/** A `data_table` block. */
export const dataTableBlock: Shape = object({
  required: {
    type: text(),
    caption: text({ least: 1 }),
    rows: list(list(cell, { least: 1, most: dataTable.columns }), {
      least: dataTable.rowsAtLeast,
      most: dataTable.rows,
    }),
  },
  optional: {
    ...blockId,
    page_size: number({ least: 1, most: dataTable.pageSize }),
    row_header_column_index: number({ least: 0, most: dataTable.columns - 1 }),
  },
  also: (block, pointer, found) => {
    const rows = Array.isArray(block['rows']) ? block['rows'].map(objectsAt) : [];
    const width = rows[0]?.length ?? 0;
    for (const [index, row] of rows.entries()) {
      if (row.length !== width) note(found, `${pointer}/rows/${index}`, `must provide ${width} items`);
    }
    for (const [index, header] of (rows[0] ?? []).entries()) {
      if (header['type'] === 'rich_text')
        note(found, `${pointer}/rows/0/${index}/type`, 'unsupported type: rich_text');
    }
    fewEnoughCharacters(block, pointer, found, dataTable.characters);
  },
});

const label = text({ least: 1, most: chart.label });
const point = object({ required: { label, value: number({ whole: false }) } });
const seriesChart = object({
  required: {
    type: text(),
    series: list(object({ required: { name: label, data: list(point, { least: 1, most: chart.points }) } }), {
      least: 1,
      most: chart.series,
    }),
    axis_config: object({
      required: { categories: list(label, { least: 1, most: chart.points }) },
      optional: { x_label: text({ most: chart.axisLabel }), y_label: text({ most: chart.axisLabel }) },
    }),
  },
  also: everyCategory,
});
const positive: Shape = (value, pointer, found) => {
  if (typeof value !== 'number' || value <= 0) note(found, pointer, 'must be more than 0');
};

/** A `data_visualization` block. */
export const chartBlock: Shape = object({
  required: {
    type: text(),
    title: text({ least: 1, most: chart.title }),
    chart: byType({
      pie: object({
        required: {
          type: text(),
          segments: list(object({ required: { label, value: positive } }), {
            least: 1,
            most: chart.segments,
          }),
        },
      }),
      line: seriesChart,
      bar: seriesChart,
      area: seriesChart,
    }),
  },
  optional: blockId,
});

/** The characters in the cells of a table. */
function charactersIn(block: JsonObject): number {
  let count = 0;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isObject(value)) return;
    if (typeof value['text'] === 'string') count += codePoints(value['text']);
    visit(value['elements']);
  };
  visit(block['rows']);
  return count;
}

function fewEnoughCharacters(block: JsonObject, pointer: string, found: Problem[], most: number): void {
  if (charactersIn(block) > most) {
    note(found, `${pointer}/rows`, `must be less than ${most + 1} characters`, {
      type: 'max_length',
      expected: most,
    });
  }
}

function everyCategory(chartObject: JsonObject, pointer: string, found: Problem[]): void {
  const axis = chartObject['axis_config'];
  const categories = isObject(axis) && Array.isArray(axis['categories']) ? axis['categories'] : [];
  for (const [index, series] of objectsAt(chartObject['series']).entries()) {
    const labels = objectsAt(series['data']).map((datum) => datum['label']);
    const complete =
      labels.length === categories.length && categories.every((category) => labels.includes(category));
    if (!complete) note(found, `${pointer}/series/${index}/data`, 'must provide a value for every category');
  }
}
