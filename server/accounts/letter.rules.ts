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

/** Leads to the account of a supplier who signs up. */
export function signUpLetter(link: string, { taxCode, company }: { taxCode: string; company: string }): Letter {
  return {
    subject: 'Xanh: đăng ký nhà cung cấp / supplier sign-up',
    text: letter(
      `Có người đăng ký trên Xanh cho ${company}, mã số thuế ${taxCode}, bằng địa chỉ này. Nếu không phải bạn, hãy bỏ qua thư này. Liên kết dùng được một lần, trong 7 ngày:`,
      `Somebody signed up on Xanh for ${company}, tax code ${taxCode}, with this address. If it was not you, leave this letter alone. The link works once, within 7 days:`,
      link,
    ),
  };
}

/** Tells an operator that a sign-up waits. */
export function waitingLetter(link: string, { taxCode, company }: { taxCode: string; company: string }): Letter {
  return {
    subject: 'Xanh: đăng ký chờ xác nhận / a sign-up waits',
    text: letter(
      `Một người đăng ký làm việc cho ${company}, mã số thuế ${taxCode}, và chờ bạn xác nhận:`,
      `Somebody signed up for ${company}, tax code ${taxCode}, and waits for your word:`,
      link,
    ),
  };
}

/** Tells who signed up that it may speak for the organisation now. */
export function verifiedLetter(link: string, organisation: LocalisedText): Letter {
  return {
    subject: 'Xanh: đã xác nhận / verified',
    text: letter(
      `Đơn vị vận hành đã xác nhận bạn thuộc ${organisation.vi}. Từ nay bạn nộp được hồ sơ:`,
      `The operator has confirmed that you belong to ${organisation.en ?? organisation.vi}. You can submit dossiers now:`,
      link,
    ),
  };
}

/** Tells who signed up why it was refused. */
export function refusedLetter(reason: string): Letter {
  return {
    subject: 'Xanh: không xác nhận / not verified',
    text: letter(
      'Đơn vị vận hành không xác nhận lần đăng ký của bạn trên Xanh, vì:',
      'The operator did not confirm your sign-up on Xanh, because:',
      reason,
    ),
  };
}

function letter(vi: string, en: string, link: string): string {
  return `${vi}\n\n${en}\n\n${link}\n`;
}
