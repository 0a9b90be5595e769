import { describe, expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import type { AttributesInput, GroupAttribute } from '../../schemas/types.d.ts';
import { AttributeFields } from '../../client/src/ui/attribute-fields.tsx';
import { findFaults, renderWith } from './render.tsx';

const attributes: GroupAttribute[] = [
  {
    key: 'coolingCapacity',
    name: { vi: 'Công suất lạnh', en: 'Cooling capacity' },
    type: 'number',
    unit: { code: '2I', symbol: 'BTU/h' },
    min: 5000,
    max: 200_000,
    accepts: [{ unit: { code: 'KWT', symbol: 'kW' } }],
  },
  { key: 'inverter', name: { vi: 'Biến tần' }, type: 'boolean' },
  { key: 'energyStars', name: { vi: 'Số sao' }, type: 'code', codes: [{ value: '5', name: { vi: '5 sao' } }] },
];

const changed: AttributesInput[] = [];
function Form({ errors }: { errors?: Record<string, string> }) {
  const [values, setValues] = useState<AttributesInput>({});
  const change = (next: AttributesInput) => {
    changed.push(next);
    setValues(next);
  };
  return <AttributeFields attributes={attributes} values={values} onChange={change} {...(errors && { errors })} />;
}

describe('the fields of a group’s attributes', () => {
  it('give numbers in the group’s unit or with the unit chosen, codes, and yes or no; an empty one is left out', async () => {
    renderWith(<Form />);
    const user = userEvent.setup();
    await user.type(screen.getByLabelText('Công suất lạnh'), '12000');
    expect(changed.at(-1)).toEqual({ coolingCapacity: 12_000 });
    expect(screen.getByText('Từ 5.000 đến 200.000 BTU/h')).toBeTruthy();
    await user.clear(screen.getByLabelText('Công suất lạnh'));
    await user.type(screen.getByLabelText('Công suất lạnh'), '3,5');
    await user.selectOptions(screen.getByLabelText('Đơn vị của Công suất lạnh'), 'KWT');
    expect(changed.at(-1)).toEqual({ coolingCapacity: { value: 3.5, unit: 'KWT' } });
    await user.selectOptions(screen.getByLabelText('Biến tần'), 'không');
    await user.selectOptions(screen.getByLabelText('Số sao'), '5 sao');
    expect(changed.at(-1)).toEqual({ coolingCapacity: { value: 3.5, unit: 'KWT' }, inverter: false, energyStars: '5' });
    await user.clear(screen.getByLabelText('Công suất lạnh'));
    expect(changed.at(-1)).toEqual({ inverter: false, energyStars: '5' });
  });

  it('show what the server says of each, and have no fault that axe finds', async () => {
    renderWith(<Form errors={{ coolingCapacity: 'phải từ 5000 BTU/h' }} />);
    expect(screen.getByText('phải từ 5000 BTU/h')).toBeTruthy();
    expect(await findFaults()).toEqual([]);
  });
});
