import type { Connection } from 'mongoose';
import type { TallyStore, UnnamedCertificate } from './port.ts';

const revocations = ['revoked', 'revokedAbInitio'];
const unnamedFields = {
  scheme: 1,
  groups: 1,
  issuedOn: 1,
  statusRuns: 1,
  'events.type': 1,
  'events.cause': 1,
  'history.by': 1,
};

interface UnnamedDocument {
  scheme: string;
  groups?: string[];
  issuedOn: string;
  statusRuns: { status: string; from: string; through: string }[];
  events: { type: string; cause?: string }[];
  history?: { by: { org?: string } }[];
}

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
        { $match: { 'found.bodies': body, 'events.type': { $in: revocations } } },
        { $unwind: '$events' },
        { $match: { 'events.type': { $in: revocations } } },
        { $group: { _id: '$events.cause', count: { $sum: 1 } } },
      ]);
      return (await found.toArray()).map(({ _id, count }) => ({ cause: _id, count }));
    },
    async *unnamed(schemes, today) {
      const filter = { scheme: { $in: schemes }, 'found.bodies': { $size: 0 } };
      for await (const found of certificates.find<UnnamedDocument>(filter, { projection: unnamedFields })) {
        const standing = unnamedOn(found, today);
        if (standing) yield standing;
      }
    },
    async *dossiers(body) {
      const filter = { events: { $elemMatch: { org: body, role: 'certifier' } } };
      const projection = { 'events.type': 1, 'events.on': 1, 'events.org': 1 };
      for await (const { events } of applications.find(filter, { projection })) yield { events };
    },
  };
}

function unnamedOn(
  { scheme, groups = [], issuedOn, statusRuns, events, history = [] }: UnnamedDocument,
  today: string,
): UnnamedCertificate | null {
  const run = statusRuns.find(({ from, through }) => from <= today && today <= through);
  if (run === undefined) return null;
  const recordedBy = history[0]?.by.org;
  return {
    scheme,
    groups,
    on: issuedOn,
    status: run.status,
    causes: events.filter(({ type }) => revocations.includes(type)).map(({ cause }) => cause ?? null),
    ...(recordedBy !== undefined && { recordedBy }),
  };
}
