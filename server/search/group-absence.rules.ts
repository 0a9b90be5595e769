import type { FindAbsence, ProductGroup } from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';

/** Why nothing is found of words that name a group: that nothing of it was ever listed, or that what is lacks the other words. */
export function absenceInGroup(
  { code, name }: Pick<ProductGroup, 'code' | 'name'>,
  offered: number,
  language: 'vi' | 'en',
): FindAbsence {
  const said = textIn(name, language);
  const isVi = language === 'vi';
  if (offered === 0)
    return {
      reason: 'NEVER_LISTED',
      detail: isVi ? `Nhóm “${said}” chưa có sản phẩm nào trong danh mục.` : `No product of “${said}” is listed yet.`,
      next: {
        text: isVi
          ? 'Xem bản đồ nhu cầu chưa được đáp ứng, hoặc báo cho nhà cung cấp.'
          : 'See the map of unmet needs, or tell a supplier.',
        path: '/needs',
      },
    };
  return {
    reason: 'NOT_ON_ANY_LIST',
    detail: isVi
      ? `Nhóm “${said}” có ${offered} sản phẩm; không sản phẩm nào có đủ các từ còn lại.`
      : `“${said}” has ${offered} products; none of them has all the other words.`,
    next: { text: isVi ? 'Xem mọi sản phẩm của nhóm.' : 'See all products of the group.', path: `/?group=${code}` },
  };
}
