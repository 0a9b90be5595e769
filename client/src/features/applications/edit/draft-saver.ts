import type { Application, ApplicationPatch } from '../../../../../schemas/types.d.ts';
import { ApiProblem } from '../../../api/client.ts';

/** How what was typed stands: in the register, on its way there, or not, and why. */
export type Saving =
  { state: 'saved' } | { state: 'waiting' } | { state: 'failed'; error: unknown } | { state: 'conflict' };

interface SaverParts {
  /** Writes over the revision that was seen. */
  send(patch: ApplicationPatch, revision: number): Promise<Application>;
  /** Told of every state that the register answers. */
  onSaved(saved: Application): void;
  onState(saving: Saving): void;
}

/** Saves a draft as it is typed: one write after the other, each over the one before. */
export interface DraftSaver {
  /** Takes a change; it is sent once nothing more was typed for a moment. */
  change(patch: ApplicationPatch): void;
  /** Sends what is unsaved now. Gives whether everything is saved. */
  flush(): Promise<boolean>;
  /** Goes on over what somebody else saved meanwhile, with one's own changes or without them. */
  goOn(theirs: Application, keepsOwn: boolean): Promise<boolean>;
  hasUnsaved(): boolean;
}

const quietMs = 700;
const againMs = 5000;

/** A draft on its way into the register. */
interface Journey extends SaverParts {
  /** The revision that the next write is over. */
  seen: number;
  unsaved: ApplicationPatch;
  sending: Promise<boolean> | null;
  timer?: ReturnType<typeof setTimeout>;
}

/** A saver of the draft that begins with this revision. */
export function createDraftSaver(revision: number, parts: SaverParts): DraftSaver {
  const draft: Journey = { ...parts, seen: revision, unsaved: {}, sending: null };
  return {
    change(patch) {
      draft.unsaved = { ...draft.unsaved, ...patch };
      draft.onState({ state: 'waiting' });
      sendLater(draft, quietMs);
    },
    flush: () => flush(draft),
    goOn(theirs, keepsOwn) {
      draft.seen = theirs.revision;
      if (!keepsOwn) draft.unsaved = {};
      draft.onSaved(theirs);
      draft.onState({ state: hasUnsaved(draft) ? 'waiting' : 'saved' });
      return flush(draft);
    },
    hasUnsaved: () => hasUnsaved(draft),
  };
}

function hasUnsaved({ unsaved }: Journey): boolean {
  return Object.keys(unsaved).length > 0;
}

function sendLater(draft: Journey, ms: number): void {
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => void flush(draft), ms);
}

async function flush(draft: Journey): Promise<boolean> {
  clearTimeout(draft.timer);
  if (draft.sending) return (await draft.sending) && flush(draft);
  if (!hasUnsaved(draft)) return true;
  draft.sending = write(draft);
  try {
    return await draft.sending;
  } finally {
    draft.sending = null;
  }
}

async function write(draft: Journey): Promise<boolean> {
  const patch = draft.unsaved;
  draft.unsaved = {};
  try {
    const saved = await draft.send(patch, draft.seen);
    draft.seen = saved.revision;
    draft.onSaved(saved);
  } catch (error) {
    draft.unsaved = { ...patch, ...draft.unsaved };
    const status = error instanceof ApiProblem ? error.status : undefined;
    draft.onState(status === 412 ? { state: 'conflict' } : { state: 'failed', error });
    // The line may come back; what the register refused it refuses again.
    if (status === 0) sendLater(draft, againMs);
    return false;
  }
  if (hasUnsaved(draft)) return write(draft);
  draft.onState({ state: 'saved' });
  return true;
}
