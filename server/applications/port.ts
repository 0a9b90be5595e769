import type { EvidenceKind, TestLaboratory } from '../../schemas/types.d.ts';

/** What the register knows of a file by itself, whatever a dossier says of it. */
export interface EvidenceFacts {
  /** The actor who uploaded it. */
  uploadedBy: string;
  kind?: EvidenceKind;
  issuedOn?: string;
  laboratory?: TestLaboratory;
}
