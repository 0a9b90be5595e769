import type { LocalisedText } from '../../schemas/types.d.ts';

interface Letter {
  subject: string;
  text: string;
}

/** Invites into a role; both languages, because nobody knows yet which one the reader wants. */
export function invitationLetter(link: string, organisation: LocalisedText | undefined): Letter {
  const vi = organisation ? ` cho ${organisation.vi}` : '';
  const en = organisation ? ` for ${organisation.en ?? organisation.vi}` : '';
  return {
    subject: 'Xanh: lời mời / invitation',
    text: letter(
      `Bạn được mời làm việc trên Xanh${vi}. Liên kết dùng được một lần, trong 7 ngày:`,
      `You are invited to work on Xanh${en}. The link works once, within 7 days:`,
      link,
    ),
  };
}

/** Leads to a new password. */
export function resetLetter(link: string): Letter {
  return {
    subject: 'Xanh: mật khẩu mới / new password',
    text: letter(
      'Có người xin đặt lại mật khẩu của bạn trên Xanh. Nếu không phải bạn, hãy bỏ qua thư này. Liên kết dùng được một lần, trong 1 giờ:',
      'Somebody asked for a new password of yours on Xanh. If it was not you, leave this letter alone. The link works once, within 1 hour:',
      link,
    ),
  };
}

function letter(vi: string, en: string, link: string): string {
  return `${vi}\n\n${en}\n\n${link}\n`;
}
