import { Anchor, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Certificate } from '../../../../schemas/types.d.ts';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { GroupName } from '../../ui/names.tsx';

interface CertificateProductsProps {
  certificate: Certificate;
  on?: string | undefined;
}

/** The models that the certificate covers, each with a way to its page. */
export function CertificateProducts({ certificate, on }: CertificateProductsProps) {
  const { t } = useTranslation();
  return (
    <Paper component="section" p={{ base: 'md', sm: 'xl' }} aria-label={t('certificate.covers')}>
      <Title order={2} size="h3" mb="sm">
        {t('certificate.covers')}
      </Title>
      {certificate.products.length === 0 ? (
        <Text>{t('certificate.coversHolder')}</Text>
      ) : (
        <ul className="xanh-list xanh-rows">
          {certificate.products.map((id) => (
            <Covered key={id} id={id} on={on} />
          ))}
        </ul>
      )}
    </Paper>
  );
}

function Covered({ id, on }: { id: string; on: string | undefined }) {
  const format = useFormat();
  const { data: product } = useQuery(productQuery(id));
  return (
    <li>
      <Anchor
        component={Link}
        to={{ pathname: `/products/${id}`, search: on === undefined ? '' : `?on=${on}` }}
        fw={600}
      >
        {product === undefined ? id : format.text(product.name)}
      </Anchor>
      {product !== undefined && (
        <Text size="sm" c="dimmed">
          {[product.brand, product.model].filter(Boolean).map((name) => `${name} · `)}
          <GroupName code={product.group} />
        </Text>
      )}
    </li>
  );
}
