import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { groupsQuery, organisationQuery, organisationsQuery, provincesQuery, schemesQuery } from '../api/reference.ts';
import { useFormat } from '../i18n/use-format.ts';

/** An organisation's name; its code until the name is there. */
export function OrganisationName({ code }: { code: string }) {
  const { text } = useFormat();
  const { data } = useQuery(organisationQuery(code));
  return <>{data === undefined ? code : text(data.name)}</>;
}

/** The organisation's name, and the way to its page. */
export function OrganisationLink({ code }: { code: string }) {
  return (
    <Anchor component={Link} to={`/organisations/${encodeURIComponent(code)}`}>
      <OrganisationName code={code} />
    </Anchor>
  );
}

/** Where a criteria document stands: its row among all of them. */
export function criterionPath(code: string): string {
  return `/reference?part=criteria&code=${encodeURIComponent(code)}`;
}

/** The code of a criteria document, and the way to what is known of it. */
export function CriterionLink({ code }: { code: string }) {
  return (
    <Anchor component={Link} to={criterionPath(code)}>
      {code}
    </Anchor>
  );
}

/** An agency's name, out of the tree that the screen has anyway. */
export function AgencyName({ code }: { code: string }) {
  const { text } = useFormat();
  const { data } = useQuery(organisationsQuery('agency'));
  const agency = data?.find((one) => one.code === code);
  return <>{agency === undefined ? code : text(agency.name)}</>;
}

/** A product group's name; its code until the name is there. */
export function GroupName({ code }: { code: string }) {
  const { text } = useFormat();
  const { data } = useQuery(groupsQuery);
  const group = data?.find((one) => one.code === code);
  return <>{group === undefined ? code : text(group.name)}</>;
}

/** A label scheme's name; its code until the name is there. */
export function SchemeName({ code }: { code: string }) {
  const { text } = useFormat();
  const { data } = useQuery(schemesQuery);
  const scheme = data?.find((one) => one.code === code);
  return <>{scheme === undefined ? code : text(scheme.name)}</>;
}

/** The province that the code means on the day, today without one; its code where it meant none. */
export function ProvinceName({ code, on }: { code: string; on?: string | undefined }) {
  const { text } = useFormat();
  const { data = [] } = useQuery(provincesQuery(on));
  const province = data.find((one) => one.code === code);
  return <>{province === undefined ? code : `${text(province.name)} (${code})`}</>;
}
