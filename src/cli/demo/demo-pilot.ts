/** What is said about a pilot of the demo, and what happens to it week by week? */
import type { Answers } from './acts.ts';

/** What somebody does in one week besides recording: a command, or a press in their messages, and the form it opens. */
interface DemoAct {
  readonly week: number;
  readonly by: string;
  readonly command?: string;
  readonly press?: string;
  readonly form: Answers;
}

/** A pilot of the demo: 1 is the week in which the history begins, the Monday after its last week is one more. */
export interface DemoPilot {
  readonly key: string;
  readonly name: string;
  readonly owner: string;
  readonly sponsor: string;
  readonly channel: string;
  /** The week it is registered in; its work starts on the Monday after. */
  readonly from: number;
  /** Days from the start to the decision. */
  readonly days: number;
  readonly charter: Answers;
  readonly production: Answers;
  readonly criteria: readonly Answers[];
  readonly sentence: string;
  /** What the sponsor does with the request a week later. */
  readonly answer: 'Sign charter' | 'Decline' | 'Request changes';
  /** What the form of that answer says. */
  readonly reason?: Answers;
  /** The system whose export the owner drops in Slack each week; without one the values are typed. */
  readonly source?: string;
  /** Weekly values by metric, from its first week on; null is a week without a number. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
  readonly acts?: readonly DemoAct[];
  /** What the owner asks at the end of the history, after having been sent back. */
  readonly again?: {
    readonly days: number;
    readonly edited: Answers;
    readonly criterion: Answers;
    readonly sentence: string;
  };
}
