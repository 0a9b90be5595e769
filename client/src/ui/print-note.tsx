import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';

/** On paper only: where the page came from and when. */
export function PrintNote() {
  const { t } = useTranslation();
  const format = useFormat();
  const [printed, setPrinted] = useState<{ address: string; at: string } | null>(null);
  useEffect(() => {
    const note = () => flushSync(() => setPrinted({ address: window.location.href, at: new Date().toISOString() }));
    window.addEventListener('beforeprint', note);
    return () => window.removeEventListener('beforeprint', note);
  }, []);
  if (printed === null) return null;
  return (
    <p className="xanh-only-print">{t('print.note', { address: printed.address, at: format.instant(printed.at) })}</p>
  );
}
