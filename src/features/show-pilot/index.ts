/** How does somebody look at one pilot? */
import { mayPause } from '../../core/pause.ts';
import { mayDo, ROLES } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { mayHandOver } from '../../core/roles.ts';
import { followedBy } from '../../db/queries/follows.ts';
import type { Block } from '../../slack/blocks.ts';
import { menu } from '../../slack/button.ts';
import { shorten } from '../../slack/limits.ts';
import { type Reply, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import * as caseButtons from '../../views/case-buttons.ts';
import { draftCard } from '../../views/draft-card.ts';
import { type CardFacts, pilotCard } from '../../views/pilot-card.ts';
import { standingWord } from '../../views/stall-text.ts';
import { type Feature, onPress, type Scene } from '../feature.ts';
import { cardOf, findById, findByKey } from '../find-pilot.ts';

/** The card, private to whoever asked: owners see what is missing, everybody else what was agreed. */
async function show(scene: Scene, facts: PilotFacts): Promise<Reply> {
  const [card, followed] = await Promise.all([
    cardOf(scene, facts),
    followedBy(scene.db, scene.workspace, scene.actor.id),
  ]);
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

/** What is asked about how it stands: only here, so that the card in the channel stays small. */
function aboutNow(scene: Scene, { pilot, holders }: PilotFacts, card: CardFacts): Block[] {
  const { stuck, conditions = [] } = card;
  const works = mayDo('check-in', holders, { id: scene.actor.id, office: scene.viewer.office });
  const about = { pilot: pilot.id };
  const needsHelp = standingWord(stuck?.standing) !== null && pilot.stage !== 'stopped';
  return [
    ...(works ? conditions.slice(0, 2) : []).map(({ id, words }, nth) =>
      caseButtons.clearCondition.element(
        { ...about, condition: id },
        { nth, label: `Done: ${shorten(words, 40)}`, spoken: `Condition done: ${words}` },
      ),
    ),
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
