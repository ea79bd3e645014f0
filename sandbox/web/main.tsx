/** Where does the page begin? */
import { createRoot } from 'react-dom/client';
import { createLive } from './live/live.ts';
import { LiveContext } from './live/use-live.ts';
import { App } from './shell/app.tsx';
import { startTheme } from './shell/theme.ts';
import './style/index.css';

startTheme();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place to begin.');
createRoot(root).render(
  <LiveContext value={createLive()}>
    <App />
  </LiveContext>,
);
