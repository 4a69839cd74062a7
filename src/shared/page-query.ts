import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { PAGE_LIMIT } from './page.js';

/** Query parameters of every list; a list with filters extends it. */
export class PageQuery {
  /** How many entries at most. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(PAGE_LIMIT.most)
  limit: number = PAGE_LIMIT.default;

  /** The `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}
