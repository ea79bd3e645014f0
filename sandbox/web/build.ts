/** How is the page built into a folder? Run as a program: `node sandbox/web/build.ts FOLDER`. */
import { build } from 'vite';
import config from './vite.config.ts';

// Whatever this was started from, the page is built to be used, not to be tested.
// biome-ignore lint/style/noProcessEnv: the process is this build's own, and Vite asks for it there
process.env.NODE_ENV = 'production';
await build({ ...config, configFile: false, build: { ...config.build, outDir: process.argv[2] ?? 'dist' } });
