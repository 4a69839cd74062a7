import { type INestApplication, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiExtension, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PERMISSION, type Permission, isForAnyone, rolesWith } from '../shared/permissions.js';
import { documentFields } from './documented-fields.js';
import { PROBLEM_TYPE } from './problem-document.js';

export const OPENAPI_PATH = '/api/openapi.json';
export const DOCS_PATH = '/api/docs';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

/**
 * The OpenAPI 3.1 document of every route: bodies and queries from the validators' rules, security and roles from
 * the table of permissions, and the problem document as the answer to everything that goes wrong.
 */
export function describeApi(app: INestApplication, version: string): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Qonys')
    .setDescription(
      'Matches households of southern Kazakhstan with vacancies of the north. Errors are RFC 9457 problem documents ' +
        'with a stable `code`, in the language of `?lang=kk|ru|en` or `Accept-Language`.',
    )
    .setVersion(version)
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token, `qny_…`.' }, 'token')
    .build();
  describeRoutes(app);
  const document = SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
    autoTagControllers: false,
  });
  for (const path of Object.values(document.paths)) for (const method of METHODS) tidyHeaders(path[method]);
  return withProblems(document);
}

/** Nest calls every header that a handler reads required, also one that `@ApiHeader` describes already. None of ours is. */
function tidyHeaders(operation: OpenAPIObject['paths'][string]['get']): void {
  const parameters = operation?.parameters;
  if (operation === undefined || parameters === undefined) return;
  const isOther = (a: unknown, b: unknown): boolean =>
    a !== b && (a as Named).in === 'header' && (a as Named).name.toLowerCase() === (b as Named).name.toLowerCase();
  operation.parameters = parameters.filter(
    (parameter) => (parameter as Named).required !== true || !parameters.some((other) => isOther(other, parameter)),
  );
  for (const parameter of operation.parameters as Named[]) if (parameter.in === 'header') parameter.required = false;
}

interface Named {
  name: string;
  in: string;
  required?: boolean;
}

/** Adds to each handler's metadata what it already says to the guard and to the validation pipe. */
function describeRoutes(app: INestApplication): void {
  const reflector = app.get(Reflector);
  const scanner = app.get(MetadataScanner, { strict: false });
  for (const { metatype } of app.get(DiscoveryService, { strict: false }).getControllers()) {
    if (!metatype) continue;
    const prototype = metatype.prototype as Record<string, (...parameters: unknown[]) => unknown>;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name]!;
      const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
      const permission = reflector.getAllAndOverride<Permission | undefined>(PERMISSION, [handler, metatype]);
      if (descriptor && permission !== undefined && !isForAnyone(permission)) {
        ApiBearerAuth('token')(prototype, name, descriptor);
        ApiExtension('x-permission', permission)(prototype, name, descriptor);
        ApiExtension('x-roles', rolesWith(permission))(prototype, name, descriptor);
      }
      const types = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as unknown[];
      for (const type of types) if (typeof type === 'function') documentFields(type as Type<unknown>);
    }
  }
}

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'What went wrong (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: { type: 'string', description: 'Where the code is explained.', examples: ['/api/problems/request.invalid'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: "In the caller's language." },
    code: { type: 'string', description: 'Stable; branch on this.', examples: ['request.invalid'] },
    instance: { type: 'string', description: 'The request; also in the header X-Request-Id.' },
    params: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
    errorId: { type: 'string', description: 'With code server.error: the number to report.' },
    errors: {
      type: 'array',
      description: 'Each wrong field.',
      items: {
        type: 'object',
        required: ['field', 'code', 'detail'],
        properties: {
          field: { type: 'string', examples: ['adults.0.iin'] },
          code: { type: 'string', examples: ['iin.check_digit'] },
          detail: { type: 'string' },
          params: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
        },
      },
    },
  },
};

function withProblems(document: OpenAPIObject): OpenAPIObject {
  const problem = {
    description: 'A problem document.',
    content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const schemas = { ...document.components?.schemas, Problem: PROBLEM_SCHEMA as object };
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) operation.responses = { ...operation.responses, default: problem };
    }
  return { ...document, components: { ...document.components, schemas } };
}
