import { Get, Inject, Query, Res } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import type { Response } from 'express';
import { MismatchService } from '../../matching/mismatch.service.js';
import type { MismatchQuery } from '../../matching/matching.dto.js';
import { type RegionGrouping, SEED_TABLE_1 } from '../../programme/groupings.js';
import { ProgrammeService } from '../../programme/programme.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../../shared/clock.js';
import { May } from '../../shared/permissions.js';
import { type FieldProblem, Problem } from '../../shared/problem.js';
import { IngestService } from '../../vacancies/ingest.service.js';
import { type PageAnswer, notAccepted } from '../site/answers.js';
import { readForm, refusalOf } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { sendTable } from './figures.js';
import { MismatchPage, type MismatchProps, cellColumns, ratioColumns, ratioRows } from './mismatch.js';
import { MismatchForm, OccupationsForm } from './mismatch.form.js';
import { type OccupationSides, occupationSides } from './occupation-sides.js';
import { OccupationsPage, occupationColumns } from './occupations.js';

/** Where demand and people miss each other, as pictures, tables and files. */
@PageController('analyst')
export class MismatchPages {
  constructor(
    private readonly mismatches: MismatchService,
    private readonly programme: ProgrammeService,
    private readonly ingests: IngestService,
    private readonly places: PlaceNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @May('analysis.read')
  async mismatch(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const asked = await this.ask(page, MismatchForm, query, (form) => this.counted(form));
    const view = MismatchPage(asked);
    return asked.answer === null ? notAccepted(view) : view;
  }

  @Get('mismatch.csv')
  @May('analysis.read')
  async cells(
    @Page() page: PageContext,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { mismatch } = await this.counted(await formOrRefusal(MismatchForm, query));
    const name = `mismatch-${dateInKazakhstan(new Date(mismatch.asOf))}`;
    return sendTable(response, page, name, cellColumns(page, this.nameOf(page)), mismatch.cells);
  }

  @Get('ratios.csv')
  @May('analysis.read')
  async ratios(
    @Page() page: PageContext,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { mismatch, grouping } = await this.counted(await formOrRefusal(MismatchForm, query));
    const name = `north-south-${grouping.name}-${dateInKazakhstan(new Date(mismatch.asOf))}`;
    return sendTable(response, page, name, ratioColumns(page), ratioRows(mismatch, grouping));
  }

  @Get('occupations')
  @May('analysis.read')
  async occupations(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const asked = await this.ask(page, OccupationsForm, query, async (form) => ({
      at: this.clock.now(),
      occupations: await this.sides(form),
    }));
    const view = OccupationsPage(asked);
    return asked.answer === null ? notAccepted(view) : view;
  }

  @Get('occupations.csv')
  @May('analysis.read')
  async occupationsFile(
    @Page() page: PageContext,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const rows = await this.sides(await formOrRefusal(OccupationsForm, query));
    const name = `occupations-${dateInKazakhstan(this.clock.now())}`;
    return sendTable(response, page, name, occupationColumns(page), rows);
  }

  private async counted(form: MismatchForm): Promise<NonNullable<MismatchProps['answer']>> {
    const mismatch = await this.mismatches.mismatch(form, true);
    return { mismatch, grouping: await this.grouping(form) };
  }

  private async sides(form: OccupationsForm): Promise<OccupationSides[]> {
    const occupations = await this.mismatches.occupations(form, true);
    const wish = { sector: form.sector ?? null, order: form.order ?? 'north' };
    return occupationSides(occupations, await this.grouping(form), wish);
  }

  private grouping({ grouping, on }: MismatchQuery): Promise<RegionGrouping> {
    return this.programme.grouping(grouping ?? SEED_TABLE_1.name, on ?? dateInKazakhstan(this.clock.now()));
  }

  private nameOf(page: PageContext): (code: string) => string {
    return (code) => this.places.region(page.language, code);
  }

  /** Reads a question and answers it; what is wrong with it stands beside its fields. */
  private async ask<Form extends object, Answer>(
    page: PageContext,
    Type: ClassConstructor<Form>,
    query: unknown,
    answer: (form: Form) => Promise<Answer>,
  ): Promise<{
    state: MismatchProps['state'];
    form: Form;
    sources: string[];
    answer: Answer | null;
    nameOf: MismatchProps['nameOf'];
  }> {
    const { form, typed, problems } = await readForm(Type, query);
    const found =
      problems.length > 0
        ? null
        : await answer(form).catch((error: unknown) => {
            problems.push(...refusalOf(error).map((problem) => ({ ...problem, field: fieldOf(problem) })));
            return null;
          });
    const sources = await this.ingests.sources();
    return { state: { page, typed, problems }, form, sources, answer: found, nameOf: this.nameOf(page) };
  }
}

/** The field that a service's refusal is about. */
function fieldOf({ field, code }: FieldProblem): string {
  return field === '' && (code === 'mismatch.date_without_programme' || code.startsWith('programme.')) ? 'on' : field;
}

async function formOrRefusal<Form extends object>(Type: ClassConstructor<Form>, query: unknown): Promise<Form> {
  const { form, problems } = await readForm(Type, query);
  if (problems.length > 0) throw new Problem('request.invalid', 400, {}, problems);
  return form;
}
