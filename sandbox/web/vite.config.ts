/** How is the page built? */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  logLevel: 'warn',
  plugins: [react()],
  build: {
    target: 'es2022',
    // The page is served from this machine: what counts is how soon it is built and parsed.
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    assetsInlineLimit: 0,
  },
  // With `vite dev` the page is at Vite's port and talks to a demo that runs at its usual one.
  server: {
    proxy: Object.fromEntries(
      ['/control', '/demo', '/files-pri'].map((path) => [path, 'http://127.0.0.1:4390']),
    ),
  },
});
