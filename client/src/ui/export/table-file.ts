/** How a column is written: text as it stands, the others as numbers and dates that a spreadsheet can sum and sort. */
type ColumnKind = 'text' | 'number' | 'money' | 'ratio' | 'day' | 'instant';

/** One column of a table that can be downloaded. */
export interface Column<Row> {
  name: string;
  kind?: ColumnKind;
  /** Money and numbers as digits, days as `2026-03-14`; nothing where there is none. */
  value: (row: Row) => string | number | null | undefined;
}

/** A table ready to be written, whatever its rows were. */
export interface TableFile {
  title: string;
  /** Sentences on what the table holds: its address, its moment, that it is fictional. */
  notes: string[];
  columns: { name: string; kind: ColumnKind }[];
  rows: string[][];
}

/** The rows by their columns; `mark` is repeated in a last column of every row, so that no part of the file loses it. */
export function tableOf<Row>(
  table: { title: string; notes: string[]; mark: { name: string; value: string } | undefined },
  columns: Column<Row>[],
  rows: Row[],
): TableFile {
  const { title, notes, mark } = table;
  const marked: Column<Row>[] =
    mark === undefined ? columns : [...columns, { name: mark.name, value: () => mark.value }];
  return {
    title,
    notes,
    columns: marked.map(({ name, kind = 'text' }) => ({ name, kind })),
    rows: rows.map((row) => marked.map(({ value }) => String(value(row) ?? ''))),
  };
}

/** `Sổ chứng nhận` on a day is `xanh-so-chung-nhan-2026-11-24`. */
export function fileName({ title, today, isDemo }: { title: string; today: string; isDemo: boolean }): string {
  const plain = title.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/đ/giu, 'd').toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  return ['xanh', ...(isDemo ? ['demo'] : []), ...words, today].join('-');
}
