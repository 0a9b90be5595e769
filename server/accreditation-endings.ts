import type { LabelScheme } from '../schemas/types.d.ts';
import type { Accreditation, MandateState } from './certificates/accreditation.rules.ts';
import type { StoredCertificate } from './certificates/stored.rules.ts';
import type { StoredOrganisation } from './organisations/entry.service.ts';

/** What of a certificate says which bodies it ever named. */
type Named = Pick<StoredCertificate, 'scheme' | 'events'> & { body?: string };

/** What bears on the end of each certificate by the end of its body's accreditation; nothing where its scheme has no rule. */
export type Accreditations = (certificates: Named[]) => Promise<(Accreditation | undefined)[]>;

/** Reads it from the schemes, which are at hand, and only where one has a rule from the bodies. */
export function accreditationsOf(
  schemes: (codes: string[]) => Promise<LabelScheme[]>,
  bodies: (codes: string[]) => Promise<StoredOrganisation[]>,
): Accreditations {
  return async (certificates) => {
    const named = certificates.filter((certificate) => bodiesOf(certificate).length > 0);
    if (named.length === 0) return certificates.map(() => undefined);
    const known = await schemes([...new Set(named.map(({ scheme }) => scheme))]);
    const ruling = new Map(known.filter(hasRule).map(({ code, versions }) => [code, versions]));
    const asked = named.filter(({ scheme }) => ruling.has(scheme)).flatMap(bodiesOf);
    const found = asked.length > 0 ? await bodies([...new Set(asked)]) : [];
    const states = new Map(found.map((body) => [body.code, statesOf(body)]));
    return certificates.map((certificate) => {
      const rules = ruling.get(certificate.scheme);
      const own = bodiesOf(certificate).flatMap((code) => (states.has(code) ? [[code, states.get(code)!]] : []));
      return rules && own.length > 0
        ? { bodies: Object.fromEntries(own) as Record<string, MandateState[]>, rules }
        : undefined;
    });
  };
}

function bodiesOf({ body, events }: Named): string[] {
  return [body, ...events.map(({ fields }) => fields?.body)].filter((code) => code !== undefined);
}

function hasRule({ versions }: LabelScheme): boolean {
  return versions.some(({ whenMandateEnds }) => whenMandateEnds?.certificates === 'end');
}

function statesOf({ earlier = [], knownFrom, mayCertify }: StoredOrganisation): MandateState[] {
  return [...earlier, { knownFrom, ...(mayCertify && { mayCertify }) }].map((state) => ({
    knownFrom: state.knownFrom,
    mandates: state.mayCertify ?? [],
  }));
}
