import { startTestApp, type TestApp } from '../support/app.js';
let running: TestApp;
beforeAll(async () => { running = await startTestApp({ role: 'api' }); }, 60000);
afterAll(() => running.close());
it('x', async () => {
  for (const p of ['/health/live','/health/ready','/metrics','/api/v1/me','/nope','/api/openapi.json','/api/docs', '/api/docs/swagger-ui-init.js','/api/problems/auth.forbidden']) {
    const r = await fetch(running.url + p);
    console.log(p, r.status, JSON.stringify([...r.headers]), (await r.text()).slice(0, 1500));
  }
});
