/** What is shown for something this page does not know how to draw? Never nothing. */
import type { ReactNode } from 'react';
import { type JsonObject, textAt } from '../../server/json.ts';

/** A labelled box with the JSON. */
export function UnknownBox({
  what,
  json,
  why,
}: {
  what: 'block' | 'element';
  json: JsonObject;
  why?: string;
}): ReactNode {
  const type = textAt(json['type']) || 'without a type';
  return (
    <details className="unknown-box">
      <summary>
        {why ?? `This page cannot draw this ${what}`}: <code>{type}</code>
      </summary>
      <pre>{JSON.stringify(json, null, 2)}</pre>
    </details>
  );
}
