import type { EvidenceType } from '../../schemas/types.d.ts';

const longest = 120;
const endings: Record<EvidenceType, string[]> = {
  pdf: ['pdf'],
  png: ['png'],
  jpg: ['jpg', 'jpeg'],
  xlsx: ['xlsx'],
  csv: ['csv'],
};

/** A file's name as it was sent, without a path, what is invisible or turns the direction of writing, and too much of it. */
export function cleanName(sent: string, type: EvidenceType): string {
  const last = sent.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{C}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return shortened(plain) || `file.${type}`;
}

/** The name under which a file is downloaded: it ends as its content says, so that no program is led to open it as another. */
export function downloadName(name: string, type: EvidenceType): string {
  const ending = endingOf(name).toLowerCase();
  return endings[type].includes(ending) ? name : `${name}.${type}`;
}

function shortened(name: string): string {
  if (name.length <= longest) return name;
  const ending = endingOf(name);
  const kept = ending.length > 0 && ending.length <= 8 ? `.${ending}` : '';
  // Whole characters: half of a pair is none.
  return name.slice(0, longest - kept.length).replace(/[\ud800-\udbff]$/, '') + kept;
}

function endingOf(name: string): string {
  return /\.([^.]*)$/.exec(name)?.[1] ?? '';
}
