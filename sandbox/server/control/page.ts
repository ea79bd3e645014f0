/** What can a page ask of the control that testers have no use for? */
import { type JsonObject, textAt } from '../json.ts';
import type { Parts } from '../parts.ts';
import { appNamed, conversationFor, personNamed } from '../world/names.ts';
import type { Control } from './index.ts';
import { journalEntry, journalLines } from './journal-lines.ts';
import { choicesFor, enterQuietly, type Place } from './page-enter.ts';
import { dismiss, pageMessages, pagePeople, pageState } from './page-state.ts';
import { markRead } from './read-marks.ts';
import { refusedHome, refusedModals } from './refusals.ts';

/** Who is asked, and with which named fields. */
interface Asked {
  parts: Parts;
  control: Control;
  fields: JsonObject;
}

const most = 300;

/** What a page asks for, by its name after `/control/page/`. */
const answers: Record<string, (asked: Asked) => unknown> = {
  state: ({ parts, control, fields }) => pageState(parts, control.read, textAt(fields['user'])),
  people: ({ parts }) => pagePeople(parts),
  messages: ({ parts, fields }) =>
    pageMessages(
      parts,
      textAt(fields['user']),
      textAt(fields['channel']),
      Array.isArray(fields['only']) ? fields['only'].map(String) : undefined,
    ),
  home({ parts, control, fields }) {
    const person = personNamed(parts.workspace, textAt(fields['user']));
    const app = appNamed(parts.workspace, textAt(fields['app']));
    return { view: control.read.home(person.id, app.id), refusal: refusedHome(parts, person, app.id) };
  },
  read({ parts, fields }) {
    const person = personNamed(parts.workspace, textAt(fields['user']));
    const channel = conversationFor(parts.workspace, person, textAt(fields['channel']));
    markRead(parts, person, channel, textAt(fields['ts']));
  },
  dismiss: ({ parts, fields }) =>
    dismiss(parts, textAt(fields['user']), textAt(fields['channel']), textAt(fields['ts'])),
  enter: ({ parts, fields }) => enterQuietly(parts, placeIn(fields), fields['value']),
  choices: ({ parts, fields }) => choicesFor(parts, placeIn(fields), textAt(fields['query'])),
  log: ({ parts, fields }) =>
    journalLines(parts, {
      ...numberIn(fields, 'since'),
      ...numberIn(fields, 'before'),
      ...textIn(fields, 'name'),
      ...textIn(fields, 'person'),
      troubled: fields['troubled'] === true,
      most,
    }),
  'log-entry': ({ parts, fields }) => journalEntry(parts, Number(fields['n'])),
  'refused-modals': ({ parts, fields }) => refusedModals(parts, Number(fields['since'])),
};

/** The answer to what a page asks, or undefined for a name that is not known. */
export function answerPage(
  parts: Parts,
  control: Control,
  name: string,
  fields: JsonObject,
): (() => Promise<unknown>) | undefined {
  const answer = name.startsWith('page/') ? answers[name.slice('page/'.length)] : undefined;
  return answer === undefined ? undefined : async () => answer({ parts, control, fields });
}

function placeIn(fields: JsonObject): Place {
  return {
    user: textAt(fields['user']),
    blockId: textAt(fields['blockId']),
    actionId: textAt(fields['actionId']),
    ...textIn(fields, 'view'),
    ...textIn(fields, 'channel'),
    ...textIn(fields, 'ts'),
  };
}

function textIn<Name extends string>(fields: JsonObject, name: Name): { [Key in Name]?: string } {
  const value = textAt(fields[name]);
  return (value === '' ? {} : { [name]: value }) as { [Key in Name]?: string };
}

function numberIn<Name extends string>(fields: JsonObject, name: Name): { [Key in Name]?: number } {
  const value = fields[name];
  const given = typeof value === 'number' || (typeof value === 'string' && value !== '');
  return (given ? { [name]: Number(value) } : {}) as { [Key in Name]?: number };
}
