import type { Send } from './port.ts';

/** Letters through an SMTP server; a connection is opened for each, because there are few. */
export function mailBy(url: string, from: string): Send {
  return async (to, letter) => {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport(url, { connectionTimeout: 10_000, socketTimeout: 20_000 } as object);
    try {
      await transport.sendMail({ from, to, ...letter });
    } finally {
      transport.close();
    }
  };
}
