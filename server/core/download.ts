import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** A file that is sent as it is read. */
export interface Download {
  name: string;
  /** Its media type. */
  type: string;
  /** In bytes, where it is known before it is read. */
  size?: number;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Sends a file that somebody else sent in: it is saved and never shown in the page, no type is guessed, and what opens it
 * all the same may run nothing and load nothing. A reader who hangs up ends it.
 */
export async function sendDownload(response: Response, { name, type, size, bytes }: Download): Promise<void> {
  response
    .status(200)
    .attachment(name)
    .set({
      'Content-Type': type,
      ...(size !== undefined && { 'Content-Length': String(size) }),
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
    });
  await pipeline(Readable.from(bytes), response).catch((error: { code?: string }) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
