/** What could somebody try next, and what have they tried? */
import type { ReactNode } from 'react';
import type { PageState } from '../../server/control/page-state.ts';
import { typeFor } from '../conversation/drafts.ts';
import type { Address } from '../live/address.ts';
import { firstPlace } from '../live/place.ts';
import { go, useAddress, usePanels } from '../shell/address-bar.ts';
import { Icon } from '../shell/icons.tsx';
import { MarkedText } from '../text/words.tsx';
import type { Step, StoryContent } from './use-story.ts';

/** The chapters with their steps, ticked as they are done. */
export function Story({ story, state }: { story: StoryContent; state: PageState }): ReactNode {
  const panels = usePanels();
  const steps = story.chapters.flatMap((chapter) => chapter.steps);
  const next = steps.find(({ done }) => !done);
  const done = steps.filter((step) => step.done).length;
  return (
    <section className="pane story" aria-labelledby="story-title">
      <header className="pane-head">
        <h2 id="story-title">Try this</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close"
          onClick={() => panels.show({ story: false })}
        >
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section className="story-body" aria-label="Steps" tabIndex={0}>
        <h3>{story.title}</h3>
        <p className="story-intro">
          <MarkedText text={story.intro} />
        </p>
        <p className="story-count">
          <progress value={done} max={Math.max(1, steps.length)} aria-label="Steps done" />
          {done} of {steps.length}
        </p>
        {story.chapters.map((chapter) => (
          <Chapter key={chapter.title} chapter={chapter} next={next} state={state} />
        ))}
      </section>
    </section>
  );
}

interface ChapterProps {
  chapter: StoryContent['chapters'][number];
  next: Step | undefined;
  state: PageState;
}

function Chapter({ chapter, next, state }: ChapterProps): ReactNode {
  const here = chapter.steps.includes(next as Step);
  const all = chapter.steps.every(({ done }) => done);
  return (
    <details className="chapter" open={here || (!all && next === undefined)}>
      <summary>
        {chapter.title}
        {all && (
          <span className="chapter-done">
            <Icon name="tick" />
            <span className="visually-hidden">done</span>
          </span>
        )}
      </summary>
      <ol>
        {chapter.steps.map((step) => (
          <li
            key={step.id}
            className="step"
            data-done={step.done}
            aria-current={step === next ? 'step' : undefined}
          >
            <span className="step-tick">
              {step.done && <Icon name="tick" />}
              <span className="visually-hidden">{step.done ? 'Done: ' : 'To do: '}</span>
            </span>
            <div>
              <p>
                <MarkedText text={step.text} />
              </p>
              {!step.done && <Buttons step={step} state={state} />}
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Buttons({ step, state }: { step: Step; state: PageState }): ReactNode {
  const panels = usePanels();
  const address = useAddress();
  const { as, where, command } = step;
  const person = state.people.find(({ name }) => name === as?.replace(/^@/, ''));
  const am = person === undefined || person.id === state.me;
  const whoever = person === undefined ? {} : { as: person.name };
  const move = (to: Partial<Address>): void => {
    go({ ...to, thread: '' });
    // On a narrow page the story lies over what it speaks of.
    if (window.innerWidth < 1100) panels.show({ story: false });
  };
  const type = (text: string): void => {
    const place = where === undefined ? undefined : writingPlace(state, where);
    const elsewhere = place === undefined && address.at === '' ? firstPlace(state).at : place;
    typeFor({ person: person?.name ?? null, place: elsewhere ?? null, text });
    move({ ...whoever, ...(elsewhere === undefined ? {} : { at: elsewhere, home: '' }) });
  };
  return (
    <div className="step-buttons">
      {person !== undefined && (
        <button
          type="button"
          className="button small"
          disabled={am}
          onClick={() => go({ ...whoever, thread: '' })}
        >
          {am ? `You are ${first(person.realName)}` : `Be ${first(person.realName)}`}
        </button>
      )}
      {where !== undefined && (
        <button
          type="button"
          className="button small"
          onClick={() => move({ ...whoever, ...placeNamed(state, where) })}
        >
          Go there
        </button>
      )}
      {command !== undefined && (
        <button type="button" className="button small primary" onClick={() => type(command)}>
          Type it for me
        </button>
      )}
    </div>
  );
}

function first(name: string): string {
  return name.split(' ')[0] ?? name;
}

function placeNamed(state: PageState, where: string): { at: string; home: string } {
  const app = state.apps.find(({ name }) => name === where);
  return app === undefined ? { at: where.replace(/^#/, ''), home: '' } : { at: '', home: app.name };
}

/** Where something can be typed: in a Home it cannot, but in the app's messages. */
function writingPlace(state: PageState, where: string): string {
  const app = state.apps.find(({ name }) => name === where);
  if (app === undefined) return where.replace(/^#/, '');
  return `@${state.people.find(({ id }) => id === app.botUserId)?.name ?? ''}`;
}
