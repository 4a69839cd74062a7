import { Get, Header, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { RateLimits } from '../../auth/rate-limits.js';
import { visitorOf } from '../../auth/visitor.js';
import { isLanguage } from '../../i18n/i18n.js';
import { QuickMatchService } from '../../matching/quick-match.service.js';
import { RetrainingService } from '../../matching/retraining.service.js';
import { OccupationService } from '../../occupations/occupation.service.js';
import { May } from '../../shared/permissions.js';
import { type PageAnswer, notAccepted, refusedForm } from '../site/answers.js';
import { readForm, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { MOST_COURSES } from '../site/short-courses.js';
import { QuickMatchForm, quickQuestion } from './quick-match.form.js';
import { QuickMatchPage } from './quick-match.js';
import { StartPage } from './start.js';

const MOST_SUGGESTIONS = 8;

@PageController()
export class StartPages {
  constructor(
    private readonly places: PlaceNames,
    private readonly occupations: OccupationService,
    private readonly quickMatches: QuickMatchService,
    private readonly retraining: RetrainingService,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  @May('site.read')
  async start(@Page() page: PageContext, @Query('done') done?: string): Promise<PageAnswer> {
    const regions = this.places.regions(page.language);
    return StartPage({ page, regions, typed: {}, counts: await this.quickMatches.counts(), erased: done === 'erased' });
  }

  /** The question stands in the address, so that it can be sent to a relative: it holds nobody's name. */
  @Get('match')
  @May('match.quick')
  async match(@Page() page: PageContext, @Query() query: unknown, @Req() request: Request): Promise<PageAnswer> {
    const regions = this.places.regions(page.language);
    const typed = typedFields(query);
    if (Object.keys(typed).length === 0) return QuickMatchPage({ page, regions, typed, problems: [], answer: null });
    const { form, problems } = await readForm(QuickMatchForm, query);
    if (form.region !== undefined && !regions.some(({ code }) => code === form.region)) {
      problems.push({ field: 'region', code: 'quick.region_missing' });
    }
    const { question, problems: unknown } = quickQuestion(form, this.occupations);
    const all = [...problems, ...unknown.filter(({ field }) => !problems.some((one) => one.field === field))];
    if (all.length > 0) return notAccepted(QuickMatchPage({ page, regions, typed, problems: all, answer: null }));
    const { address } = visitorOf(request, page.language);
    try {
      await this.limits.take(page.actor ? ['quick_match_account', page.actor.id] : ['quick_match_address', address]);
    } catch (error) {
      return refusedForm(error, (found) => QuickMatchPage({ page, regions, typed, problems: found, answer: null }));
    }
    const answer = await this.quickMatches.answer(question);
    const seekers = question.adults.map(({ isco }) => ({ isco, education: null, diplomas: null, driving: null }));
    const courses = await this.retraining.bestRoutes(seekers, [question.homeRegionCode], MOST_COURSES);
    const names = {
      region: (code: string) => this.places.region(page.language, code),
      place: (kato: string) => this.places.place(page.language, kato),
      occupation: (isco: string) => this.occupations.nameOf(isco, page.language),
    };
    return QuickMatchPage({ page, regions, typed, problems: [], answer: { question, found: answer, courses, names } });
  }

  /** Titles for the typeahead, as a plain list of texts. */
  @Get('suggest/occupations')
  @May('site.read')
  @Header('Cache-Control', 'public, max-age=3600')
  suggest(@Page() { language }: PageContext, @Query('q') words: unknown): string[] {
    if (typeof words !== 'string' || words.length > 100 || !isLanguage(language)) return [];
    return this.occupations.suggest(words, language, MOST_SUGGESTIONS);
  }

  /** Places for the typeahead, region and district with them, so that what is taken is found again. */
  @Get('suggest/places')
  @May('site.read')
  @Header('Cache-Control', 'public, max-age=3600')
  suggestPlaces(@Page() { language }: PageContext, @Query('q') words: unknown): string[] {
    if (typeof words !== 'string' || words.length > 100) return [];
    return this.places.suggest(language, words, MOST_SUGGESTIONS);
  }
}
