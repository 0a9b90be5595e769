import { describe, expect, it } from '@jest/globals';
import { ApiProblem } from '../../client/src/api/client.ts';
import { productErrors } from '../../client/src/features/product-entry/product-problems.ts';
import {
  emptyProduct,
  patchOf,
  toProductInput,
  valuesOf,
} from '../../client/src/features/product-entry/product-values.ts';
import type { Product } from '../../schemas/types.d.ts';

const product: Product = {
  id: '6'.repeat(24),
  kind: 'good',
  name: { vi: 'Máy lạnh (hư cấu)' },
  model: 'ML-12',
  aliases: ['ML 12'],
  authorised: [],
  group: 'air-conditioner',
  supplier: 'T-SUPPLIER',
  price: { amountNet: '9000000', unit: 'H87', asOf: '2026-03-01' },
  attributes: { 'cooling-power': 3517, inverter: true },
  attributesEntered: { 'cooling-power': { value: 12_000, unit: '2I' } },
  listing: 'accepted',
  recordedAt: '2026-03-01T00:00:00.000Z',
  revision: 1,
};
const keys = ['cooling-power', 'inverter'];

describe('the form of a product', () => {
  it('sends nothing that is empty, and no attribute of another group', () => {
    const typed = {
      ...emptyProduct('T-SUPPLIER'),
      name: { vi: ' Giấy in ', en: '' },
      group: 'office-paper',
      price: { amountNet: '', unit: 'ram', packFactor: '5', asOf: '' },
      attributes: { grammage: 70, inverter: true },
    };
    expect(toProductInput(typed, ['grammage'])).toEqual({
      kind: 'good',
      name: { vi: 'Giấy in' },
      group: 'office-paper',
      supplier: 'T-SUPPLIER',
      attributes: { grammage: 70 },
    });
  });

  it('gives back a product as it was entered: unchanged, it changes nothing', () => {
    const input = toProductInput(valuesOf(product), keys);
    expect(input.attributes).toEqual({ 'cooling-power': { value: 12_000, unit: '2I' }, inverter: true });
    expect(patchOf(input, toProductInput(valuesOf(product), keys))).toEqual({});
  });

  it('takes away what was emptied and names only what changed', () => {
    const before = valuesOf(product);
    const after = { ...before, aliases: [], model: '', price: emptyProduct().price, attributes: {}, brand: 'Mẫu' };
    expect(patchOf(toProductInput(before, keys), toProductInput(after, keys))).toEqual({
      aliases: [],
      model: null,
      price: null,
      attributes: {},
      brand: 'Mẫu',
    });
  });

  it('shows what is wrong with one alias at the aliases, and with an attribute at the attribute', () => {
    const refused = new ApiProblem({
      type: '',
      title: '',
      status: 422,
      code: 'RULE_BROKEN',
      errors: [
        { pointer: '/aliases/1', detail: 'của sản phẩm khác' },
        { pointer: '/attributes/grammage', detail: 'lớn quá' },
      ],
    });
    expect(productErrors(refused)).toEqual({ aliases: 'của sản phẩm khác', 'attributes.grammage': 'lớn quá' });
  });
});
