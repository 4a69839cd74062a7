import { startTestApp, type TestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { TokenService } from '../../src/auth/token.service.js';
let running: TestApp;
let token: string;
beforeAll(async () => {
  const database = await createTestDatabase();
  const ds = await database.dataSource();
  await loadReferenceData(ds, new Date());
  running = await startTestApp({ role: 'api', database });
  token = (await running.app.get(TokenService).create({ role: 'system', label: 'test' })).token;
}, 60000);
afterAll(() => running.close());
it('x', async () => {
  const r = await fetch(running.url + '/api/v1/households', { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({
    home: { text: 'Туркестанская область, г. Кентау' }, children: 2, schoolAgeChildren: 1, consents: { matching: true },
    adults: [{ occupation: { title: 'медсестра' }, iin: '910415400121', languages: ['kk'] }],
  }) });
  console.log(r.status, JSON.stringify(await r.json(), null, 1));
});
