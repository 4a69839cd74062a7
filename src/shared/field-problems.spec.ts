import 'reflect-metadata';
import { Type, plainToInstance } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
  ValidateNested,
  validateSync,
} from 'class-validator';
import { fieldProblems } from './field-problems.js';

class Child {
  @IsInt()
  @Min(3)
  age!: number;
}

class Form {
  @IsString()
  @Length(2, 5)
  name!: string;

  @IsOptional()
  @IsIn(['a', 'b'])
  letter?: string;

  @IsOptional()
  @Matches(/^x/, { message: 'household.phone_invalid' })
  own?: string;

  @IsOptional()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => Child)
  children?: Child[];
}

const problems = (body: object) =>
  fieldProblems(validateSync(plainToInstance(Form, body), { whitelist: true, forbidNonWhitelisted: true }));

describe('fieldProblems', () => {
  it.each([
    [{ name: 'abc' }, []],
    [{}, [{ field: 'name', code: 'field.required' }]],
    [{ name: 7 }, [{ field: 'name', code: 'field.not_string' }]],
    [{ name: 'a' }, [{ field: 'name', code: 'field.too_short', params: { min: 2 } }]],
    [{ name: 'abcdef' }, [{ field: 'name', code: 'field.too_long', params: { max: 5 } }]],
    [{ name: 'abc', letter: 'c' }, [{ field: 'letter', code: 'field.not_one_of', params: { values: 'a, b' } }]],
    [{ name: 'abc', own: 'y' }, [{ field: 'own', code: 'household.phone_invalid' }]],
    [{ name: 'abc', extra: 1 }, [{ field: 'extra', code: 'field.not_allowed' }]],
    [
      { name: 'abc', children: [{ age: 5 }, { age: 1 }] },
      [{ field: 'children.1.age', code: 'field.too_small', params: { min: 3 } }],
    ],
    [{ name: 'abc', children: 'x' }, [{ field: 'children', code: 'field.not_object' }]],
    [
      { name: 'abc', children: [{ age: 5 }, { age: 5 }, { age: 5 }] },
      [{ field: 'children', code: 'field.too_many', params: { max: 2 } }],
    ],
  ])('%j → %j', (body, expected) => {
    expect(problems(body)).toEqual(expected);
  });
});
