import { Button, Paper, Stack, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Purchase, PurchaseCorrection, PurchaseLine } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ComplaintsAbout } from '../../ui/complaints-about.tsx';
import { DayText, InstantText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { AgencyName, OrganisationName } from '../../ui/names.tsx';
import { Crumbs } from '../../ui/crumbs.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { standingLines } from './amounts.ts';
import { purchaseQuery } from './api.ts';
import { CancelPurchase } from './cancel-purchase.tsx';
import { DecisionCard } from './decision-card.tsx';
import { EarlierDecisions } from './earlier-decisions.tsx';
import { LineEvidence } from './line-evidence.tsx';
import { LineCorrection } from './line-correction.tsx';
import { Settlement } from './settlement.tsx';
import { TotalsLine } from './totals-line.tsx';

/** One purchase: its lines, their decisions now and before, and its corrections. */
export function PurchasePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const purchase = useQuery(purchaseQuery(id));
  const reference = purchase.data?.reference;
  return (
    <Page
      title={reference === undefined ? t('purchase.title') : t('purchase.titleOf', { reference })}
      above={<Crumbs above={{ to: '/purchases', name: t('purchase.listTitle') }} />}
    >
      <QueryState query={purchase}>{(data) => <PurchaseView purchase={data} />}</QueryState>
    </Page>
  );
}

function PurchaseView({ purchase }: { purchase: Purchase }) {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const mayCorrect = me?.actor?.role === 'officer';
  const standing = new Set(standingLines(purchase).map(({ lineNo }) => lineNo));
  return (
    <Stack gap="xl">
      <Paper p={{ base: 'md', sm: 'lg' }}>
        <PurchaseFacts purchase={purchase} />
        <TotalsLine purchase={purchase} />
      </Paper>
      <section>
        <Title order={2} mb="md">
          {t('purchase.lines')}
        </Title>
        <Stack component="ul" gap="md" className="xanh-list">
          {purchase.lines.map((line) => (
            <LineItem
              key={line.lineNo}
              line={line}
              purchase={purchase}
              isGone={!standing.has(line.lineNo)}
              mayCorrect={mayCorrect && standing.has(line.lineNo)}
            />
          ))}
        </Stack>
      </section>
      <Corrections purchase={purchase} />
      <ComplaintsAbout kind="purchase" id={purchase.id} />
      {mayCorrect && <Settlement purchase={purchase} today={me?.today} />}
      {mayCorrect && standing.size > 0 && <CancelPurchase purchase={purchase} />}
    </Stack>
  );
}

function PurchaseFacts({ purchase }: { purchase: Purchase }) {
  const { t } = useTranslation();
  const { supplier } = purchase;
  return (
    <Facts
      mb="lg"
      items={[
        { name: t('purchase.agency'), value: <AgencyName code={purchase.agency} /> },
        {
          name: t('purchase.supplier'),
          value:
            supplier.code === undefined ? (
              (supplier.name ?? supplier.taxCode)
            ) : (
              <OrganisationName code={supplier.code} />
            ),
        },
        { name: t('purchase.basisDate'), value: <DayText day={purchase.basisDate} /> },
        { name: t('purchase.method'), value: t(`method.${purchase.method}`) },
        { name: t('purchase.kind'), value: t(`purchaseKind.${purchase.kind}`) },
        purchase.funding !== undefined && { name: t('purchase.funding'), value: t(`funding.${purchase.funding}`) },
        purchase.basisRule !== undefined && {
          name: t('purchase.basisRule'),
          value: t(`basisRule.${purchase.basisRule}`),
        },
        purchase.awardedOn !== undefined && {
          name: t('purchase.awardedOn'),
          value: <DayText day={purchase.awardedOn} />,
        },
        {
          name: t('settlement.day'),
          value: purchase.settledOn === undefined ? t('settlement.unknown') : <DayText day={purchase.settledOn} />,
        },
        purchase.currency !== 'VND' && {
          name: t('purchase.currency'),
          value: `${purchase.currency} · ${t('purchase.currencyHint')}`,
        },
        purchase.notice !== undefined && { name: t('purchase.notice'), value: purchase.notice },
        purchase.redecidedAt !== undefined && {
          name: t('purchase.redecidedAt'),
          value: <InstantText instant={purchase.redecidedAt} />,
        },
        { name: t('purchase.recordedAt'), value: <InstantText instant={purchase.recordedAt} /> },
      ]}
    />
  );
}

interface LineItemProps {
  line: PurchaseLine;
  purchase: Purchase;
  isGone: boolean;
  mayCorrect: boolean;
}

function LineItem({ line, purchase, isGone, mayCorrect }: LineItemProps) {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const isOfficer = me?.actor?.role === 'officer';
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const takenBackBy = purchase.lines.find(({ reverses }) => reverses === line.lineNo);
  return (
    <DecisionCard line={line} currency={purchase.currency} isGone={isGone}>
      {takenBackBy !== undefined && (
        <p className="xanh-note">{t('line.takenBackBy', { lineNo: takenBackBy.lineNo })}</p>
      )}
      {line.reverses !== undefined && <p className="xanh-note">{t('line.reverses', { lineNo: line.reverses })}</p>}
      {line.corrects !== undefined && <p className="xanh-note">{t('line.corrects', { lineNo: line.corrects })}</p>}
      <EarlierDecisions line={line} />
      <LineEvidence purchase={purchase.id} lineNo={line.lineNo} mayAdd={isOfficer} />
      {mayCorrect && (
        <Button variant="default" size="compact-sm" mt="md" aria-expanded={isOpen} onClick={toggle}>
          {t('correction.line', { lineNo: line.lineNo })}
        </Button>
      )}
      {isOpen && <LineCorrection line={line} purchase={purchase} onDone={close} />}
    </DecisionCard>
  );
}

function Corrections({ purchase }: { purchase: Purchase }) {
  const { t } = useTranslation();
  if (purchase.corrections.length === 0) return null;
  return (
    <section>
      <Title order={2} mb="md">
        {t('correction.title')}
      </Title>
      <ul className="xanh-history">
        {purchase.corrections.map((correction) => (
          <li key={correction.recordedAt}>
            <b>
              <CorrectionWord correction={correction} />
            </b>{' '}
            (
            <InstantText instant={correction.recordedAt} />
            ): {correction.reason}
          </li>
        ))}
      </ul>
    </section>
  );
}

function CorrectionWord({ correction: { cancel, settledOn } }: { correction: PurchaseCorrection }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (settledOn !== undefined) return t('settlement.saidOn', { day: format.day(settledOn) });
  return t(cancel === true ? 'correction.cancelled' : 'correction.corrected');
}
