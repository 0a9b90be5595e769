import type { Complaint } from '../../schemas/types.d.ts';
import { dayIn } from '../core/day.rules.ts';

interface Letter {
  subject: string;
  text: string;
}

type Told = Pick<Complaint, 'reference' | 'checkDueOn' | 'replyDueOn' | 'decision'>;

/** What a letter says beside the report: none names who reported, or what was said of whom; that stands behind the link. */
function letter(subject: string, lines: { vi: string; en: string }, link: string): Letter {
  return { subject: `Xanh: ${subject}`, text: `${lines.vi}\n\n${lines.en}\n\n${link}\n` };
}

/** To the reporter: it is in, under which number, and by when somebody looks at it. */
export function receiptLetter({ reference, checkDueOn }: Told, address: string): Letter {
  return letter(
    `phản ánh ${reference} / report ${reference}`,
    {
      vi: `Xanh đã nhận phản ánh của bạn, số ${reference}. Đơn vị vận hành sẽ xem xét muộn nhất ngày ${dayIn(checkDueOn, 'vi')}. Hãy giữ số này để theo dõi:`,
      en: `Xanh has received your report, number ${reference}. The operator looks at it by ${dayIn(checkDueOn, 'en')} at the latest. Keep the number, by which you follow it:`,
    },
    `${address}/complaints/${reference}`,
  );
}

/** To the party: it may reply, and until when. */
export function replyLetter({ reference, replyDueOn = '' }: Told, address: string): Letter {
  return letter(
    `quyền trả lời phản ánh ${reference} / right of reply to report ${reference}`,
    {
      vi: `Có phản ánh ${reference} liên quan đến tổ chức của bạn. Bạn có quyền trả lời đến hết ngày ${dayIn(replyDueOn, 'vi')}; sau ngày đó, đơn vị vận hành quyết định theo những gì đã biết:`,
      en: `Report ${reference} concerns your organisation. You may reply through ${dayIn(replyDueOn, 'en')}; after that day the operator decides by what is known:`,
    },
    `${address}/complaints/${reference}`,
  );
}

/** To reporter and party: how it was decided; the reasons stand behind the link, for everybody to read. */
export function decisionLetter({ reference, decision }: Told, address: string): Letter {
  const isUpheld = decision?.result === 'upheld';
  return letter(
    `kết luận phản ánh ${reference} / decision on report ${reference}`,
    {
      vi: `Phản ánh ${reference} đã có kết luận: ${isUpheld ? 'có căn cứ' : 'không có căn cứ'}. Lý do:`,
      en: `Report ${reference} was decided: ${isUpheld ? 'upheld' : 'rejected'}. The reasons:`,
    },
    `${address}/complaints/${reference}`,
  );
}
