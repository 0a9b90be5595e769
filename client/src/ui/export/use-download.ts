import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/client.ts';
import { meQuery } from '../../api/me.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { notify } from '../notify.ts';
import { mostRows } from './load-all.ts';
import type { LoadRows, Progress } from './load-all.ts';
import { fileName, tableOf } from './table-file.ts';
import type { Column, TableFile } from './table-file.ts';

/** The formats of a file. */
export type FileFormat = 'csv' | 'xlsx';

/** A table as a file: what it is called, its columns, and where all its rows come from. */
export interface Download<Row> {
  title: string;
  columns: Column<Row>[];
  load: LoadRows<Row>;
  /** What else the reader of the file must know. */
  notes?: string[];
}

/** Gets all rows, writes the file, and says how far it is; `cancel` gives it up. */
export function useDownload<Row>(download: Download<Row>) {
  const describe = useDescription();
  const { t } = useTranslation();
  const [progress, setProgress] = useState<Progress | null>(null);
  const running = useRef<AbortController>(undefined);
  const start = async (format: FileFormat) => {
    const control = new AbortController();
    running.current = control;
    setProgress({ done: 0, total: 0 });
    try {
      const { rows, total, isCut } = await download.load({ signal: control.signal, onProgress: setProgress });
      const about = describe(download, { total, isCut });
      await saveAs(about.name, format, { table: tableOf(about, download.columns, rows), notesName: t('file.about') });
      notify(isCut ? about.cut : t('file.done', { count: rows.length, rows: about.rowsText(rows.length) }));
    } catch (error) {
      if (!control.signal.aborted) notify(error instanceof ApiProblem ? error.message : t('problem.unexpected'), true);
    } finally {
      setProgress(null);
    }
  };
  return { start, progress, cancel: () => running.current?.abort() };
}

/** What the file says of itself: where it comes from, when, how many rows, and that it is fictional. */
function useDescription() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: me } = useQuery(meQuery);
  return <Row>({ title, notes = [] }: Download<Row>, { total, isCut }: { total: number; isCut: boolean }) => {
    const isDemo = me?.demo === true;
    const demo = `${t('demo.label')} ${t('demo.what')}`;
    const cut = t('file.cut', { most: format.number(mostRows), total: format.number(total) });
    return {
      title,
      name: fileName({ title: isCut ? `${title} ${t('file.part')}` : title, today: me?.today ?? '', isDemo }),
      rowsText: format.number,
      cut,
      mark: isDemo ? { name: t('file.data'), value: t('demo.label') } : undefined,
      notes: [
        title,
        ...(isDemo ? [demo] : []),
        t('file.from', { address: window.location.href }),
        t('file.at', { instant: format.instant(new Date().toISOString()) }),
        ...(isCut ? [cut] : []),
        ...notes,
      ],
    };
  };
}

/** The writers are fetched when a file is wanted. */
async function saveAs(name: string, format: FileFormat, file: { table: TableFile; notesName: string }): Promise<void> {
  const blob =
    format === 'csv'
      ? new Blob([(await import('./csv-file.ts')).csvText(file.table)], { type: 'text/csv;charset=utf-8' })
      : await (await import('./xlsx-file.ts')).xlsxBlob(file.table, file.notesName);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
