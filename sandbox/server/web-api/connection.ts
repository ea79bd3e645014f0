/** Who am I, and how do I connect? */
import { checkAttachments, checkBlocks, checkView } from '../block-kit/check.ts';
import { type Problem, refusalDetails } from '../block-kit/problems.ts';
import { isObject, type JsonObject, textAt } from '../json.ts';
import { refuse, refuseArguments } from './answer.ts';
import { invalid, structuredArgument, textArgument } from './arguments.ts';
import type { Call, Methods } from './method.ts';

/** Methods about the connection itself. */
export const connectionMethods: Methods = {
  'api.test': {
    token: 'none',
    tier: 4,
    handle(call) {
      const error = textArgument(call.args, 'error');
      if (error !== undefined) refuse(error, { args: call.args });
      return { args: call.args };
    },
  },
  'auth.test': {
    tier: 'special',
    handle({ parts: { workspace }, app }) {
      return {
        url: `https://${workspace.team.domain}.slack.com/`,
        team: workspace.team.name,
        user: workspace.people.get(app.botUserId)?.name ?? '',
        team_id: workspace.team.id,
        user_id: app.botUserId,
        bot_id: app.botId,
        is_enterprise_install: false,
      };
    },
  },
  'apps.connections.open': {
    token: 'app',
    tier: 3,
    handle({ parts, app }) {
      if (app.mode !== 'socket') refuse('forbidden_team');
      return { url: `${parts.url.replace(/^http/, 'ws')}${parts.sockets.ticket(app)}` };
    },
  },
  'blocks.validate': {
    token: 'none',
    tier: 4,
    optional: ['blocks', 'message', 'view'],
    handle(call) {
      const given = ['blocks', 'message', 'view'].filter((name) => call.args[name] !== undefined);
      const [name] = given;
      if (name === undefined || given.length > 1) {
        refuseArguments('must provide exactly one of `blocks`, `view`, or `message`');
      }
      const problems = problemsOf(call, name);
      if (problems.length > 0) refuse(`invalid_${name}`, { errors: problems.map(refusalDetails) });
      return {};
    },
  },
};

function problemsOf(call: Call, name: string): Problem[] {
  const value = structuredArgument(call.args, name);
  if (value === invalid) refuseArguments(`\`${name}\` must be valid JSON`);
  if (name === 'blocks') return checkBlocks(value, 'any', '');
  if (!isObject(value)) refuseArguments(`\`${name}\` must be an object`);
  if (name === 'view') return checkView(value, ['modal', 'home'], '');
  return checkMessage(value);
}

function checkMessage(message: JsonObject): Problem[] {
  const blocks = message['blocks'] === undefined ? [] : checkBlocks(message['blocks'], 'message');
  const attachments = message['attachments'] === undefined ? [] : checkAttachments(message['attachments']);
  const empty =
    textAt(message['text']) === '' && message['blocks'] === undefined && message['attachments'] === undefined;
  return [
    ...blocks,
    ...attachments,
    ...(empty ? [{ pointer: '', message: 'missing required field: text' }] : []),
  ];
}
