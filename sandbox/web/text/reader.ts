/** Who reads, and what do ids mean to them? */
import { createContext, useContext } from 'react';
import type { PageChannel, PagePerson } from '../../server/control/page-state.ts';

export interface Reader {
  /** Id of the acting person. */
  me: string;
  /** Their zone. */
  tz: string;
  /** Epoch milliseconds of the workspace's clock, to the minute. */
  now: number;
  teamId: string;
  people: ReadonlyMap<string, PagePerson>;
  channels: ReadonlyMap<string, PageChannel>;
  /** The page's address of a conversation. */
  hrefOf(channel: PageChannel): string;
  open(channel: PageChannel): void;
}

const stranger: Reader = {
  me: '',
  tz: 'Etc/UTC',
  now: 0,
  teamId: '',
  people: new Map(),
  channels: new Map(),
  hrefOf: () => '',
  open: () => undefined,
};

export const ReaderContext = createContext<Reader>(stranger);

export function useReader(): Reader {
  return useContext(ReaderContext);
}
