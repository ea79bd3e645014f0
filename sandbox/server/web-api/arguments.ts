/** What did the app ask for, whether it sent a form or JSON? */
import type { IncomingMessage } from 'node:http';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { addressOf } from '../request-address.ts';
import { refuseArguments } from './answer.ts';

/** Arguments by name: texts from forms, any JSON from JSON bodies. */
export type Arguments = JsonObject;

export interface ParsedRequest {
  args: Arguments;
  token: string | null;
  /** True when the arguments came as JSON, which not every method reads. */
  wasJson: boolean;
  /** Slack's own warnings about the request. */
  warnings: string[];
}

/** Reads a request to the end. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Token and arguments of a Web API request. */
export async function parseRequest(request: IncomingMessage, body: Buffer): Promise<ParsedRequest> {
  const url = addressOf(request);
  const given: Arguments = Object.fromEntries(url.searchParams);
  const type = request.headers['content-type'] ?? '';
  const warnings: string[] = [];
  const wasJson = type.startsWith('application/json');
  if (wasJson) {
    if (!type.includes('charset')) warnings.push('missing_charset');
    const parsed = parseJson(body.toString('utf8'));
    if (isObject(parsed)) Object.assign(given, parsed);
  } else if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    for (const [key, value] of form) if (typeof value === 'string') given[key] = value;
  } else {
    Object.assign(given, Object.fromEntries(new URLSearchParams(body.toString('utf8'))));
  }
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const { token: inBody, ...args } = given;
  const token = bearer ?? (typeof inBody === 'string' && inBody !== '' ? inBody : null);
  return { args, token, wasJson, warnings };
}

/** A text argument; undefined when it is absent. Numbers in JSON bodies are taken as they are written. */
export function textArgument(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A text argument that must be there. */
export function requiredText(args: Arguments, name: string): string {
  const value = textArgument(args, name);
  if (value === undefined || value === '') refuseArguments(`missing required field: ${name}`);
  return value;
}

/** A yes-or-no argument: true, "true", 1, "1". */
export function flagArgument(args: Arguments, name: string, fallback = false): boolean {
  const value = textArgument(args, name);
  if (value === undefined || value === '') return fallback;
  return value === 'true' || value === '1';
}

/** A whole number between bounds; outside of them the nearest bound. */
export function countArgument(args: Arguments, name: string, fallback: number, most: number): number {
  const value = Number(textArgument(args, name) ?? fallback);
  if (!Number.isInteger(value) || value < 1) return fallback;
  return Math.min(value, most);
}

/** A structured argument: JSON as it is, or JSON inside a text; `invalid` when the text is not JSON. */
export function structuredArgument(args: Arguments, name: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  return parseJson(value) ?? invalid;
}

/** Stands for text that is not JSON. */
export const invalid: unique symbol = Symbol('not JSON');

/** A list in a text, separated by commas, or a JSON list. */
export function listArgument(args: Arguments, name: string): string[] {
  const value = args[name];
  if (Array.isArray(value)) return value.map(String);
  const text = textArgument(args, name) ?? '';
  const parsed = text.startsWith('[') ? parseJson(text) : undefined;
  if (Array.isArray(parsed)) return parsed.map(String);
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
