/** What time is it in the workspace, and how is it moved on? */
import { type ReactNode, useEffect, useState } from 'react';
import { MenuButton } from '../elements/menu-button.tsx';
import { askDemo } from '../live/ask.ts';
import { useSeenPart } from '../live/use-live.ts';
import { cityOf, dayAndTime } from '../live/zone.ts';
import { Icon } from './icons.tsx';
import { say } from './notices.ts';

const steps = [
  { advance: '1h', short: '+1 hour', words: 'One hour on' },
  { advance: '1d', short: '+1 day', words: 'One day on' },
  { advance: 'monday', short: 'Next Monday 09:00', words: 'Next Monday 09:00' },
  { advance: 'next', short: 'Next thing that happens', words: 'Next thing that happens' },
] as const;

/** The clock in the zone of the acting person; it can be moved where a demo keeps the time. */
export function Clock({ tz }: { tz: string }): ReactNode {
  const now = useNow();
  const movable = useMovable();
  const [moving, setMoving] = useState(false);
  const move = async (advance: string): Promise<void> => {
    setMoving(true);
    try {
      await askDemo('clock', { advance });
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'trouble');
    } finally {
      setMoving(false);
    }
  };
  return (
    <div className="clock" aria-busy={moving}>
      <p className="clock-face">
        <Icon name="clock" />
        <time dateTime={new Date(now).toISOString()}>{dayAndTime(now, tz)}</time>
        <span className="clock-city">{cityOf(tz)}</span>
      </p>
      {movable && (
        <>
          <fieldset className="clock-steps">
            <legend className="visually-hidden">Move the time</legend>
            {steps.map(({ advance, short }) => (
              <button
                key={advance}
                type="button"
                className="clock-step"
                disabled={moving}
                onClick={() => void move(advance)}
              >
                {short}
              </button>
            ))}
          </fieldset>
          <div className="clock-menu">
            <MenuButton
              label="Move the time"
              className="top-button icon-only"
              busy={moving}
              disabled={moving}
              entries={steps.map(({ advance, words }) => ({
                key: advance,
                words,
                run: () => void move(advance),
              }))}
            >
              <Icon name="forward" />
            </MenuButton>
          </div>
          <span role="status" className="visually-hidden">
            {moving ? 'Time moves on' : ''}
          </span>
        </>
      )}
    </div>
  );
}

const tick = 15_000;

/** The workspace's time: as it was last heard of, and running on where it runs by itself. */
function useNow(): number {
  const now = useSeenPart((seen) => seen.now);
  const runs = useSeenPart((seen) => seen.state?.runs === true);
  const [heard, setHeard] = useState({ now, at: performance.now() });
  const [, again] = useState(0);
  if (heard.now !== now) setHeard({ now, at: performance.now() });
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => again((count) => count + 1), tick);
    return () => clearInterval(timer);
  }, [runs]);
  return runs ? now + (performance.now() - heard.at) : now;
}

const retry = 1000;

/** True where a demo moves the time. */
function useMovable(): boolean {
  const connection = useSeenPart((seen) => seen.connection);
  const [movable, setMovable] = useState(false);
  useEffect(() => {
    if (connection !== 'live') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const look = (): void => {
      askDemo('state').then(
        (state) => setMovable(state !== null),
        () => {
          // There is a demo, which is not ready yet.
          if (!over) timer = setTimeout(look, retry);
        },
      );
    };
    look();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [connection]);
  return movable;
}
