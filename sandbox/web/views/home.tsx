/** How is the Home of an app shown? */
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { PageApp } from '../../server/control/page-state.ts';
import type { SeenView } from '../../server/control/read.ts';
import { objectAt, objectsAt } from '../../server/json.ts';
import { Blocks } from '../blocks/block.tsx';
import { SurfaceContext } from '../blocks/surface.ts';
import { useSurfaceOf } from '../blocks/use-surface.ts';
import { Refusal } from '../conversation/refusal.tsx';
import { ask } from '../live/ask.ts';
import { useSeenPart } from '../live/use-live.ts';

/** What an app has published for the acting person; opening it tells the app. */
export function Home({ app, user }: { app: PageApp; user: string }): ReactNode {
  const home = useSeenPart((seen) => seen.home);
  const [opened, setOpened] = useState(false);
  const connected = useSeenPart((seen) => seen.connection === 'live');
  useEffect(() => {
    if (!connected) return;
    let over = false;
    setOpened(false);
    void ask('open-home', { user, app: app.id })
      // An app that cannot be reached shows what it published last.
      .catch(() => undefined)
      .then(() => !over && setOpened(true));
    return () => {
      over = true;
    };
  }, [app.id, user, connected]);
  const view = home?.app === app.id ? home.view : null;
  const refusal = home?.app === app.id ? home.refusal : null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="home" aria-label={`Home of ${app.name}`} aria-busy={!opened} tabIndex={0}>
      {refusal !== null && <Refusal refusal={refusal} />}
      {view !== null && <HomeView key={view.id} view={view} app={app.id} user={user} />}
      {view === null && opened && home?.app === app.id && (
        <p className="nothing-yet">{app.name} has not put anything here for you yet.</p>
      )}
      {view === null && !opened && <div className="loading-line" />}
    </section>
  );
}

function HomeView({ view, app, user }: { view: SeenView; app: string; user: string }): ReactNode {
  const entered = objectAt(view['state'])['values'];
  const surface = useSurfaceOf(
    { kind: 'home', user, view: view.id, app },
    useMemo(() => ({ entered }), [entered]),
  );
  return (
    <SurfaceContext value={surface}>
      <Blocks blocks={objectsAt(view.blocks)} />
    </SurfaceContext>
  );
}
