import type { Province, ProvinceQuery } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import type { Page, Records } from '../core/records.ts';
import type { Author } from '../core/author.rules.ts';
import { provincesOf, type Provinces } from './codes.rules.ts';

/** The provinces of the maps of 63 and 34; the only writer of their collection. */
export interface ProvinceService {
  /** Those of a day, today by default. */
  page(query: ProvinceQuery): Promise<Page<Province>>;
  /** All of both maps, to look codes and names up in. */
  all(): Promise<Provinces>;
  /** Enters a province that is not there yet. */
  add(by: Author, province: ProvinceInput): Promise<void>;
}

export type ProvinceInput = Omit<Province, 'recordedAt' | 'revision' | 'demo'>;

/** The provinces over their records. */
export function createProvinceService(records: Records<Province>, clock: Clock): ProvinceService {
  return {
    page({ on = clock.today(), ...query }) {
      const hasBegun = { $or: [{ from: { $exists: false } }, { from: { $lte: on } }] };
      const goesOn = { $or: [{ through: { $exists: false } }, { through: { $gte: on } }] };
      return records.page({ $and: [hasBegun, goesOn] }, query);
    },
    all: async () => provincesOf(await records.all()),
    async add(by, province) {
      if ((await records.get(province.id)) === null) await records.insert(() => province, { by });
    },
  };
}
