import type { Connection } from 'mongoose';
import type { TallyStore } from './port.ts';

/** Counts in the store, each over the certificates or dossiers of one body by an index; nothing grows with them. */
export function openTallyStore({ db }: Connection): TallyStore {
  if (!db) throw new Error('the connection is not open');
  const certificates = db.collection('certificates');
  const applications = db.collection('applications');
  return {
    async statuses(body, today) {
      const found = certificates.aggregate<{ _id: string; count: number }>([
        { $match: { 'found.bodies': body } },
        { $unwind: '$statusRuns' },
        { $match: { 'statusRuns.from': { $lte: today }, 'statusRuns.through': { $gte: today } } },
        { $group: { _id: '$statusRuns.status', count: { $sum: 1 } } },
      ]);
      return (await found.toArray()).map(({ _id, count }) => ({ status: _id, count }));
    },
    async revocations(body) {
      const found = certificates.aggregate<{ _id: string | null; count: number }>([
        { $match: { 'found.bodies': body, 'events.type': { $in: ['revoked', 'revokedAbInitio'] } } },
        { $unwind: '$events' },
        { $match: { 'events.type': { $in: ['revoked', 'revokedAbInitio'] } } },
        { $group: { _id: '$events.cause', count: { $sum: 1 } } },
      ]);
      return (await found.toArray()).map(({ _id, count }) => ({ cause: _id, count }));
    },
    async *dossiers(body) {
      const filter = { events: { $elemMatch: { org: body, role: 'certifier' } } };
      const projection = { 'events.type': 1, 'events.on': 1, 'events.org': 1 };
      for await (const { events } of applications.find(filter, { projection })) yield { events };
    },
  };
}
