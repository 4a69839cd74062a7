import { Get, Query } from '@nestjs/common';
import { SupportService } from '../../programme/support.service.js';
import { PlaceService } from '../../reference/place.service.js';
import { May } from '../../shared/permissions.js';
import type { FieldProblem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted } from '../site/answers.js';
import { type Typed, one, readForm, refusalOf, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { SheetPage } from './sheet-page.js';
import { SheetForm, SupportForm } from './support.form.js';
import { type SupportPageAnswer, SupportPage } from './support-page.js';

const MOST_PLACES = 5;

/** A question as it came: what was typed, and the place that it names. */
interface Asked<Form> {
  form: Form;
  /** With the place in words: links of the site name it by its code. */
  typed: Typed;
  /** Null where there is a problem. */
  kato: string | null;
  problems: FieldProblem[];
  /** Names that an unclear place may mean. */
  places: string[];
}

/** What the programme pays, for anybody who asks; the question stands in the address and names nobody. */
@PageController()
export class SupportPages {
  constructor(
    private readonly support: SupportService,
    private readonly places: PlaceService,
    private readonly names: PlaceNames,
  ) {}

  @Get('support')
  @May('site.read')
  async calculate(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const given = typedFields(query);
    // A link that only brings the size of a family (`family`) or the place (`to`) along asks for nothing yet.
    if (given['members'] === undefined && one(given, 'place') === '') {
      const to = this.places.place(one(given, 'to'))?.kato;
      const place = to === undefined ? undefined : this.names.inFull(page.language, to);
      const typed = { members: given['family'], place };
      return SupportPage({ page, typed, problems: [], places: [], answer: null });
    }
    const asked = await this.read(page, SupportForm, query);
    return this.answered(page, asked, async ({ members, on }, kato, problems, places) => {
      const answer: SupportPageAnswer | null =
        kato === null
          ? null
          : {
              sheet: await this.support.sheet({ members, kato, on }),
              members,
              place: this.names.inFull(page.language, kato),
              kato,
            };
      return SupportPage({ page, typed: asked.typed, problems, places, answer });
    });
  }

  /** The same with conditions and papers, on one sheet of A4. */
  @Get('support/sheet')
  @May('site.read')
  async sheet(@Page() page: PageContext, @Query() query: unknown): Promise<PageAnswer> {
    const asked = await this.read(page, SheetForm, query);
    const regions = this.names.regions(page.language);
    return this.answered(page, asked, async (form, kato, problems, places) => {
      const { members, on, home, own = [] } = form;
      const state = { page, typed: asked.typed, problems, places, regions };
      if (kato === null) return SheetPage({ ...state, answer: null });
      const answers = Object.fromEntries(own.map((code) => [code, true]));
      const asking = { homeRegionCode: home ?? null, kato, on, answers, children: null, employment: null };
      const [sheet, eligibility] = await Promise.all([
        this.support.sheet({ members, kato, on }),
        this.support.eligibility(asking),
      ]);
      const region = this.names.region(page.language, this.places.place(kato)!.regionCode);
      const place = this.names.inFull(page.language, kato);
      return SheetPage({ ...state, answer: { sheet, eligibility, members, place, region } });
    });
  }

  private async read<Form extends SupportForm>(
    { language }: PageContext,
    Type: new () => Form,
    query: unknown,
  ): Promise<Asked<Form>> {
    const given = typedFields(query);
    const code = one(given, 'place');
    const known = this.places.place(code)?.kato ?? null;
    const typed = known === null ? given : { ...given, place: this.names.inFull(language, known) };
    const { form, problems } = await readForm(Type, query);
    if (code === '') problems.push(MISSING);
    const kato = problems.length > 0 ? null : (known ?? this.places.resolve(form.place, null).kato);
    if (problems.length === 0 && kato === null) problems.push({ field: 'place', code: 'page.support.place_unclear' });
    return { form, typed, kato, problems, places: this.meant(language, typed, problems) };
  }

  private meant(language: PageContext['language'], typed: Typed, problems: readonly FieldProblem[]): string[] {
    const place = one(typed, 'place');
    const unclear = problems.some(({ field }) => field === 'place') && place !== '';
    return unclear ? this.names.suggest(language, place, MOST_PLACES) : [];
  }

  /** The page of an answer, or of what was wrong: found in the form, or refused by the programme's rules. */
  private async answered<Form>(
    { language }: PageContext,
    { form, typed, kato, problems, places }: Asked<Form>,
    show: (
      form: Form,
      kato: string | null,
      problems: readonly FieldProblem[],
      places: string[],
    ) => Promise<ReturnType<typeof SupportPage>>,
  ): Promise<PageAnswer> {
    if (kato === null) return notAccepted(await show(form, null, problems, places));
    try {
      return await show(form, kato, [], []);
    } catch (error) {
      const refused = refusalOf(error).map((found) => ({ ...found, field: FIELD_OF[found.code] ?? found.field }));
      return notAccepted(await show(form, null, refused, this.meant(language, typed, refused)));
    }
  }
}

const MISSING: FieldProblem = { field: 'place', code: 'page.support.place_missing' };

/** Where a refusal belongs in the form. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'support.place_unclear': 'place',
  'support.place_unknown': 'place',
  'support.not_reception': 'place',
  'support.index_unknown': 'on',
  'programme.date_invalid': 'on',
  'programme.before_first_version': 'on',
};
