import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import type { Request, Response } from 'express';
import { createLog } from './log.js';
import { requestLog } from './request-log.js';

it('says each field of a request once, without its query', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const handle = requestLog(createLog('info', sink));
  const server = createServer((request, response) => {
    handle(request as Request, response as Response, () => response.writeHead(422).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/a/path?phone=77010000000`);
  await new Promise((resolve) => server.close(resolve));
  expect(lines).toHaveLength(1);
  const line = lines[0]!;
  for (const field of ['level', 'time', 'requestId', 'method', 'path', 'status', 'durationMs', 'msg'])
    expect([field, line.split(`"${field}":`).length - 1]).toEqual([field, 1]);
  expect(JSON.parse(line)).toMatchObject({ level: 'warn', method: 'GET', path: '/a/path', status: 422 });
  expect(line).not.toContain('7701');
});
