/** What may an app learn of people, bots and the team? */
import type { JsonObject } from '../json.ts';
import { appOfBotId, botProfile } from '../world/apps.ts';
import { describeDoNotDisturb, describePerson } from '../world/people.ts';
import type { Person } from '../world/workspace.ts';
import { refuse } from './answer.ts';
import { flagArgument, listArgument, requiredText, textArgument } from './arguments.ts';
import { personArgument } from './find.ts';
import type { Call, Methods } from './method.ts';
import { page } from './pages.ts';

/** Methods about people, bots and the team. */
export const peopleMethods: Methods = {
  'users.info': {
    scopes: ['users:read'],
    tier: 4,
    json: false,
    required: ['user'],
    optional: ['include_locale'],
    handle: (call) => ({ user: described(call, personArgument(call)) }),
  },
  'users.list': {
    scopes: ['users:read'],
    tier: 2,
    json: false,
    optional: ['cursor', 'include_locale', 'limit', 'team_id'],
    handle(call) {
      const { items, metadata } = page(call, [...call.parts.workspace.people.values()], 1000);
      return {
        members: items.map((person) => described(call, person)),
        cache_ts: Math.floor(call.parts.clock.now() / 1000),
        response_metadata: metadata,
      };
    },
  },
  'users.lookupByEmail': {
    scopes: ['users:read.email'],
    tier: 3,
    json: false,
    required: ['email'],
    handle(call) {
      const email = requiredText(call.args, 'email').toLowerCase();
      const person = [...call.parts.workspace.people.values()].find(
        (candidate) => candidate.email.toLowerCase() === email && !candidate.deleted && !candidate.isBot,
      );
      return { user: described(call, person ?? refuse('users_not_found')) };
    },
  },
  'users.profile.get': {
    scopes: ['users.profile:read'],
    tier: 4,
    json: false,
    optional: ['user', 'include_labels'],
    handle(call) {
      const id = textArgument(call.args, 'user') ?? call.app.botUserId;
      const person = call.parts.workspace.people.get(id) ?? refuse('user_not_found');
      return { profile: described(call, person)['profile'] };
    },
  },
  'dnd.info': {
    scopes: ['dnd:read'],
    tier: 3,
    json: false,
    optional: ['user', 'team_id'],
    handle(call) {
      const id = textArgument(call.args, 'user') ?? call.app.botUserId;
      return doNotDisturb(call, call.parts.workspace.people.get(id) ?? refuse('user_not_found'));
    },
  },
  'dnd.teamInfo': {
    scopes: ['dnd:read'],
    tier: 2,
    json: false,
    required: ['users'],
    optional: ['team_id'],
    handle(call) {
      const people = listArgument(call.args, 'users').flatMap(
        (id) => call.parts.workspace.people.get(id) ?? [],
      );
      return { users: Object.fromEntries(people.map((person) => [person.id, doNotDisturb(call, person)])) };
    },
  },
  'bots.info': {
    scopes: ['users:read'],
    tier: 3,
    json: false,
    optional: ['bot', 'team_id'],
    handle(call) {
      const app = appOfBotId(call.parts.workspace, textArgument(call.args, 'bot') ?? call.app.botId);
      if (app === undefined) refuse('bot_not_found');
      return { bot: botProfile(call.parts.workspace, app) };
    },
  },
  'team.info': {
    scopes: ['team:read'],
    tier: 3,
    optional: ['team', 'domain'],
    handle(call) {
      const { team } = call.parts.workspace;
      const wanted = textArgument(call.args, 'team');
      if (wanted !== undefined && wanted !== team.id) refuse('team_not_found');
      return {
        team: {
          ...team,
          url: `https://${team.domain}.slack.com/`,
          email_domain: '',
          icon: { image_default: true },
          is_verified: false,
        },
      };
    },
  },
};

function described(call: Call, person: Person): JsonObject {
  const locale = flagArgument(call.args, 'include_locale') ? { locale: person.locale } : {};
  return { ...describePerson(call.parts.workspace, person, call.app), ...locale };
}

function doNotDisturb(call: Call, person: Person): JsonObject {
  return describeDoNotDisturb(call.parts.workspace, person);
}
