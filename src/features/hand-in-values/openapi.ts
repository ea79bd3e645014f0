/** What do the app's own endpoints promise, in the form programs read? */

const text = (description: string, more: object = {}) => ({ type: 'string', description, ...more });
const decimal = (description: string) => ({
  description,
  oneOf: [{ type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' }, { type: 'number' }],
});
const json = (schema: object) => ({ 'application/json': { schema } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const problem = (description: string) => ({ description, content: json(ref('Problem')) });
const key = {
  name: 'key',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: 'The key of a pilot',
};
const common = {
  '401': problem('No token, or one that is unknown, expired or revoked'),
  '429': {
    ...problem('Too many requests'),
    headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait' } },
  },
};

const observation = {
  type: 'object',
  required: ['pilot', 'metric'],
  additionalProperties: false,
  description:
    'One value for one period: `end` or `day` says which; `value`, or `num` and `den`, or `raw` what was measured.',
  properties: {
    pilot: text('The key of the pilot'),
    metric: text('The key or the exact name of the metric'),
    end: text("The day after the period's last day", { format: 'date' }),
    day: text('Any day inside the period, instead of end', { format: 'date' }),
    value: {
      description: 'The value; yes or no for a yes-or-no metric',
      oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
    },
    num: decimal('Cases that count, for a rate'),
    den: decimal('All cases, for a rate'),
    raw: { type: 'array', description: 'Single values of the period', items: decimal('One value') },
    unit: text("The unit, if it is to be checked or is another one; else the metric's"),
    n: { type: 'integer', minimum: 1, description: 'How many cases a value stands for' },
    source: text('Where the number comes from; else the name of the token'),
    evidence: text('A link to where it can be looked up'),
    key: text('Makes a repeat harmless; unique in its source'),
  },
};

const untaken = {
  type: 'object',
  required: ['index', 'code', 'message'],
  properties: {
    index: { type: 'integer', description: 'The place of the row, from 0' },
    code: { type: 'string' },
    message: { type: 'string', description: 'What is wrong, and what would be right' },
  },
};

const schemas = {
  Observation: observation,
  Taken: {
    type: 'object',
    required: ['accepted', 'duplicate', 'quarantined', 'rejected'],
    properties: {
      accepted: { type: 'integer' },
      duplicate: { type: 'integer', description: 'Rows that were there already' },
      quarantined: {
        type: 'array',
        items: untaken,
        description: 'Set aside until somebody says what they mean',
      },
      rejected: { type: 'array', items: untaken, description: 'Not kept; mend and send again' },
    },
  },
  Pilot: {
    type: 'object',
    required: ['key', 'name', 'stage', 'version', 'status', 'verdict', 'criteria'],
    properties: {
      key: { type: 'string' },
      name: { type: 'string' },
      stage: { type: 'string', enum: ['select', 'build', 'measure', 'deploy', 'expand', 'stopped'] },
      paused: { type: 'boolean' },
      version: { type: 'integer' },
      status: { type: 'string' },
      start: { type: ['string', 'null'], format: 'date' },
      decision: { type: ['string', 'null'], format: 'date' },
      verdict: { type: ['string', 'null'] },
      criteria: { type: 'array', items: { type: 'object' } },
    },
  },
  Problem: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** The OpenAPI 3.1 document of everything under `/api/v1`. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'Pilotage',
    version: '1',
    description: 'Hand in measured values, and read what was agreed and measured.',
  },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, schemas },
  security: [{ token: [] }],
  paths: {
    '/api/v1/observations': {
      post: {
        summary: 'Hand in measured values',
        parameters: [
          {
            name: 'atomic',
            in: 'query',
            schema: { type: 'boolean', default: false },
            description: 'All or nothing: one row that is not taken leaves all of them out',
          },
        ],
        requestBody: {
          required: true,
          content: {
            ...json({
              type: 'object',
              required: ['observations'],
              additionalProperties: false,
              properties: { observations: { type: 'array', maxItems: 10_000, items: ref('Observation') } },
            }),
            'application/x-ndjson': { schema: { type: 'string', description: 'One observation per line' } },
          },
        },
        responses: {
          '200': { description: 'Each row is taken, set aside or rejected', content: json(ref('Taken')) },
          '400': problem('The body cannot be read'),
          ...common,
          '403': problem('A row is about a pilot this token is not for'),
          '413': problem('More than 5 MiB or 10,000 rows'),
          '415': problem('Neither JSON nor JSON lines'),
          '422': { description: 'With atomic: nothing was taken', content: json(ref('Taken')) },
        },
      },
    },
    '/api/v1/pilots': {
      get: {
        summary: 'Pilots this token may see, a hundred at a time',
        parameters: [
          {
            name: 'after',
            in: 'query',
            schema: { type: 'string' },
            description: 'The `next` of the page before',
          },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: json({
              type: 'object',
              required: ['pilots', 'next'],
              properties: {
                pilots: { type: 'array', items: ref('Pilot') },
                next: { type: ['string', 'null'] },
              },
            }),
          },
          ...common,
        },
      },
    },
    '/api/v1/pilots/{key}': {
      get: {
        summary: 'One pilot: what was agreed and what is measured',
        parameters: [key],
        responses: {
          '200': { description: 'The pilot', content: json(ref('Pilot')) },
          ...common,
          '404': problem('No such pilot'),
        },
      },
    },
    '/api/v1/pilots/{key}/logbook': {
      get: {
        summary: 'What happened to a pilot, without the words of people',
        parameters: [
          key,
          {
            name: 'after',
            in: 'query',
            schema: { type: 'integer' },
            description: 'The `next` of the page before',
          },
        ],
        responses: {
          '200': { description: 'A page of entries' },
          ...common,
          '404': problem('No such pilot'),
        },
      },
    },
  },
} as const;
