/** Light or dark? What the machine prefers, until the person says otherwise. */
import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';

const kept = 'theme';
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

let chosen = readChosen();

/** Puts the theme on the page and keeps it right. */
export function startTheme(): void {
  prefersDark.addEventListener('change', changed);
  window.addEventListener('storage', (event) => {
    if (event.key !== kept) return;
    chosen = readChosen();
    changed();
  });
  changed();
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, theme);
}

/** The other one. */
export function toggleTheme(): void {
  chosen = theme() === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(kept, chosen);
  } catch {
    // A browser that keeps nothing still shows the page.
  }
  changed();
}

function theme(): Theme {
  return chosen ?? (prefersDark.matches ? 'dark' : 'light');
}

function changed(): void {
  document.documentElement.dataset['theme'] = theme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readChosen(): Theme | null {
  try {
    const value = localStorage.getItem(kept);
    return value === 'dark' || value === 'light' ? value : null;
  } catch {
    return null;
  }
}
