import { sha256 } from '../server/core/sha256.ts';
import picture from './data/demo-drawing.json' with { type: 'json' };

/** A fictional file of evidence, as somebody would send it in. */
export interface DemoFile {
  name: string;
  bytes: Uint8Array;
  hash: string;
  type: 'pdf' | 'png';
}

const drawing = Buffer.from(picture.png, 'base64');

/** The picture of a fictional product; whoever sends it sends the same one. */
export function demoDrawing(name: string): DemoFile {
  return fileOf({ name, bytes: drawing, type: 'png' });
}

/** A page that says what it stands for; its built-in font has no Vietnamese letters. */
export function demoDocument(name: string, lines: string[]): DemoFile {
  const shown = lines.map((line) => `(${line.replaceAll(/[()\\]/g, '')}) Tj T*`).join(' ');
  const text = `BT /F1 14 Tf 20 TL 60 760 Td ${shown} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  return fileOf({ name, bytes: Buffer.from(pdfOf(objects), 'latin1'), type: 'pdf' });
}

/** The objects in a file with the table of where each begins (ISO 32000-1, 7.5). */
function pdfOf(objects: string[]): string {
  const begins: number[] = [];
  let file = '%PDF-1.4\n';
  for (const [at, object] of objects.entries()) {
    begins.push(file.length);
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
  }
  const rows = begins.map((begin) => `${String(begin).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`;
  return `${file}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}

function fileOf(file: Omit<DemoFile, 'hash'>): DemoFile {
  return { ...file, hash: sha256(file.bytes) };
}
