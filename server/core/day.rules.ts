const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

/** A calendar day as people read it: `2026-03-14` is `14/03/2026`, in English `14 Mar 2026`. */
export function dayIn(day: string, language: 'vi' | 'en'): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return language === 'vi' ? `${date}/${month}/${year}` : `${date} ${months[Number(month) - 1] ?? month} ${year}`;
}
