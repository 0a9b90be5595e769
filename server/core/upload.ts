import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { fileTypeFromBuffer } from 'file-type';
import multer, { MulterError } from 'multer';
import { Problem } from './problem.ts';
import { resolveSchema, type JsonSchema, type SchemaName } from './schemas.ts';

/** A file that was sent, known by its content: its name and the sender's word for its type are believed in nothing. */
export interface SentFile {
  name: string;
  bytes: Buffer;
  /** SHA-256, hexadecimal. */
  hash: string;
  /** The type that the first bytes show, `xlsx`; null for text and what has no such mark. */
  type: string | null;
}

/** A multipart body: its fields, and its one file. */
export interface SentForm {
  fields: Record<string, unknown>;
  file: SentFile;
}

/** The largest file that a call takes unless it says otherwise, in bytes. */
export const largestFile = 32 * 1024 * 1024;
/** What the fields of a form and its borders add to a file. */
const around = 1024 * 1024;

const receivers = new Map<number, RequestHandler>();

function receiverOf(largest: number): RequestHandler {
  let receiver = receivers.get(largest);
  if (!receiver) {
    receiver = multer({
      storage: multer.memoryStorage(),
      limits: { fileSize: largest, files: 1, fields: 10, fieldSize: 64 * 1024, fieldNameSize: 60 },
      defParamCharset: 'utf8',
    }).single('file');
    receivers.set(largest, receiver);
  }
  return receiver;
}

/**
 * The fields and the file of a multipart call; fields that the schema does not have as text are JSON.
 * @throws Problem 415 for another kind of body, 413 for a file that is too large, 400 for one without a file
 */
export async function receiveForm(
  request: Request,
  response: Response,
  { schema, largest = largestFile }: { schema: SchemaName; largest?: number | undefined },
): Promise<SentForm> {
  if (!request.is('multipart/form-data')) throw new Problem('SEND_A_FORM');
  const announced = Number(request.get('content-length') ?? Infinity);
  try {
    if (announced > largest + around && announced < Infinity) throw new Problem('TOO_LARGE');
    await new Promise<void>((resolve, reject) => {
      receiverOf(largest)(request, response, (error: unknown) =>
        error === undefined ? resolve() : reject(problemOf(error)),
      );
      stopBehind(request, 2 * largest, () => reject(new Problem('TOO_LARGE')));
    });
  } catch (error) {
    // A little too much is read to its end, so that the answer arrives; the rest of more is not.
    if (announced > 2 * largest) response.set('Connection', 'close');
    throw error;
  }
  const { file } = request;
  if (!file) throw new Problem('INVALID_BODY', {}, [{ pointer: '/file', code: 'required' }]);
  const sent = { ...(request.body as Record<string, string> | undefined) };
  const fields = Object.entries(sent).map(([name, text]) => [name, readField(schema, name, text)] as const);
  return {
    fields: Object.fromEntries(fields),
    file: {
      name: file.originalname.slice(0, 200),
      bytes: file.buffer,
      hash: createHash('sha256').update(file.buffer).digest('hex'),
      type: (await fileTypeFromBuffer(file.buffer))?.ext ?? null,
    },
  };
}

/** multer reads a refused body to its end, however long that is: behind so many bytes nothing more is read. */
function stopBehind(request: Request, most: number, stop: () => void): void {
  let read = 0;
  const count = ({ length }: Buffer): void => {
    read += length;
    if (read <= most) return;
    request.off('data', count).unpipe();
    request.pause();
    stop();
  };
  request.on('data', count);
}

function readField(schema: SchemaName, name: string, text: string): unknown {
  const { properties = {} } = resolveSchema({ $ref: `${schema}.json` }, schema).schema as {
    properties?: Record<string, JsonSchema>;
  };
  const property = properties[name];
  if (!property || resolveSchema(property, schema).schema['type'] === 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('INVALID_BODY', {}, [{ pointer: `/${name}`, code: 'JSON' }]);
  }
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof MulterError)) return new Problem('SEND_A_FORM');
  if (error.code === 'LIMIT_FILE_SIZE' || error.code === 'LIMIT_FIELD_VALUE') return new Problem('TOO_LARGE');
  const pointer = `/${error.field ?? ''}`;
  return new Problem('INVALID_BODY', {}, [{ pointer, code: 'additionalProperties' }]);
}
