/** Which Web API methods are there? */
import { chatMethods } from './chat.ts';
import { connectionMethods } from './connection.ts';
import { conversationChangeMethods } from './conversations-change.ts';
import { conversationReadMethods } from './conversations-read.ts';
import { fileMethods } from './files.ts';
import type { Methods } from './method.ts';
import { peopleMethods } from './people.ts';
import { reactionMethods } from './reactions.ts';
import { viewMethods } from './views.ts';

/** Every method by its name. */
export const methods: Methods = {
  ...connectionMethods,
  ...chatMethods,
  ...conversationReadMethods,
  ...conversationChangeMethods,
  ...viewMethods,
  ...peopleMethods,
  ...fileMethods,
  ...reactionMethods,
};
