import { Body, Get, Param, Post, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import { OccupationService } from '../../occupations/occupation.service.js';
import { isUuid } from '../../shared/ids.js';
import { May, reach } from '../../shared/permissions.js';
import { type FieldProblem, Problem } from '../../shared/problem.js';
import { type Correction, TitleCorrectionsService } from '../../vacancies/title-corrections.service.js';
import { VacanciesService } from '../../vacancies/vacancies.service.js';
import { type PageAnswer, notAccepted, refusedForm, seeOther } from '../site/answers.js';
import { readForm } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import {
  ALL_REGIONS,
  CorrectionForm,
  NO_OCCUPATION_VALUE,
  RECENT_CORRECTIONS,
  TITLES_ON_PAGE,
  TitlesFilter,
} from './titles.form.js';
import { type AskedOccupation, type TitleNames, TitlesPage } from './titles.js';

/** What the words of an occupation may mean, at most. */
const MOST_CANDIDATES = 6;

/** Titles that the program is not sure of, of the officer's own region first; what officers say is learnt for all. */
@PageController('centre/titles')
export class TitlesPages {
  constructor(
    private readonly titles: TitleCorrectionsService,
    private readonly occupations: OccupationService,
    private readonly vacancies: VacanciesService,
    private readonly places: PlaceNames,
  ) {}

  @Get()
  @May('titles.read')
  async list(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    const { form, problems } = await readForm(TitlesFilter, query);
    if (problems.length > 0) return notAccepted(await this.view(page, {}, { problems }));
    try {
      return await this.view(page, form, { done: await this.done(query['done']) });
    } catch (error) {
      return refusedForm(error, () => {
        throw error;
      });
    }
  }

  @Post()
  @May('titles.correct')
  async correct(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(CorrectionForm, body);
    if (problems.length > 0) return notAccepted(await this.view(page, {}, { problems: atTop(problems) }));
    const { title, area = null, once } = form;
    // Each card's field has a name of its own, so that each has its own label.
    const words = form.other ?? Object.entries(typed).find(([name]) => name.startsWith('other.'))?.[1];
    const isco = form.isco ?? (typeof words === 'string' ? this.named(words) : undefined);
    if (isco === undefined) {
      const asked = { title, area, ...this.candidates(page, typeof words === 'string' ? words : '') };
      const unclear = [{ field: 'other', code: 'correction.other_unclear' }];
      return notAccepted(await this.view(page, form, { problems: unclear, asked }));
    }
    try {
      const wish = { title, area, isco: isco === NO_OCCUPATION_VALUE ? null : isco };
      const { id } = await this.titles.correct(page.actor!, wish, once);
      return seeOther(page.href(addressOf(form, id)));
    } catch (error) {
      if (!(error instanceof Problem) || ![400, 409, 422].includes(error.status)) throw error;
      const refused = error.fields.length > 0 ? error.fields : [{ field: '', code: error.code, params: error.params }];
      return notAccepted(await this.view(page, form, { problems: atTop(refused) }));
    }
  }

  @Post(':id/withdraw')
  @May('titles.correct')
  async withdraw(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    const { form, problems } = await readForm(TitlesFilter, body);
    const at = problems.length > 0 ? {} : form;
    try {
      await this.titles.withdraw(page.actor!, id);
    } catch (error) {
      // Pressed twice, or a colleague was quicker: the page says what stands.
      if (!(error instanceof Problem) || error.code !== 'correction.ended') throw error;
    }
    return seeOther(page.href(addressOf(at, id)));
  }

  /** The occupation that some words name beyond doubt. */
  private named(words: string): string | undefined {
    const { isco, sure } = this.occupations.resolve({ title: words });
    return isco !== null && sure ? isco : undefined;
  }

  private candidates({ language }: PageContext, typed: string): Pick<AskedOccupation, 'typed' | 'candidates'> {
    const { isco, alternatives } = this.occupations.resolve({ title: typed });
    const guessed = isco === null ? [] : [isco, ...alternatives.map((guess) => guess.isco)];
    const suggested = this.occupations
      .suggest(typed, language, MOST_CANDIDATES)
      .flatMap((title) => this.occupations.resolve({ title }).isco ?? []);
    return { typed, candidates: [...new Set([...guessed, ...suggested])].slice(0, MOST_CANDIDATES) };
  }

  private async done(id: unknown): Promise<Correction | null> {
    if (typeof id !== 'string' || !isUuid(id)) return null;
    try {
      return await this.titles.one(id);
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }

  private async view(
    page: PageContext,
    filter: TitlesFilter,
    more: { problems?: FieldProblem[]; done?: Correction | null; asked?: AskedOccupation },
  ): Promise<VNode> {
    const { cursor, in: area } = filter;
    const region = filter.region ?? page.actor!.regionCode ?? ALL_REGIONS;
    const wish = { region: region === ALL_REGIONS ? undefined : region, area, limit: TITLES_ON_PAGE };
    const [unsure, recent, areas] = await Promise.all([
      this.titles.unsure({ ...wish, cursor }),
      this.titles.list({ standing: true, limit: RECENT_CORRECTIONS }),
      this.vacancies.areas(),
    ]);
    const areaNames = new Map(
      areas.map((one) => [one.id, { kk: one.nameKk, ru: one.nameRu, en: one.nameEn }[page.language]]),
    );
    const names: TitleNames = {
      occupation: (isco) => this.occupations.nameOf(isco, page.language),
      area: (id) => areaNames.get(id) ?? String(id),
      region: (code) => this.places.region(page.language, code),
    };
    const regions = this.places.regions(page.language).map(({ code, name }) => ({ value: code, label: name }));
    const typed = { region, in: area === undefined ? undefined : String(area) };
    return TitlesPage({
      state: { page, typed, problems: more.problems ?? [] },
      at: fieldsOf({ ...filter, region }),
      names,
      regions: [{ value: ALL_REGIONS, label: page.t('page.titles.all_regions') }, ...regions],
      areas: areas.map(({ id }) => ({ value: String(id), label: names.area(id) })),
      unsure,
      recent: recent.items,
      mayCorrect: reach(page.actor!, 'titles.correct') !== 'none',
      done: more.done ?? null,
      asked: more.asked ?? null,
    });
  }
}

function fieldsOf({ region, in: area, cursor }: TitlesFilter): Record<string, string> {
  return {
    ...(region === undefined ? {} : { region }),
    ...(area === undefined ? {} : { in: String(area) }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

function addressOf(filter: TitlesFilter, done: string): string {
  return `/centre/titles?${new URLSearchParams({ ...fieldsOf(filter), done }).toString()}`;
}

/** The fields of a card's form stand hidden: what is wrong with them is said at the head of the page. */
function atTop(problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.map((problem) => ({ ...problem, field: '' }));
}
