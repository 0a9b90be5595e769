import { Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '../../../../schemas/types.d.ts';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayText, InstantText } from '../../ui/date-text.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { validityQuery } from './api.ts';
import { DayStatus } from './certificate-status.tsx';
import { ValidityWords } from './certificate-validity.tsx';

interface ExtractAnswersProps {
  certificate: Certificate;
  on: string;
  knownAt: string;
}

/** The answer for each product that is covered, and the events known by then. */
export function ExtractAnswers({ certificate, on, knownAt }: ExtractAnswersProps) {
  const { t } = useTranslation();
  const whole = useQuery(validityQuery(certificate.id, undefined, { on, knownAt }));
  return (
    <QueryState query={whole} blocks={1}>
      {(answer) => (
        <>
          <ValidityWords validity={answer} />
          {certificate.products.length > 0 && (
            <Table my="lg" className="xanh-cards">
              <Table.Caption>{t('extract.products')}</Table.Caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('extract.product')}</Table.Th>
                  <Table.Th scope="col">{t('product.model')}</Table.Th>
                  <Table.Th scope="col">
                    <DayText day={on} />
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {certificate.products.map((product) => (
                  <ProductAnswer
                    key={product}
                    certificate={certificate.id}
                    product={product}
                    on={on}
                    knownAt={knownAt}
                  />
                ))}
              </Table.Tbody>
            </Table>
          )}
          <Events events={answer.events} />
        </>
      )}
    </QueryState>
  );
}

interface ProductAnswerProps {
  certificate: string;
  product: string;
  on: string;
  knownAt: string;
}

function ProductAnswer({ certificate, product: id, on, knownAt }: ProductAnswerProps) {
  const format = useFormat();
  const { data: product } = useQuery(productQuery(id));
  const { data: validity } = useQuery(validityQuery(certificate, id, { on, knownAt }));
  return (
    <Table.Tr>
      <Table.Th scope="row">{product === undefined ? id : format.text(product.name)}</Table.Th>
      <Table.Td>{[product?.brand, product?.model].filter(Boolean).join(' ')}</Table.Td>
      <Table.Td>{validity !== undefined && <DayStatus validity={validity} />}</Table.Td>
    </Table.Tr>
  );
}

function Events({ events }: Pick<Certificate, 'events'>) {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={3} size="h3" mb={4}>
        {t('timeline.history')}
      </Title>
      {events.length === 0 && <Text mb="lg">{t('extract.noEvents')}</Text>}
      <ul className="xanh-history xanh-extract-events">
        {events.map((event) => (
          <li key={event.recordedAt + event.type} data-reason="EVENT">
            <b>{t(`event.${event.type}`)}</b>, <DayText day={event.on} />: {event.reason} (
            <InstantText instant={event.recordedAt} />)
          </li>
        ))}
      </ul>
    </section>
  );
}
