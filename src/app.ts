/** How do the parts become the app? Everything it needs comes in; start and stop come out. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createDelivery } from './app/delivery.ts';
import { createDirectory } from './app/directory.ts';
import { endpointsOf } from './app/endpoints.ts';
import { exportFile } from './app/export-file.ts';
import { holidaysOf } from './app/holidays.ts';
import { createLongWork } from './app/long-work.ts';
import { noticeWrites } from './app/noticed-writes.ts';
import { createPatience } from './app/patience.ts';
import { rememberReads } from './app/remembered-reads.ts';
import { createRoutes } from './app/routes.ts';
import { StartProblem, startProblemOf } from './app/start-problem.ts';
import type { SlackConfig } from './config.ts';
import type { Viewer } from './core/pilot.ts';
import type { Database } from './db/database.ts';
import { rememberWorkspace } from './db/queries/people.ts';
import type { Moment, Parts } from './features/feature.ts';
import { features } from './features/index.ts';
import { tellOfParked } from './features/send-again/index.ts';
import { type HttpServer, listenHttp, requestHandler } from './http/server.ts';
import { createJobs, type Jobs, type Ticker } from './jobs/jobs.ts';
import type { Courier, SlackChannel } from './slack/courier.ts';
import { createCourier } from './slack/courier-web.ts';
import { type Listener, listen } from './slack/listen.ts';
import type { Outcome } from './slack/outcome.ts';
import type { SendingLimits } from './slack/pace.ts';

/** A log of facts and words. */
export interface Log {
  debug(facts: object, words: string): void;
  info(facts: object, words: string): void;
  warn(facts: object, words: string): void;
  error(facts: object, words: string): void;
}

/** How long each job lets people who wait for an answer go first. */
const GIVE_WAY_MS = 100;

/** What the app is made of. */
export interface AppParts {
  readonly slack: SlackConfig;
  readonly db: Database;
  readonly command: string;
  readonly timezone: string;
  readonly now: () => number;
  readonly newId: () => string;
  readonly ticker: Ticker;
  readonly log: Log;
  /** Port of the app's own endpoints; null leaves them off in Socket Mode and on Slack's port in HTTP mode. */
  readonly httpPort?: number | null;
  /** How much Slack takes; by default what it publishes. A Slack without limits takes everything at once. */
  readonly limits?: SendingLimits;
  /** Makes the connection to Slack; by default the real one. */
  readonly courier?: Courier;
}

/** The app, ready to be started. It takes part in simulated time as it is. */
export interface App {
  start(): Promise<void>;
  stop(): Promise<void>;
  settled(): Promise<void>;
  nextDue(): Promise<number | null>;
  runDue(): Promise<void>;
  /** The port of the app's own endpoints, where they have one. */
  httpPort(): number | null;
}

/** Where the app's own endpoints lie beside Slack's in HTTP mode. */
const BESIDE = ['/healthz', '/readyz', '/metrics', '/api/v1/*rest'];

/** How long a form may wait for Slack to tell about a channel before it opens without. */
const CHANNEL_PATIENCE_MS = 900;

/** Joins features to Slack, ticks and database. */
export async function createApp(make: AppParts): Promise<App> {
  const { log, now, newId, slack } = make;
  const writes = noticeWrites(make.db);
  const { db } = writes;
  const courier =
    make.courier ??
    createCourier({ token: slack.botToken, ...(slack.apiUrl === undefined ? {} : { apiUrl: slack.apiUrl }) });
  const identity = await identify(courier);
  await rememberWorkspace(db, {
    id: identity.workspace,
    name: identity.workspaceName,
    timezone: make.timezone,
    botUser: identity.botUser,
    now: now(),
  });

  const longWork = db.url === null ? null : createLongWork({ url: db.url, now });
  const parts: Parts = {
    db,
    now,
    newId,
    people: createDirectory(db, courier, now, newId),
    channel: (_workspace, id) => withPatience(courier.channel(id)),
    file: (_workspace, url, limit) => courier.download(url, limit),
    upload: (_workspace, file) => courier.upload(file),
    exportFile: (task) => exportFile(db, longWork, task),
    holidays: holidaysOf,
    longWork,
    command: make.command,
    giveWay: async () => {
      await nextTurn();
      await listener.quiet(GIVE_WAY_MS);
    },
  };
  /** The same for one request or one look: what has been read is not read again. */
  const partsAtOnce = (): Parts => {
    const remembering = rememberReads(db, writes.count);
    return { ...parts, db: remembering, people: createDirectory(remembering, courier, now, newId) };
  };
  const drawHome = async (moment: Moment, user: string) => {
    const person = await parts.people.person(moment.workspace, user);
    const viewer: Viewer = {
      id: user,
      office: await parts.people.isOffice(moment.workspace, person),
      person,
    };
    const home = features.find((feature) => feature.home !== undefined)?.home;
    if (home === undefined) throw new Error('no feature draws the Home tab');
    return home({ ...moment, viewer, person });
  };
  const duties = features.flatMap((feature) => feature.duties ?? []);
  const delivery = createDelivery({
    db,
    courier,
    parts,
    log,
    drawHome,
    letters: features.flatMap((feature) => feature.letters ?? []),
    ...(make.limits === undefined ? {} : { limits: make.limits }),
    parked: (row, _code, place) => tellOfParked(parts, row, place),
    clockWentBack: async (at) => {
      for (const duty of duties) await duty.rethink?.(parts, at);
    },
  });
  const patience = createPatience(now);
  const jobs: Jobs = createJobs({
    jobs: [
      patience.watch,
      ...duties.map((duty) => {
        const job = {
          name: duty.name,
          nextDue: () => duty.nextDue(parts),
          run: (at: number) => duty.run(partsAtOnce(), at),
        };
        return duty.waitsAfterGap === true ? patience.patient(job) : job;
      }),
      // Last, so that what the duties have just written is sent in the same look.
      delivery,
    ],
    now,
    ticker: make.ticker,
    failed: (job, error) => log.error({ job, err: error }, 'a job failed and is tried again'),
    giveWay: parts.giveWay,
  });
  let writesSeen = writes.count();
  let connected = slack.mode.kind === 'http';
  const endpoints = endpointsOf({
    db,
    workspace: identity.workspace,
    parts,
    features,
    connected: () => connected,
    lastLook: () => jobs.lastLook(),
    failed: (fault, error) => log.error({ fault, err: error }, 'a request failed'),
  });
  const beside = requestHandler(endpoints);
  const listener: Listener = listen({
    mode: slack.mode,
    ...(slack.apiUrl === undefined ? {} : { apiUrl: slack.apiUrl }),
    botToken: slack.botToken,
    identity,
    routes: createRoutes(
      features,
      partsAtOnce,
      { timezone: make.timezone, workspaceName: identity.workspaceName, writes: writes.count },
      delivery.heard,
    ),
    courier,
    newId,
    tellWhom: (workspace) => parts.people.officeName(workspace),
    log,
    // Who only looked has made nothing due, and a look asks the database a dozen questions.
    acted: () => {
      if (writes.count() === writesSeen) return;
      writesSeen = writes.count();
      jobs.kick();
    },
    beside: BESIDE.map((path) => ({
      path,
      method: ['GET', 'POST'],
      handler: (request, response) => void beside(request, response),
    })),
    connection: (state) => {
      connected = state === 'connected';
    },
  });

  let server: HttpServer | null = null;
  return {
    async start() {
      const port = make.httpPort ?? null;
      try {
        // First, because nothing has to be taken back when the port is somebody else's.
        if (port !== null) server = await listenHttp(endpoints, port);
        await listener.start();
      } catch (error) {
        await server?.close();
        throw startProblemOf(error) ?? error;
      }
      jobs.start();
    },
    async stop() {
      await longWork?.close();
      await server?.close();
      await listener.stop();
      await jobs.stop();
    },
    httpPort: () => server?.port ?? null,
    async settled() {
      // What a person did may make messages due, and those are sent after the answer.
      await listener.settled();
      await jobs.settled();
      await listener.settled();
      await jobs.settled();
    },
    nextDue: () => jobs.nextDue(),
    runDue: () => jobs.runDue(),
  };
}

async function identify(courier: Courier) {
  const known = await courier.identify();
  if (known.kind === 'done') return known.value;
  const remedy =
    known.kind === 'disconnected'
      ? 'Check SLACK_BOT_TOKEN, or install the app in the workspace again.'
      : 'Check the network and SLACK_API_URL.';
  throw new StartProblem(`Slack does not answer the app (${known.code}). ${remedy}`);
}

function withPatience(answer: Promise<Outcome<SlackChannel>>): Promise<Outcome<SlackChannel>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => resolve({ kind: 'later', code: 'slow', afterMs: 1000 }),
      CHANNEL_PATIENCE_MS,
    );
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
