/** How does somebody look at one pilot? */
import { todayIn } from '../../core/metric.ts';
import { mayPause } from '../../core/pause.ts';
import { mayDo, ROLES } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { mayHandOver } from '../../core/roles.ts';
import { heartbeat } from '../../core/sponsor.ts';
import { followedBy } from '../../db/queries/follows.ts';
import type { Block } from '../../slack/blocks.ts';
import { menu } from '../../slack/button.ts';
import { type Reply, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import * as caseButtons from '../../views/case-buttons.ts';
import { doneButton } from '../../views/condition-text.ts';
import { draftCard } from '../../views/draft-card.ts';
import { type CardFacts, pilotCard } from '../../views/pilot-card.ts';
import type { SponsorshipShown } from '../../views/sponsor-text.ts';
import { standingWord } from '../../views/stall-text.ts';
import { type Feature, onPress, type Scene } from '../feature.ts';
import { cardOf, findById, findByKey } from '../find-pilot.ts';
import { sponsorDaysOf, sponsorRecordOf } from '../sponsor-signs.ts';

/** The card, private to whoever asked: owners see what is missing, everybody else what was agreed. */
async function show(scene: Scene, facts: PilotFacts): Promise<Reply> {
  const [plain, followed, sponsorship] = await Promise.all([
    cardOf(scene, facts),
    followedBy(scene.db, scene.workspace, scene.actor.id),
    sponsorshipOf(scene, facts),
  ]);
  const card = { ...plain, ...(sponsorship === null ? {} : { sponsorship }) };
  const working = mayDo('record-value', facts.holders, { id: scene.actor.id, office: scene.viewer.office });
  const drafting =
    facts.signed === null &&
    mayDo('edit-charter', facts.holders, { id: scene.actor.id, office: scene.viewer.office });
  return say(
    drafting
      ? draftCard(card)
      : pilotCard(card, {
          working,
          more: [
            ...aboutNow(scene, facts, card),
            ...fromAfar(scene, facts, followed),
            ...upkeep(scene, facts),
          ],
        }),
  );
}

/** How the sponsor stands behind it, for whoever works on it or decides; how long a question has waited only for the office. */
async function sponsorshipOf(scene: Scene, facts: PilotFacts): Promise<SponsorshipShown | null> {
  const { pilot, holders, signed } = facts;
  const { id, office } = scene.viewer;
  const works = mayDo('describe-sponsor', holders, { id, office });
  if (!works || signed === null || holders.sponsor === undefined || pilot.stage === 'stopped') return null;
  const [days, record] = await Promise.all([
    sponsorDaysOf(scene.db, facts, scene.workspaceZone),
    sponsorRecordOf(scene.db, facts),
  ]);
  const { heardOn, silentSince } = heartbeat(days, todayIn(scene.workspaceZone, scene.at));
  return { record, isSigned: true, heardOn, waitsSince: office ? silentSince : null };
}

/** What is asked about how it stands: only here, so that the card in the channel stays small. */
function aboutNow(scene: Scene, { pilot, holders }: PilotFacts, card: CardFacts): Block[] {
  const { stuck, conditions = [] } = card;
  const works = mayDo('check-in', holders, { id: scene.actor.id, office: scene.viewer.office });
  const about = { pilot: pilot.id };
  const needsHelp = standingWord(stuck?.standing) !== null && pilot.stage !== 'stopped';
  return [
    ...(works ? conditions.slice(0, 2) : []).map((one, nth) => doneButton(pilot.id, one, nth)),
    ...(needsHelp ? [caseButtons.whyStuck.element(about, { label: 'Why it needs help' })] : []),
  ];
}

/** What is done now and then. */
function upkeep({ viewer }: Scene, { pilot, holders }: PilotFacts): Block[] {
  const about = { pilot: pilot.id };
  const rest = pilot.pausedSince === null ? buttons.pausePilot : buttons.resumePilot;
  const hands = ROLES.some((role) => mayHandOver(role, holders, viewer));
  return menu([
    ...(mayPause(holders, viewer) && pilot.stage !== 'stopped' ? [rest.choice(about)] : []),
    ...(hands ? [buttons.handOver.choice(about)] : []),
    ...(mayDo('describe-sponsor', holders, viewer) &&
    holders.sponsor !== undefined &&
    pilot.stage !== 'stopped'
      ? [buttons.aboutSponsor.choice(about)]
      : []),
  ]);
}

/** What anybody can do who has no part in it. */
function fromAfar(scene: Scene, { pilot, holders }: PilotFacts, followed: ReadonlySet<string>): Block[] {
  const about = { pilot: pilot.id };
  const { id } = scene.actor;
  if (followed.has(pilot.id)) return [buttons.unfollow.element(about), ...askFor(about, id, holders.owner)];
  const hasPart = Object.values(holders).includes(id);
  return [...(hasPart ? [] : [buttons.follow.element(about)]), ...askFor(about, id, holders.owner)];
}

const askFor = (about: { readonly pilot: string }, who: string, owner: string | undefined): Block[] =>
  who === owner ? [] : [buttons.askUpdate.element(about)];

export const showPilot: Feature = {
  name: 'show-pilot',
  commands: [
    {
      name: 'show',
      usage: 'KEY',
      does: "a pilot's card, for you only",
      common: true,
      async run(scene, rest) {
        const found = await findByKey(scene, rest);
        return 'instead' in found ? say(found.instead) : show(scene, found.facts);
      },
    },
  ],
  presses: [
    onPress(buttons.showPilot, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : show(scene, found.facts);
    }),
  ],
};
