import { Alert, Button, Group, NativeSelect, Paper, Progress, Stack, Text } from '@mantine/core';
import IconReceiptOff from '@tabler/icons-react/icons/IconReceiptOff';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShareLine } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { ExportMenu } from '../../ui/export/export-menu.tsx';
import { listLoader } from '../../ui/export/load-all.ts';
import type { LoadRows } from '../../ui/export/load-all.ts';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { LinesQuestionFacts } from './lines-question.tsx';
import { LinesTable } from './lines-table.tsx';
import { isInPart } from './part.ts';
import type { Part } from './part.ts';
import { useLineColumns } from './use-line-columns.ts';
import { useShareLines } from './use-share-lines.ts';
import type { LinesQuestion } from './use-share-lines.ts';

interface LinesFoundProps {
  question: LinesQuestion;
  part: Part;
  /** An officer who asks about the country sees the lines of the own agency only. */
  isOwnOnly: boolean;
}

/** What was asked, what the lines come to, and the lines. */
export function LinesFound({ question, part, isOwnOnly }: LinesFoundProps) {
  const { t } = useTranslation();
  const { lines, items, total, isWhole, isPaused, readMore } = useShareLines(question, true);
  const inPart = (line: ShareLine) => isInPart(line, { part, ...question });
  const found = items.filter(inPart);
  return (
    <>
      <LinesQuestionFacts question={question} />
      {question.edition !== undefined && (
        <Alert color="amber" variant="light">
          {t('simulation.isOne', { edition: question.edition })}
        </Alert>
      )}
      {isOwnOnly && (
        <Alert color="amber" variant="light">
          {t('lines.ownOnly')}
        </Alert>
      )}
      <QueryState query={lines} blocks={4}>
        {() => (
          <>
            {!isWhole && <Reading done={items.length} total={total} onMore={isPaused ? readMore : undefined} />}
            <Sums lines={found} isWhole={isWhole} question={question} inPart={inPart} />
            {found.length === 0 && isWhole ? (
              <EmptyNote icon={<IconReceiptOff />} title={t('lines.none')}>
                {t('lines.noneWhy')}
              </EmptyNote>
            ) : (
              <SortedLines lines={found} />
            )}
          </>
        )}
      </QueryState>
    </>
  );
}

interface SumsProps {
  lines: ShareLine[];
  isWhole: boolean;
  question: LinesQuestion;
  inPart: (line: ShareLine) => boolean;
}

/** What the lines come to, exact: the number that led here. */
function Sums({ lines, isWhole, question, inPart }: SumsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useLineColumns();
  const amount = lines.reduce((sum, { amountNet }) => sum + BigInt(amountNet), 0n);
  const purchases = new Set(lines.map(({ purchase }) => purchase)).size;
  const load = partLoader(question, inPart);
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Group justify="space-between" gap="md">
        <div>
          <Text className="xanh-sum">{format.money(String(amount))}</Text>
          <Text component="output" c="dimmed">
            {t(isWhole ? 'lines.sum' : 'lines.sumSoFar', {
              lines: format.number(lines.length),
              purchases: format.number(purchases),
            })}
          </Text>
        </div>
        <Group gap="xs" className="xanh-no-print">
          <ExportMenu download={{ title: t('lines.title'), columns, load }} />
          <PrintButton />
        </Group>
      </Group>
    </Paper>
  );
}

/** Every line of the part, for a file. */
function partLoader(question: LinesQuestion, inPart: (line: ShareLine) => boolean): LoadRows<ShareLine> {
  const loadAll = listLoader<ShareLine>('/api/share/lines', { ...question });
  return async (how) => {
    const { rows, ...whole } = await loadAll(how);
    return { ...whole, rows: rows.filter(inPart) };
  };
}

interface ReadingProps {
  done: number;
  total: number;
  onMore: (() => void) | undefined;
}

function Reading({ done, total, onMore }: ReadingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="xs">
      <Progress value={total === 0 ? 0 : (100 * done) / total} aria-label={t('lines.reading')} />
      <Group justify="space-between">
        <Text size="sm" c="dimmed" component="output">
          {t('lines.read', { done: format.number(done), total: format.number(total) })}
        </Text>
        {onMore !== undefined && (
          <Button variant="default" size="compact-sm" onClick={onMore}>
            {t('lines.readMore')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

const shownAtFirst = 50;

function SortedLines({ lines }: { lines: ShareLine[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [order, setOrder] = useState('amount');
  const [shown, setShown] = useState(shownAtFirst);
  const sorted = order === 'amount' ? lines.toSorted(byAmount) : lines;
  return (
    <Stack gap="md">
      <NativeSelect
        label={t('search.sort')}
        maw={280}
        className="xanh-no-print"
        value={order}
        onChange={({ currentTarget }) => setOrder(currentTarget.value)}
        data={[
          { value: 'amount', label: t('lines.byAmount') },
          { value: 'day', label: t('lines.byDay') },
        ]}
      />
      <LinesTable lines={sorted.slice(0, shown)} />
      {lines.length > shown && (
        <Group justify="center" className="xanh-no-print">
          <Button variant="default" onClick={() => setShown(shown + shownAtFirst)}>
            {t('lines.more', { left: format.number(lines.length - shown) })}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function byAmount(a: ShareLine, b: ShareLine): number {
  const difference = BigInt(b.amountNet) - BigInt(a.amountNet);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
