import { describe, expect, it } from 'vitest';
import {
  answerDay,
  awaitedPresses,
  type PressLetter,
  type QuestionFacts,
} from '../../../src/core/escalation/press.ts';

const letter = (over: Partial<PressLetter>): PressLetter => ({
  id: 'q1',
  kind: 'question',
  version: 1,
  person: 'sponsor',
  dedupeKey: 'question:c1',
  createdAt: 5,
  words: 'Can Legal send letters?',
  by: 'owner',
  ...over,
});

const charter = { n: 2, revision: 4, status: 'signed' } as never;
const facts = { charter, signed: charter, holders: { owner: 'owner', sponsor: 'sponsor', delegate: 'dee' } };
const about: QuestionFacts = { asks: ['Can Legal send letters?'], decidedAt: 0 };
const causes = (letters: readonly PressLetter[], given = about, of: object = {}) =>
  awaitedPresses({ ...facts, ...of }, letters, given).map(({ cause, request }) => `${cause} ${request}`);

describe('a question in a check-in', () => {
  it.each([
    ['waits for the sponsor', [letter({})], about, ['request q1']],
    [
      'waits for whoever stands in, where they were asked',
      [letter({ person: 'dee' })],
      about,
      ['request q1'],
    ],
    [
      'is over when it is answered',
      [letter({}), letter({ kind: 'question-answered', dedupeKey: 'answer:q1:9' })],
      about,
      [],
    ],
    [
      'is not over when another one is answered',
      [letter({}), letter({ kind: 'question-answered', dedupeKey: 'answer:q2:9' })],
      about,
      ['request q1'],
    ],
    ['is over when it is taken out of its check-in', [letter({})], { ...about, asks: [] }, []],
    ['is over when somebody has decided since', [letter({})], { ...about, decidedAt: 6 }, []],
    ['is open when somebody decided before', [letter({})], { ...about, decidedAt: 4 }, ['request q1']],
    ['gives way to the next one', [letter({}), letter({ id: 'q2' })], about, ['request q2']],
    [
      'waits for nobody when the sponsor asks the owner',
      [letter({ person: 'owner', by: 'sponsor' })],
      about,
      [],
    ],
  ] as const)('%s', (_, letters, given, open) => {
    expect(causes(letters, given)).toEqual(open);
  });
});

describe('a request to sign', () => {
  const request = letter({ id: 'r', kind: 'sign-request', version: 200_004 });
  const asked = { n: 2, revision: 4, status: 'asked' };

  it.each([
    [
      'is a signature before the first one',
      [request],
      { charter: asked, signed: null },
      ['signature 200004'],
    ],
    ['is an amendment after it', [request], { charter: asked }, ['amendment 200004']],
    ['is over once the version is another one', [request], { charter: { ...asked, revision: 5 } }, []],
    ['is over once it is signed', [request], {}, []],
  ] as const)('%s', (_, letters, of, open) => {
    expect(causes(letters, about, of)).toEqual(open);
  });

  it('hopes for an answer on a day from Monday to Friday', () => {
    expect(['2026-01-05', '2026-01-08', '2026-01-10'].map((day) => answerDay(day, 3))).toEqual([
      '2026-01-08',
      '2026-01-13',
      '2026-01-14',
    ]);
  });
});
