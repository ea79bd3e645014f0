/** What has to be true before the first line of the thread for long work is loaded? As for the program: what was compiled once is kept. */
import module from 'node:module';

module.enableCompileCache();
await import('../src/app/long-work-thread.ts');
