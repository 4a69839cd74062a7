import type { NestExpressApplication } from '@nestjs/platform-express';
import { once } from 'node:events';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { Refusal } from './lifecycle.js';

/** Refuses, before anything slow begins, a port that the program could not listen on. 0 is always free. */
export async function refuseTakenPort(port: number, variable: 'PORT' | 'WORKER_PORT'): Promise<void> {
  const server = createServer();
  try {
    server.listen(port);
    await once(server, 'listening');
  } catch (error) {
    throw portRefusal(error, port, variable);
  }
  server.close();
  await once(server, 'close');
}

/** Listens and answers the address at which the program is reached on this machine. */
export async function listenOn(
  app: NestExpressApplication,
  port: number,
  variable: 'PORT' | 'WORKER_PORT',
): Promise<string> {
  try {
    await app.listen(port);
  } catch (error) {
    throw portRefusal(error, port, variable);
  }
  const address = (app.getHttpServer() as Server).address() as AddressInfo;
  return `http://localhost:${address.port}`;
}

function portRefusal(error: unknown, port: number, variable: string): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') return new Refusal(`Port ${port} is taken; choose another by setting ${variable}.`);
  if (code === 'EACCES')
    return new Refusal(`This user may not open port ${port}; choose another by setting ${variable}.`);
  return error;
}
