import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferedPrice, Product } from '../../../../schemas/types.d.ts';
import { groupsQuery, organisationsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { countryName } from '../../ui/countries.ts';
import { Facts } from '../../ui/facts.tsx';
import { Money } from '../../ui/money.tsx';
import { OrganisationLink, ProvinceName } from '../../ui/names.tsx';
import { isUnitCode } from '../../ui/unit-codes.ts';

/** Who makes it, who may hold certificates for it, where it is from, what it is offered at, and its codes in trade. */
export function TradeFacts({ product }: { product: Product }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { maker, authorised, origin, places = [], price, gtin, cpv, hs } = product;
  const facts = [
    maker !== undefined && { name: t('product.maker'), value: <Maker maker={maker} /> },
    authorised.length > 0 && {
      name: t('product.authorised'),
      value: (
        <List
          items={authorised.map((code) => (
            <OrganisationLink key={code} code={code} />
          ))}
        />
      ),
    },
    origin !== undefined && { name: t('product.origin'), value: countryName(origin, language) },
    places.length > 0 && {
      name: t('product.places'),
      value: (
        <List
          items={places.map((code) => (
            <ProvinceName key={code} code={code} />
          ))}
        />
      ),
    },
    price !== undefined && { name: t('product.price'), value: <Price price={price} group={product.group} /> },
    gtin !== undefined && { name: t('product.gtin'), value: gtin },
    cpv !== undefined && { name: t('product.cpv'), value: cpv },
    hs !== undefined && { name: t('product.hs'), value: hs },
  ];
  if (facts.every((fact) => fact === false)) return null;
  return <Facts className="xanh-facts xanh-facts-narrow" items={facts} />;
}

/** The maker's name where the code is an organisation's; else as it was entered. */
function Maker({ maker }: { maker: string }) {
  const { data: suppliers = [] } = useQuery(organisationsQuery('supplier'));
  return suppliers.some(({ code }) => code === maker) ? <OrganisationLink code={maker} /> : <>{maker}</>;
}

function List({ items }: { items: ReactElement[] }) {
  return (
    <ul className="xanh-list">
      {items.map((item) => (
        <li key={item.key}>{item}</li>
      ))}
    </ul>
  );
}

/** The price with what it is for, how many base units that is, and since when it is said. */
function Price({ price, group }: { price: OfferedPrice; group: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: groups = [] } = useQuery(groupsQuery);
  const base = groups.find(({ code }) => code === group)?.baseUnit ?? '';
  const named = (unit: string) => (isUnitCode(unit) ? t(`unit.${unit}`) : unit);
  const { amountNet, unit, packFactor, asOf } = price;
  return (
    <>
      <Money amount={amountNet} /> / {named(unit)}
      {packFactor !== undefined && packFactor !== '1' && (
        <Text span display="block" size="sm" c="dimmed">
          {t('product.pricePack', { unit: named(unit), factor: format.number(packFactor), base: named(base) })}
        </Text>
      )}
      <Text span display="block" size="sm" c="dimmed">
        {t('product.priceAsOf', { day: format.day(asOf) })}
      </Text>
    </>
  );
}
