import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Application, ApplicationPatch, AttachmentInput } from '../../../../../schemas/types.d.ts';
import { applicationQuery, patchApplication } from '../api.ts';
import { createDraftSaver, type Saving } from './draft-saver.ts';

/** What can be changed of an application while it is typed; nothing is an empty field. */
export interface DraftValues {
  products: string[];
  certificate: string;
  criterion: string;
  level: string;
  note: string;
  attachments: AttachmentInput[];
}

/** The draft on the screen and how to change it. */
export type Draft = ReturnType<typeof useDraft>;

/** The application as it is edited: what is typed is shown at once and saved a moment later. */
export function useDraft(application: Application) {
  const queryClient = useQueryClient();
  const { id } = application;
  const [values, setValues] = useState(() => valuesOf(application));
  // Two changes of one moment, as two files that arrive together, both count.
  const latest = useRef(values);
  const [saving, setSaving] = useState<Saving>({ state: 'saved' });
  const [saver] = useState(() =>
    createDraftSaver(application.revision, {
      send: (patch, revision) => patchApplication(id, patch, revision),
      onSaved: (saved) => queryClient.setQueryData(applicationQuery(id).queryKey, saved),
      onState: setSaving,
    }),
  );
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saver.hasUnsaved()) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('beforeunload', warn);
      void saver.flush();
    };
  }, [saver]);
  const put = (next: DraftValues) => {
    latest.current = next;
    setValues(next);
  };
  const change = (changed: Partial<DraftValues>) => {
    put({ ...latest.current, ...changed });
    saver.change(toPatch(changed));
  };
  const attach = (next: (before: AttachmentInput[]) => AttachmentInput[]) =>
    change({ attachments: next(latest.current.attachments) });
  const goOn = async (keepsOwn: boolean) => {
    const theirs = await queryClient.fetchQuery({ ...applicationQuery(id), staleTime: 0 });
    if (!keepsOwn) put(valuesOf(theirs));
    return saver.goOn(theirs, keepsOwn);
  };
  return { values, saving, change, attach, flush: () => saver.flush(), goOn };
}

function valuesOf({
  products = [],
  certificate = '',
  criterion = '',
  level = '',
  note = '',
  attachments = [],
}: Application): DraftValues {
  return {
    products,
    certificate,
    criterion,
    level,
    note,
    attachments: attachments.map(({ addedBy: _by, ...attachment }) => attachment),
  };
}

/** What was emptied is taken away. */
function toPatch(changed: Partial<DraftValues>): ApplicationPatch {
  return Object.fromEntries(
    Object.entries(changed).map(([name, value]) => [
      name,
      typeof value === 'string' && value.trim() === '' ? null : value,
    ]),
  );
}
