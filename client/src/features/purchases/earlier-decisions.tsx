import { useTranslation } from 'react-i18next';
import type { PurchaseLine } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { More } from '../../ui/more.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { DecisionWords } from './decision-card.tsx';

/** What was decided before the register learned more, with the moments between which each decision stood. */
export function EarlierDecisions({ line }: { line: PurchaseLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (line.earlier.length === 0) return null;
  const next = [...line.earlier.slice(1), line.green];
  return (
    <>
      <p className="xanh-note">{t('decision.changed', { since: format.instant(line.green.knownFrom) })}</p>
      <More label={t('decision.earlier', { count: line.earlier.length })}>
        <ul className="xanh-history">
          {line.earlier.map((decision, at) => (
            <li key={decision.knownFrom + decision.evaluatedAt}>
              <StatusBadge decision={decision} />{' '}
              {t('decision.stood', {
                from: format.instant(decision.knownFrom),
                until: format.instant(next[at]?.knownFrom ?? decision.knownFrom),
              })}
              <DecisionWords decision={decision} />
            </li>
          ))}
        </ul>
      </More>
    </>
  );
}
