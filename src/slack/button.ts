/** How does a button carry what it is about, and how is that read back? */
import type { z } from 'zod';
import type { Block } from './blocks.ts';
import { plainText } from './blocks.ts';
import { LIMITS, lengthOf } from './limits.ts';

/** The dialog that asks once more before something that cannot be taken back. */
export interface Confirm {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

/** How one button looks where it stands. */
export interface ButtonLook {
  readonly label?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: Confirm;
  /** Tells buttons with the same meaning apart inside one row. */
  readonly nth?: number;
  /** What a screen reader says when several buttons share their words. */
  readonly spoken?: string;
}

/** A button that may stand in a menu: as a choice of it, or by itself where it is the only one. */
export interface Choice {
  readonly option: { readonly text: object; readonly value: string };
  readonly alone: Block;
}

/** A kind of button: its id, its words, and the shape of what it carries. */
export interface Button<Value> {
  readonly id: string;
  readonly label: string;
  element(value: Value, look?: ButtonLook): Block;
  /** The same as a choice of a menu. A menu asks nobody once more: what cannot be taken back stays a button. */
  choice(value: Value, look?: Pick<ButtonLook, 'label'>): Choice;
  /** What a press carried, or null if it does not have the shape (an old or foreign button). */
  read(value: string | undefined): Value | null;
}

/** Declares a kind of button. The value travels as JSON and is checked on the way back. */
export function defineButton<Value>(id: string, label: string, shape: z.ZodType<Value>): Button<Value> {
  return {
    id,
    label,
    element(value, look = {}) {
      const encoded = JSON.stringify(value);
      if (lengthOf(encoded) > LIMITS.button.value) throw new Error(`button ${id} carries too much`);
      return {
        type: 'button',
        action_id: look.nth === undefined ? id : `${id}#${look.nth}`,
        text: plainText(look.label ?? label, LIMITS.button.text),
        value: encoded,
        ...(look.style === undefined ? {} : { style: look.style }),
        ...(look.confirm === undefined ? {} : { confirm: confirmDialog(look.confirm) }),
        ...(look.spoken === undefined
          ? {}
          : { accessibility_label: plainText(look.spoken, LIMITS.button.text).text }),
      };
    },
    choice(value, look = {}) {
      const encoded = `${id} ${JSON.stringify(value)}`;
      if (lengthOf(encoded) > LIMITS.option.value) throw new Error(`choice ${id} carries too much`);
      return {
        option: { text: plainText(look.label ?? label, LIMITS.option.text), value: encoded },
        alone: this.element(value, look),
      };
    },
    read(value) {
      if (value === undefined) return null;
      try {
        const parsed = shape.safeParse(JSON.parse(value));
        return parsed.success ? parsed.data : null;
      } catch {
        return null;
      }
    },
  };
}

/** What the menus of a message are called; the choices carry what they mean. */
const MENU = 'more-choices';

/**
 * What is pressed less often, behind one `⋯`. A single choice stands as a button; none gives nothing.
 *
 * @throws Error for more choices than a menu takes
 */
export function menu(choices: readonly Choice[]): Block[] {
  const [first, ...others] = choices;
  if (first === undefined) return [];
  if (others.length === 0) return [first.alone];
  if (choices.length > LIMITS.overflow) throw new Error(`a menu takes ${LIMITS.overflow} choices`);
  return [{ type: 'overflow', action_id: MENU, options: choices.map(({ option }) => option) }];
}

/** The id of the kind a pressed element belongs to: `sign-charter#2` is a `sign-charter`. */
export const buttonKind = (actionId: string): string => actionId.split('#', 1)[0] ?? actionId;

function confirmDialog(confirm: Confirm): object {
  return {
    title: plainText(confirm.title, LIMITS.confirm.title),
    text: plainText(confirm.text, LIMITS.confirm.text),
    confirm: plainText(confirm.yes, LIMITS.confirm.button),
    deny: plainText(confirm.no, LIMITS.confirm.button),
  };
}
