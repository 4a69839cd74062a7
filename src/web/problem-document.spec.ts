import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { LANGUAGES, hasWords } from '../i18n/i18n.js';
import { Problem } from '../shared/problem.js';
import { asProblem, problemDocument } from './problem-document.js';
import { requestId } from './request-log.js';

describe('asProblem', () => {
  it.each([
    [new Problem('household.not_found', 404), 'household.not_found', 404],
    [new NotFoundException(), 'request.not_found', 404],
    [new BadRequestException('secret words'), 'request.malformed', 400],
    [new HttpException('teapot', 418), 'request.refused', 418],
    [Object.assign(new Error(), { type: 'entity.parse.failed', status: 400 }), 'request.invalid_json', 400],
    [Object.assign(new Error(), { type: 'entity.too.large', status: 413 }), 'request.too_large', 413],
    [Object.assign(new Error(), { type: 'charset.unsupported', status: 415 }), 'request.unsupported_media_type', 415],
    [Object.assign(new Error(), { code: 'ECONNREFUSED' }), 'server.unavailable', 503],
    [Object.assign(new Error(), { driverError: { code: '08006' } }), 'server.unavailable', 503],
  ])('%s → %s', (error, code, status) => {
    expect(asProblem(error)).toMatchObject({ code, status });
    expect(hasWords(code)).toBe(true);
  });

  it.each([[new Error('x')], [new TypeError('y')], [new HttpException('z', 500)], ['text'], [undefined]])(
    'leaves %s unexpected',
    (error) => expect(asProblem(error)).toBeNull(),
  );
});

describe('problemDocument', () => {
  it('speaks the language asked for and keeps the code', () => {
    const problem = new Problem('request.invalid', 400, {}, [
      { field: 'adults.0.iin', code: 'iin.check_digit' },
      { field: 'children', code: 'field.too_large', params: { max: 20 } },
    ]);
    const documents = LANGUAGES.map((language) => problemDocument(problem, language, 'urn:request:1'));
    expect(new Set(documents.map((d) => d.detail)).size).toBe(3);
    expect(documents[1]).toEqual({
      type: '/api/problems/request.invalid',
      title: 'Неверный запрос',
      status: 400,
      detail: 'В запросе 2 неверных поля.',
      code: 'request.invalid',
      instance: 'urn:request:1',
      errors: [
        {
          field: 'adults.0.iin',
          code: 'iin.check_digit',
          detail: 'Контрольная цифра ИИН неверна; проверьте, нет ли опечатки.',
        },
        {
          field: 'children',
          code: 'field.too_large',
          params: { max: 20 },
          detail: 'Значение должно быть не больше 20.',
        },
      ],
    });
  });

  it('has a title for a status that nobody named', () => {
    expect(problemDocument(new Problem('request.refused', 418), 'en', '').title).toBe('Bad request');
  });
});

describe('requestId', () => {
  it.each(['abcd1234', '01936f2a-0000-7000-8000-000000000001', 'a.b_c-d.e'])('takes %s over', (id) => {
    expect(requestId(id)).toBe(id);
  });

  it.each([undefined, 'short', 'has space here', 'x'.repeat(101), 'new\nline-here', ['abcd1234', 'abcd1234']])(
    'makes its own instead of %p',
    (id) => {
      expect(requestId(id)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    },
  );
});
