/** What stands above everything: the workspace, its clock, and what else can be shown? */
import { memo, type ReactNode } from 'react';
import { usePanels } from './address-bar.ts';
import { Clock } from './clock.tsx';
import { Icon } from './icons.tsx';
import { toggleTheme, useTheme } from './theme.ts';

export interface TopBarProps {
  team: string;
  hasStory: boolean;
  tz: string;
}

export const TopBar = memo(function TopBar({ team, hasStory, tz }: TopBarProps): ReactNode {
  const theme = useTheme();
  const panels = usePanels();
  return (
    <header className="top-bar">
      <p className="team">{team}</p>
      <Clock tz={tz} />
      <div className="top-tools">
        {hasStory && (
          <button
            type="button"
            className="top-button"
            aria-pressed={panels.story}
            onClick={() => panels.show({ story: !panels.story })}
          >
            <Icon name="compass" />
            <span>Try this</span>
          </button>
        )}
        <button
          type="button"
          className="top-button"
          aria-pressed={panels.inspector}
          onClick={() => panels.show({ inspector: !panels.inspector, entry: null })}
        >
          <Icon name="trace" />
          <span>Inspector</span>
        </button>
        <button
          type="button"
          className="top-button icon-only"
          aria-label={theme === 'dark' ? 'Use light colours' : 'Use dark colours'}
          title={theme === 'dark' ? 'Use light colours' : 'Use dark colours'}
          onClick={toggleTheme}
        >
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </button>
      </div>
    </header>
  );
});
