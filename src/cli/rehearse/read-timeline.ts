/** Can a file be rehearsed, and if not, which line is wrong and what would be right? */
import { isMap, isNode, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { z } from 'zod';
import { quoted } from '../../views/quoted-text.ts';
import { CliProblem } from '../command.ts';
import { type Played, readMoment, TIMELINE, type Timeline } from './timeline.ts';

type Path = readonly PropertyKey[];

/** The longest rehearsal: two years. */
const LONGEST_MS = 2 * 366 * 24 * 60 * 60 * 1000;

/** A file that was read, with the zone its times are in and the line of each of its places. */
export interface Script {
  readonly timeline: Timeline;
  readonly zone: string;
  readonly start: number;
  readonly until: number;
  /** What happens, earliest first; of two at the same time the one that stands above. */
  readonly events: readonly { readonly at: number; readonly line: number; readonly event: Played }[];
  /** The instant (epoch ms) of a time as it stands in the file. */
  instantOf(text: string): number;
  /** The line on which something stands. */
  lineOf(path: Path): number;
  /** What is wrong at a place, as a problem to be thrown. */
  problemAt(path: Path, sentence: string): CliProblem;
}

/**
 * Reads YAML, of which JSON is a part.
 *
 * @param name what the file is called in a sentence
 * @throws {CliProblem} with exit code 1: one sentence with the line and what would be right
 */
export function readTimeline(text: string, name: string): Script {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => lines.linePos(offset).line;
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new CliProblem(
      `${name}, line ${at(broken.pos[0])}: this is neither YAML nor JSON: ${firstLine(broken.message)}. Mend the line; docs/rehearse.md shows what is read.`,
      1,
    );
  const nodeAt = (path: Path): Node | null => {
    for (let length = path.length; length >= 0; length -= 1) {
      const found = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(found)) return found;
    }
    return null;
  };
  const lineOf = (path: Path): number => at(nodeAt(path)?.range?.[0] ?? 0);
  const problem = (line: number, path: Path, sentence: string) =>
    new CliProblem(`${name}, line ${line}: ${pathText(path)}${sentence}.`, 1);
  const problemAt = (path: Path, sentence: string) => problem(lineOf(path), path, sentence);

  const read = TIMELINE.safeParse(contentOf(document, name));
  if (!read.success) {
    const [issue] = read.error.issues;
    if (issue === undefined) throw new CliProblem(`${name} cannot be read; docs/rehearse.md shows how.`, 1);
    if (issue.code === 'unrecognized_keys') {
      const [key = ''] = issue.keys;
      const parent = nodeAt(issue.path);
      const pair = isMap(parent) ? parent.items.find((item) => keyOf(item) === key) : undefined;
      const line = isNode(pair?.key) ? at(pair.key.range?.[0] ?? 0) : lineOf(issue.path);
      throw problem(
        line,
        issue.path,
        `there is no ${quoted(key)} here; leave it out, or see docs/rehearse.md`,
      );
    }
    throw problemAt(issue.path, sentenceOf(issue, nodeAt(issue.path), issue.path));
  }
  return scriptOf(read.data, lineOf, problemAt);
}

function contentOf(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const why = error instanceof Error ? firstLine(error.message) : '';
    throw new CliProblem(`${name} cannot be read: ${why}. Write every value out.`, 1);
  }
}

const keyOf = (pair: Pair): unknown => (isNode(pair.key) ? pair.key.toJSON() : pair.key);

const firstLine = (text: string): string =>
  quoted(text.split('\n', 1)[0] ?? '', 120)
    .slice(1, -1)
    .replace(/[.:]$/, '');

const pathText = (path: Path): string => {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text === '' ? '' : `${text.replace(/^\./, '')}: `;
};

/** What is wrong, with what would be right. */
function sentenceOf(issue: z.core.$ZodIssue, node: Node | null, path: Path): string {
  const value = node === null ? undefined : (node.toJSON() as unknown);
  const shown = quoted(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));
  const name = String(path.at(-1) ?? 'the file');
  switch (issue.code) {
    case 'invalid_type': {
      const isMissing = /received undefined/.test(issue.message);
      const wanted = { object: 'keys and values', array: 'a list', string: 'text', int: 'a whole number' };
      const expected = wanted[issue.expected as 'array'] ?? `a ${issue.expected}`;
      return isMissing
        ? `${quoted(name)} is missing; add it with ${expected}`
        : `${shown} is not ${expected}; ${issue.expected === 'string' ? 'put it in quotation marks' : 'see docs/rehearse.md'}`;
    }
    case 'invalid_value':
      return issue.values.length > 1
        ? `${shown} is not possible here; write one of ${issue.values.map(String).join(', ')}`
        : issue.message;
    case 'invalid_union':
      return issue.discriminator === 'do'
        ? `${shown} is not something a person does; write type, press, fill, record or import`
        : `${shown} is not possible here; see docs/rehearse.md`;
    case 'too_big':
      return `this is more than ${issue.maximum}; make it ${issue.origin === 'string' ? 'shorter' : 'less'}`;
    case 'too_small':
      return `this is less than ${issue.minimum}; ${issue.origin === 'string' ? 'write something' : 'make it more'}`;
    default:
      return issue.message.replace(/\.$/, '');
  }
}

/** What hangs together across the file: times in order, people and pilots that are there. */
function scriptOf(timeline: Timeline, lineOf: Script['lineOf'], problemAt: Script['problemAt']): Script {
  const zone = timeline.workspace.timezone ?? 'UTC';
  const moment = (text: string): number => readMoment(text, zone) ?? Number.NaN;
  const start = moment(timeline.start);
  const dayAlone = /^\d{4}-\d{2}-\d{2}$/.test(timeline.until);
  const until = moment(dayAlone ? `${timeline.until} 23:59` : timeline.until);
  if (until < start) throw problemAt(['until'], 'this comes before start; choose a later time');
  if (until - start > LONGEST_MS)
    throw problemAt(['until'], 'this is more than two years after start; choose an earlier time');
  const known = new Set<string>();
  timeline.people.forEach(({ id }, index) => {
    if (known.has(id))
      throw problemAt(['people', index, 'id'], `${quoted(id)} is there already; choose another`);
    known.add(id);
  });
  const person = (id: string | undefined, path: Path): void => {
    if (id !== undefined && !known.has(id))
      throw problemAt(
        path,
        `nobody here is called ${quoted(id)}; add them to people, or write one of ${[...known].slice(0, 10).join(', ')}`,
      );
  };
  const within = (text: string | undefined, path: Path): void => {
    if (text !== undefined && (moment(text) < start || moment(text) > until))
      throw problemAt(path, `${quoted(text)} is not between start and until; move it, or them`);
  };
  timeline.people.forEach(({ delegate, leave, gone_at }, index) => {
    person(delegate, ['people', index, 'delegate']);
    within(gone_at, ['people', index, 'gone_at']);
    for (const [nth, one] of leave.entries())
      person(one.delegate, ['people', index, 'leave', nth, 'delegate']);
  });
  for (const [index, id] of (timeline.workspace.settings.members ?? []).entries())
    person(id, ['workspace', 'settings', 'members', index]);
  const keys = new Set<string>();
  timeline.pilots.forEach((pilot, index) => {
    if (keys.has(pilot.key))
      throw problemAt(['pilots', index, 'key'], `${quoted(pilot.key)} is there already; choose another`);
    keys.add(pilot.key);
    for (const role of ['owner', 'sponsor', 'production_owner'] as const)
      person(pilot[role], ['pilots', index, role]);
    if (pilot.status !== 'draft' && (pilot.sponsor === undefined || pilot.criteria.length === 0))
      throw problemAt(
        ['pilots', index],
        `${quoted(pilot.key)} cannot be ${pilot.status} without a sponsor and a criterion; add them, or write status: draft`,
      );
  });
  const events = timeline.events.map((event, index) => {
    if ('by' in event) person(event.by, ['events', index, 'by']);
    const at = moment(event.at);
    within(event.at, ['events', index, 'at']);
    return { at, line: lineOf(['events', index]), event };
  });
  return {
    timeline,
    zone,
    start,
    until,
    // Sorting is stable: what stands above happens first.
    events: events.sort((one, other) => one.at - other.at),
    instantOf: moment,
    lineOf,
    problemAt,
  };
}
