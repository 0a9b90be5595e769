import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { meQuery } from '../../api/me.ts';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { AgreementsPart } from './agreements-part.tsx';
import { CriteriaPart } from './criteria-part.tsx';
import { GroupsPart } from './groups-part.tsx';
import { SchemesPart } from './schemes-part.tsx';

const parts = { schemes: SchemesPart, criteria: CriteriaPart, groups: GroupsPart, agreements: AgreementsPart } as const;
type Part = keyof typeof parts;

/** What the register goes by: labels, criteria, groups and agreements, as they are today; the operator's dated changes. */
export function ReferencePage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { data: me } = useQuery(meQuery);
  const shown = partOf(params.get('part'));
  const isOperator = me?.actor?.role === 'operator';
  const Shown = parts[shown];
  return (
    <Page title={t('reference.title')} lead={t('reference.lead')} actions={<PrintButton />}>
      <Tabs
        value={shown}
        onChange={(part) => setParams({ part: partOf(part) }, { replace: true, preventScrollReset: true })}
        keepMounted={false}
      >
        <Tabs.List mb="lg" className="xanh-no-print">
          {names.map((part) => (
            <Tabs.Tab key={part} value={part}>
              {t(`reference.part.${part}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {names.map((part) => (
          <Tabs.Panel key={part} value={part}>
            {part === shown && <Shown isOperator={isOperator} today={me?.today ?? ''} />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

const names: Part[] = ['schemes', 'criteria', 'groups', 'agreements'];

function partOf(name: string | null): Part {
  return names.find((part) => part === name) ?? 'schemes';
}
