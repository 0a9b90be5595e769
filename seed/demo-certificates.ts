import type { CertificateEventInput, CertificateInput } from '../schemas/types.d.ts';
import { addDays, addMonths, instantAt, type DemoCalendar } from './demo-calendar.ts';
import type { DemoOperation } from './demo-operation.ts';
import { criterionCode } from './demo-lists.ts';
import { certifierOf } from './demo-organisations.ts';
import type { DemoProduct } from './demo-products.ts';
import rows from './data/demo-certificates.json' with { type: 'json' };
import fictional from './data/demo-schemes.json' with { type: 'json' };
import schemes from './data/schemes.json' with { type: 'json' };

/** A certificate of the plan; numbers are days before the load where nothing else is said. */
interface PlannedRow {
  scheme: string;
  criterion?: string;
  level?: string;
  /** The product's supplier where it is left out. */
  holder?: string;
  products: string[];
  places?: CertificateInput['places'];
  issued?: number;
  /** The day itself: labels of the former law ended on fixed days. */
  issuedOn?: string;
  validThrough?: string;
  /** Days that it runs; by the scheme's months where it is left out. */
  lasts?: number;
  /** Days after the load until it starts. */
  startsIn?: number;
  /** Days from its issue to its entry. */
  late?: number;
  /** `recorded` where the register learned of it later than on the day itself. */
  events?: { type: CertificateEventInput['type']; on: number; reason: string; recorded?: number }[];
}

/** A certificate of the demonstration register and the days that matter to its buyers. */
export interface DemoCertificate {
  input: CertificateInput;
  by: string | null;
  recordedOn: string;
  validFrom: string;
  /** Null: no end. */
  validThrough: string | null;
  events: (CertificateEventInput & { recordedOn: string })[];
}

const usuallyLate = 3;

/** The fictional certificates of the products as they stand on the day of the load. */
export function demoCertificates(calendar: DemoCalendar, products: DemoProduct[]): DemoCertificate[] {
  const byKey = new Map(products.map((product) => [product.key, product]));
  return (rows as PlannedRow[]).flatMap((row, index) => {
    const covered = row.products.flatMap((key) => byKey.get(key) ?? []);
    if (covered.length < row.products.length) return [];
    const holder = row.holder ?? covered[0]?.input.supplier;
    if (holder === undefined) throw new RangeError(`Nobody holds certificate ${index + 1}.`);
    const number = `${String(index + 1).padStart(3, '0')}/${issueDay(row, calendar).slice(0, 4)}/DEMO`;
    const listedOn = covered
      .map((product) => product.listedOn)
      .reduce((one, other) => (one > other ? one : other), calendar.opening);
    return certificateOf(row, { number, holder, listedOn }, calendar);
  });
}

/** The entry of each certificate, and of what happened to it. */
export function certificateOperations(certificates: DemoCertificate[]): DemoOperation[] {
  return certificates.flatMap(({ input, by, recordedOn, events }): DemoOperation[] => [
    { at: instantAt(recordedOn, '10:00'), key: input.number, do: 'certificate', by, input },
    ...events.map(({ recordedOn: known, ...event }): DemoOperation => {
      const key = `${input.number} ${event.type}`;
      return {
        at: instantAt(known, '10:30'),
        key,
        do: 'certificateEvent',
        certificate: input.number,
        by,
        input: event,
      };
    }),
  ]);
}

/** Whether a buyer who looked the certificate up on the day found it valid. */
export function wasFoundValid({ recordedOn, validFrom, validThrough, events }: DemoCertificate, day: string): boolean {
  if (recordedOn > day || validFrom > day || (validThrough !== null && validThrough < day)) return false;
  const known = events.filter((event) => event.on <= day && event.recordedOn <= day);
  return known.length === 0 || known.at(-1)?.type === 'reinstated';
}

function certificateOf(
  row: PlannedRow,
  { number, holder, listedOn }: { number: string; holder: string; listedOn: string },
  calendar: DemoCalendar,
): DemoCertificate {
  const { scheme, criterion, level, products, places, late = usuallyLate, startsIn, lasts, events = [] } = row;
  const issuedOn = issueDay(row, calendar);
  const validFrom = startsIn === undefined ? issuedOn : addDays(calendar.today, startsIn);
  const printedEnd = row.validThrough ?? (lasts === undefined ? undefined : addDays(issuedOn, lasts));
  const planned = calendar.recorded(issuedOn, late);
  const recordedOn = planned < listedOn ? listedOn : planned;
  const by = certifierOf(scheme);
  const input: CertificateInput = {
    number,
    scheme,
    ...(criterion !== undefined && { criterion: criterionCode(criterion, calendar) }),
    ...(level !== undefined && { level }),
    holder,
    products,
    ...(places && { places }),
    issuedOn,
    ...(validFrom !== issuedOn && { validFrom }),
    ...(printedEnd !== undefined && { validThrough: printedEnd }),
    source:
      by === null ? { kind: 'transcribed', document: `${number} (hư cấu)`, seenOn: recordedOn } : { kind: 'issuer' },
  };
  return {
    input,
    by,
    recordedOn,
    validFrom,
    validThrough: printedEnd ?? defaultEnd(scheme, issuedOn),
    events: events.map(({ type, on, reason, recorded = on }) => ({
      type,
      on: type === 'revokedAbInitio' ? validFrom : calendar.ago(on),
      reason,
      recordedOn: calendar.ago(recorded),
    })),
  };
}

function issueDay({ issuedOn, issued = 0 }: PlannedRow, calendar: DemoCalendar): string {
  return issuedOn ?? calendar.ago(issued);
}

function defaultEnd(code: string, issuedOn: string): string | null {
  const months = [...schemes, ...fictional].find((scheme) => scheme.code === code)?.validityMonths ?? null;
  return months === null ? null : addMonths(issuedOn, months);
}
