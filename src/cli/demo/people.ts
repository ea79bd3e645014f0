/** Who is in the demo's workspace, and which channels are there? */
/** A person of the demo. */
interface DemoPerson {
  id: string;
  name: string;
  realName: string;
  tz: string;
  isAdmin?: boolean;
  isGuest?: 'multi' | 'single';
  teamId?: string;
  deleted?: boolean;
}

/** A channel of the demo. */
interface DemoChannel {
  id: string;
  name: string;
  members: string[];
  isPrivate?: boolean;
  isArchived?: boolean;
  isExtShared?: boolean;
}

const people: DemoPerson[] = [
  { id: 'U0ANA000001', name: 'ana', realName: 'Ana Costa', tz: 'Europe/Berlin' },
  { id: 'U0PRIYA0001', name: 'priya', realName: 'Priya Shah', tz: 'Europe/London' },
  { id: 'U0OMAR00001', name: 'omar', realName: 'Omar Haddad', tz: 'Europe/Berlin' },
  { id: 'U0MAREK0001', name: 'marek', realName: 'Marek Nowak', tz: 'Europe/Warsaw' },
  { id: 'U0JONAS0001', name: 'jonas', realName: 'Jonas Lind', tz: 'Europe/Stockholm' },
  { id: 'U0WEI000001', name: 'wei', realName: 'Wei Chen', tz: 'Asia/Singapore' },
  { id: 'U0LENA00001', name: 'lena', realName: 'Lena Fischer', tz: 'Europe/Berlin', isAdmin: true },
  { id: 'U0DIEGO0001', name: 'diego', realName: 'Diego Ramos', tz: 'America/New_York' },
  { id: 'U0NORA00001', name: 'nora', realName: 'Nora Byrne', tz: 'Europe/Dublin' },
  { id: 'U0TOMAS0001', name: 'tomas', realName: 'Tomás Silva', tz: 'Europe/Lisbon' },
  { id: 'U0GREG00001', name: 'greg', realName: 'Greg Hall', tz: 'Europe/London', isGuest: 'single' },
  { id: 'U0EVE000001', name: 'eve', realName: 'Eve Martin', tz: 'Europe/Paris', teamId: 'T0OTHERCO01' },
  { id: 'U0GONE00001', name: 'karl', realName: 'Karl Gone', tz: 'Europe/Berlin', deleted: true },
];

const channels: DemoChannel[] = [
  {
    id: 'C0GENERAL01',
    name: 'general',
    members: ['ana', 'priya', 'omar', 'marek', 'jonas', 'wei', 'lena', 'diego', 'nora', 'tomas'],
  },
  {
    id: 'C0PILOTS001',
    name: 'ai-pilots',
    members: ['ana', 'priya', 'omar', 'marek', 'jonas', 'wei', 'lena', 'diego', 'nora', 'tomas', 'Pilotage'],
  },
  { id: 'C0CLAIMS001', name: 'claims', members: ['ana', 'priya', 'omar', 'greg', 'Pilotage'] },
  { id: 'C0FINANCE01', name: 'finance-ai', members: ['marek', 'diego', 'nora', 'Pilotage'] },
  { id: 'C0PRIVATE01', name: 'board', isPrivate: true, members: ['priya', 'lena'] },
  { id: 'C0SHARED001', name: 'with-partner', members: ['ana', 'eve', 'Pilotage'], isExtShared: true },
  { id: 'C0OLD000001', name: 'old-project', members: ['ana', 'Pilotage'], isArchived: true },
];

/** The workspace of Harbour Mutual, an insurer: sample data, as are all its people. */
export const harbourMutual = {
  team: { id: 'T0HARBOUR01', name: 'Harbour Mutual', domain: 'harbour-mutual' },
  people,
  channels,
  apps: [
    {
      name: 'Pilotage',
      botToken: 'xoxb-demo-harbour',
      appToken: 'xapp-demo-harbour',
      signingSecret: 'demo-signing-secret',
      scopes: [
        'chat:write',
        'commands',
        'users:read',
        'channels:read',
        'groups:read',
        'dnd:read',
        'files:read',
        'files:write',
      ],
      commands: [
        {
          command: '/pilot',
          description: 'Get AI pilots to a decision',
          usageHint: 'register | list | show KEY | help',
        },
      ],
      shortcuts: [{ callbackId: 'register_pilot', name: 'Register a pilot', type: 'global' as const }],
      homeTab: true,
      messagesTab: 'read_only' as const,
      mode: 'socket' as const,
      events: [
        'app_home_opened',
        'app_uninstalled',
        'member_joined_channel',
        'tokens_revoked',
        'user_change',
        'dnd_updated_user',
        'channel_archive',
        'group_archive',
      ],
    },
  ],
};
