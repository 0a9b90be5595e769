import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { sendSheet } from '../../server/core/csv.ts';

/** The text of the table as it goes over the wire. */
async function sent(rows: string[][]): Promise<string> {
  const app = express();
  app.get('/', (_request, response) =>
    sendSheet(response, {
      name: 'bang',
      header: ['Nội dung', 'Số'],
      rows: (async function* () {
        yield* rows;
      })(),
    }),
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
  server.close();
  return text;
}

it('a cell with a line break of any kind is one cell to every reader of CSV', async () => {
  const rows = [
    ['hai\ndòng', '1'],
    ['hai\rdòng', '2'],
    ['hai\r\ndòng, "ngoặc"', '3'],
  ];
  const text = await sent(rows);
  expect(text.startsWith('\uFEFFNội dung,Số\r\n"hai\ndòng",1\r\n"hai\rdòng",2\r\n')).toBe(true);
  expect(parse(text, { bom: true, from_line: 2 })).toEqual(rows);
});

it('a cell that a spreadsheet would run is text, and a table without rows still has its header', async () => {
  expect(await sent([['=1+1', '5']])).toContain("'=1+1,5");
  expect(await sent([])).toBe('\uFEFFNội dung,Số\r\n');
});
