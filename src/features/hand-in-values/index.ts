/** How do programs hand in values and read what was agreed? */
import type { Feature } from '../feature.ts';
import { takeObservations } from './observations.ts';
import { openapi } from './openapi.ts';
import { listPilots, readLogbook, showPilot } from './read.ts';

export const handInValues: Feature = {
  name: 'hand-in-values',
  endpoints: (parts) => [
    {
      method: 'POST',
      path: '/api/v1/observations',
      limited: true,
      run: (request) => takeObservations(parts, request),
    },
    { method: 'GET', path: '/api/v1/pilots', limited: true, run: (request) => listPilots(parts, request) },
    {
      method: 'GET',
      path: '/api/v1/pilots/{key}',
      limited: true,
      run: (request) => showPilot(parts, request),
    },
    {
      method: 'GET',
      path: '/api/v1/pilots/{key}/logbook',
      limited: true,
      run: (request) => readLogbook(parts, request),
    },
    { method: 'GET', path: '/api/v1/openapi.json', run: async () => ({ status: 200, body: openapi }) },
  ],
};
