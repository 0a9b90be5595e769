/**
 * The rows and sentences of a page in Markdown, in their order: each sentence of a paragraph or list item, each sentence of
 * a table's row, its calls in front of the first, and each block of code as one.
 */
export function sentencesOf(page: string): string[] {
  return blocksOf(page).flatMap((block) => {
    if (block.startsWith('```')) return [tidy(block.replaceAll('```', ''))];
    if (!block.startsWith('|')) return split(block.replace(/^- /, ''));
    const [call = '', ...cells] = block.slice(1, -1).split(/(?<!\\)\|/);
    const [first = '', ...rest] = split(cells.join(' '));
    return [tidy(`${call} ${first}`), ...rest];
  });
}

/** Paragraphs, list items, rows without header and rule, and blocks of code; headings say nothing by themselves. */
function blocksOf(page: string): string[] {
  const blocks: string[] = [];
  let isCode = false;
  let isOpen = false;
  let last = '';
  for (const line of page.split('\n')) {
    const isFence = line.startsWith('```');
    const joins = isCode || (isOpen && !/^(- |\||#|```)/.test(line) && line.trim() !== '');
    if (joins) blocks.push(`${blocks.pop() ?? ''}\n${line}`);
    else if (line.startsWith('|')) {
      if (/^\|[-|]+\|$/.test(line)) blocks.pop();
      else if (last !== line) blocks.push(line.trim());
    } else if (line.trim() !== '' && !line.startsWith('#')) blocks.push(line.trim());
    if (isFence) isCode = !isCode;
    isOpen = !isFence && !line.startsWith('|') && !line.startsWith('#') && line.trim() !== '';
    last = line;
  }
  return blocks;
}

/** A sentence ends with a full stop or a question mark before what can begin another. */
function split(text: string): string[] {
  return tidy(text)
    .split(/(?<=[.?]\)?)(?<!\b(?:e\.g|arts?)\.) (?=[“"*]*[A-Z0-9]|`|\()/)
    .filter((sentence) => sentence !== '');
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
