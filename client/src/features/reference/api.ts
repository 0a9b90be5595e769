import type {
  CriteriaDocument,
  CriteriaDocumentInput,
  LabelScheme,
  LabelSchemeInput,
  ProductGroup,
  ProductGroupInput,
  RecognitionAgreement,
  RecognitionAgreementChange,
  RecognitionAgreementInput,
} from '../../../../schemas/types.d.ts';
import { ApiProblem, request } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

/** A version of a record from a day on; revision 0 enters the record. */
interface Change<Version> {
  code: string;
  revision: number;
  version: Version;
}

/** Enters a criteria document, or what it says from a day on. */
export function usePutCriterion(onDone: () => void) {
  return useChange(
    (change: Change<CriteriaDocumentInput>) => put<CriteriaDocument, CriteriaDocumentInput>('criteria', change),
    onDone,
  );
}

/** What a label scheme says from a day on. */
export function usePutScheme(onDone: () => void) {
  return useChange((change: Change<LabelSchemeInput>) => put<LabelScheme, LabelSchemeInput>('schemes', change), onDone);
}

/** What a product group says from a day on. */
export function usePutGroup(onDone: () => void) {
  return useChange(
    (change: Change<ProductGroupInput>) => put<ProductGroup, ProductGroupInput>('groups', change),
    onDone,
  );
}

/** What an agreement says from a day on. */
export function usePutAgreement(onDone: () => void) {
  return useChange(
    (change: Change<RecognitionAgreementChange>) =>
      put<RecognitionAgreement, RecognitionAgreementChange>('agreements', change),
    onDone,
  );
}

/** Enters an agreement, once however often it is sent under one key. */
export function useAgree(onDone: () => void) {
  return useChange(
    ({ input, key }: { input: RecognitionAgreementInput; key: string }) =>
      request<RecognitionAgreement>('/api/agreements', {
        method: 'POST',
        body: input,
        headers: { 'idempotency-key': key },
      }),
    onDone,
  );
}

/** Whether a record was not entered because there is one of its code. */
export function isTaken(error: unknown, before: object | undefined): boolean {
  return before === undefined && error instanceof ApiProblem && error.status === 412;
}

function put<Answer, Version>(kind: string, { code, revision, version }: Change<Version>): Promise<Answer> {
  return request<Answer>(`/api/${kind}/${encodeURIComponent(code)}`, {
    method: 'PUT',
    body: version,
    headers: revision === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` },
  });
}
