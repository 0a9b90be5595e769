import type { Application, AttachmentKind, ChecklistItem, LocalisedText } from '../../schemas/types.d.ts';
import { isFresh } from './deadline.rules.ts';
import type { Procedure, ProcedureCode } from './procedure.rules.ts';

/** What a dossier must hold, by which text. */
export interface Required {
  kind: AttachmentKind;
  name: LocalisedText;
  reference: string;
  /** A report of a laboratory accredited to ISO/IEC 17025, or of another body under art. 149. */
  fromLaboratory?: true;
  /** Not older than six months on the day on which the dossier is valid. */
  fresh?: true;
}

const ecolabel: Required[] = [
  {
    kind: 'form',
    name: { vi: 'Đơn đăng ký chứng nhận (mẫu Phụ lục XXXII)', en: 'Application form (Appendix XXXII)' },
    reference: 'Decree 08/2022 art. 146(1)',
  },
  {
    kind: 'report',
    name: {
      vi: 'Báo cáo đáp ứng tiêu chí (mẫu Phụ lục XXXIII)',
      en: 'Report that the criteria are met (Appendix XXXIII)',
    },
    reference: 'Decree 08/2022 art. 146(2), Appendix XXXIII as replaced by Decree 48/2026 art. 35',
  },
  {
    kind: 'testReport',
    name: { vi: 'Kết quả thử nghiệm kèm mẫu sản phẩm', en: 'Test report, with a product sample' },
    reference: 'Decree 08/2022 arts 146(3), 149',
    fromLaboratory: true,
    fresh: true,
  },
  {
    kind: 'drawing',
    name: { vi: 'Bản vẽ hoặc ảnh chụp kiểu dáng, cỡ 21 × 29 cm', en: 'Drawing or photo of the design, 21 × 29 cm' },
    reference: 'Decree 08/2022 art. 146(4)',
  },
  {
    kind: 'description',
    name: { vi: 'Thuyết minh kỹ thuật', en: 'Technical description' },
    reference: 'Decree 08/2022 art. 146(4)',
  },
];

const formOf = (reference: string): Required => ({
  kind: 'form',
  name: { vi: 'Đơn đề nghị', en: 'Request form' },
  reference,
});
const proofOf = (reference: string): Required => ({
  kind: 'proofOfChange',
  name: { vi: 'Giấy tờ chứng minh nội dung thay đổi', en: 'Proof of what changed' },
  reference,
});

/** The checklist of each procedure. */
export const checklists: Record<ProcedureCode, readonly Required[]> = {
  ecolabelEvaluation: ecolabel,
  ecolabelDetails: [formOf('Decree 08/2022 art. 148(1)'), proofOf('Decree 08/2022 art. 148(1)')],
  energyRegistration: [
    {
      kind: 'declaration',
      name: { vi: 'Giấy công bố dán nhãn năng lượng', en: 'Declaration of the energy label' },
      reference: 'Circular 36/2016/TT-BCT',
    },
    {
      kind: 'testReport',
      name: { vi: 'Phiếu kết quả thử nghiệm hiệu suất năng lượng', en: 'Energy efficiency test report' },
      reference: 'Circular 36/2016/TT-BCT',
      fromLaboratory: true,
    },
    {
      kind: 'labelSample',
      name: { vi: 'Mẫu nhãn năng lượng', en: 'Sample of the label' },
      reference: 'Circular 36/2016/TT-BCT',
    },
  ],
  schemeEvaluation: [formOf('The rules of the scheme')],
  schemeDetails: [formOf('The rules of the scheme'), proofOf('The rules of the scheme')],
  listing: [],
};

/** What is wrong with an item of a checklist. */
export type ItemFault = 'MISSING_ITEM' | 'REPORT_WITHOUT_DATE' | 'REPORT_TOO_OLD' | 'REPORT_OF_NO_LABORATORY';

type Attachment = NonNullable<Application['attachments']>[number];

/** The checklist of a procedure against what is attached, on the day on which the dossier is to be valid. */
export function checkedItems(
  { code, ages }: Pick<Procedure, 'code' | 'ages'>,
  attachments: readonly Attachment[],
  validOn: string,
): (ChecklistItem & { fault?: ItemFault })[] {
  return checklists[code].map((required) => {
    const { kind, name, reference } = required;
    const given = attachments.filter((attachment) => attachment.kind === kind);
    const faults = given.map((attachment) => faultOf(required, attachment, { ages, validOn }));
    // One that counts is enough, whatever else is attached.
    const fault = given.length === 0 ? 'MISSING_ITEM' : faults.includes(null) ? null : faults[0];
    return { kind, name, reference, present: !fault, ...(fault && { fault }) };
  });
}

function faultOf(
  { fresh, fromLaboratory }: Required,
  { issuedOn, laboratory }: Attachment,
  { ages, validOn }: { ages: boolean; validOn: string },
): ItemFault | null {
  if (fresh && ages) {
    if (issuedOn === undefined) return 'REPORT_WITHOUT_DATE';
    if (!isFresh(issuedOn, validOn)) return 'REPORT_TOO_OLD';
  }
  return fromLaboratory && laboratory === undefined ? 'REPORT_OF_NO_LABORATORY' : null;
}
