import { describe, expect, it, vi } from 'vitest';
import { readConfig, VARIABLES } from '../src/config.ts';
import { features } from '../src/features/index.ts';
import { isObject } from '../sandbox/server/json.ts';
import type { Block } from '../src/slack/blocks.ts';
import type { Form } from '../src/slack/form.ts';
import { LIMITS, lengthOf } from '../src/slack/limits.ts';
import { readable } from '../src/slack/text.ts';
import { CONTROLS, HOSTILE, REORDERING } from './support/hostile.ts';

const declared = vi.hoisted(() => new Map<string, unknown>());
// Every form that is declared anywhere is noted, whether its file exports it or not.
vi.mock('../src/slack/form.ts', async (original) => {
  const real = await original<typeof import('../src/slack/form.ts')>();
  const defineForm: typeof real.defineForm = (parts) => {
    const form = real.defineForm(parts);
    declared.set(form.id, form);
    return form;
  };
  return { ...real, defineForm };
});
