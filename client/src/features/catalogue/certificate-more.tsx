import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Certificate } from '../../../../schemas/types.d.ts';
import { certificateQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { countryName } from '../../ui/countries.ts';
import { DayText } from '../../ui/date-text.tsx';
import { ProvinceName } from '../../ui/names.tsx';
import { RecordLink } from '../../ui/record-link.tsx';

/** Another certificate by its number and day, and the way to it. */
export function CertificateLink({ id }: { id: string }) {
  const { data } = useQuery(certificateQuery(id));
  return (
    <Text span display="block" inherit>
      <RecordLink to={`/certificates/${id}`}>{data?.number ?? id}</RecordLink>
      {data !== undefined && (
        <>
          {' · '}
          <DayText day={data.issuedOn} />
        </>
      )}
    </Text>
  );
}

/** The places that the certificate is about: factories, shops. */
export function PlaceList({ places }: { places: NonNullable<Certificate['places']> }) {
  const { language } = useFormat();
  return (
    <ul className="xanh-list">
      {places.map(({ name, province, country }) => (
        <li key={`${name} ${province ?? ''}`}>
          {name}
          {(province !== undefined || country !== undefined) && (
            <Text span display="block" size="sm" c="dimmed">
              {province !== undefined && <ProvinceName code={province} />}{' '}
              {country !== undefined && countryName(country, language)}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
