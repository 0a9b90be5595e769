import type { ApplicationEventInput, ApplicationInput, AttachmentInput } from '../schemas/types.d.ts';
import type { Actor } from '../server/core/route.ts';
import { instantAt, type DemoCalendar } from './demo-calendar.ts';
import { demoActors } from './demo-actors.ts';
import { demoDocument, demoDrawing, type DemoFile } from './demo-files.ts';
import { criterionCode } from './demo-lists.ts';
import type { DemoOperation } from './demo-operation.ts';
import { certifierOf } from './demo-organisations.ts';
import type { DemoProduct } from './demo-products.ts';
import rows from './data/demo-applications.json' with { type: 'json' };

/** An application of the plan; numbers are days before the load. */
interface PlannedRow extends Pick<ApplicationInput, 'kind' | 'applicant' | 'level' | 'note'> {
  key: string;
  scheme?: string;
  criterion?: string;
  products: string[];
  files: AttachmentInput['kind'][];
  /** When its test report was issued. */
  tested?: number;
  /** The drawing is a picture, the same one for all: a reviewer is told. */
  image?: true;
  begun: number;
  events: (ApplicationEventInput & { ago: number; by: 'applicant' | 'body' | 'operator' })[];
}

const laboratory = { name: 'Phòng Thử nghiệm Mẫu (hư cấu)', accreditation: 'VILAS 0000' };

/** Fictional applications in several states, whoever acts being who a visitor of the demonstration continues as. */
export function applicationOperations(calendar: DemoCalendar, products: DemoProduct[]): DemoOperation[] {
  const known = new Set(products.map(({ key }) => key));
  const planned = (rows as PlannedRow[]).filter((row) => row.products.every((key) => known.has(key)));
  return planned.flatMap((row): DemoOperation[] => [
    ...row.files.map((kind) => evidenceOf(row, kind, calendar)),
    applicationOf(row, calendar),
    ...row.events.map(({ ago, by, ...input }, at): DemoOperation => ({
      at: instantAt(calendar.ago(ago), '10:00'),
      key: `${row.key} ${at + 1}`,
      do: 'applicationEvent',
      application: row.key,
      by: actorOf(by, row),
      input,
    })),
  ]);
}

function evidenceOf(row: PlannedRow, kind: AttachmentInput['kind'], calendar: DemoCalendar): DemoOperation {
  const at = instantAt(calendar.ago(row.begun), '09:00');
  const input = { kind, ...factsOf(row, kind, calendar) };
  return { at, key: fileKey(row, kind), do: 'evidence', by: actorOf('applicant', row), input, file: fileOf(row, kind) };
}

function applicationOf(row: PlannedRow, calendar: DemoCalendar): DemoOperation {
  const { key, kind, applicant, scheme, criterion, level, note, products, files, begun } = row;
  const input: ApplicationInput = {
    kind,
    applicant,
    ...(scheme !== undefined && { scheme }),
    ...(criterion !== undefined && { criterion: criterionCode(criterion, calendar) }),
    ...(level !== undefined && { level }),
    ...(note !== undefined && { note }),
    products,
    attachments: files.map((file) => ({ kind: file, evidence: fileKey(row, file), ...factsOf(row, file, calendar) })),
  };
  return { at: instantAt(calendar.ago(begun), '09:30'), key, do: 'application', by: actorOf('applicant', row), input };
}

function fileKey({ key }: PlannedRow, kind: AttachmentInput['kind']): string {
  return `${key} ${kind}`;
}

function factsOf(
  { tested }: PlannedRow,
  kind: AttachmentInput['kind'],
  calendar: DemoCalendar,
): Pick<AttachmentInput, 'issuedOn' | 'laboratory'> {
  return kind === 'testReport' && tested !== undefined ? { issuedOn: calendar.ago(tested), laboratory } : {};
}

function fileOf({ key, image }: PlannedRow, kind: AttachmentInput['kind']): DemoFile {
  if (kind === 'drawing' && image) return demoDrawing('ban-ve.png');
  return demoDocument(`${key}-${kind}.pdf`, [`${key}: ${kind}`, 'Hu cau, chi dung de minh hoa', 'Fictional']);
}

/** Who acts: in the organisations that visitors continue as it is they, so that they can go on. */
function actorOf(by: 'applicant' | 'body' | 'operator', { applicant, scheme = '' }: PlannedRow): Actor {
  if (by === 'operator') return { id: 'demo-operator', role: 'operator' };
  const role = by === 'applicant' ? 'supplier' : 'certifier';
  const org = by === 'applicant' ? applicant : (certifierOf(scheme) ?? '');
  return { id: org === demoActors[role] ? `demo-${role}` : 'seed', role, org };
}
