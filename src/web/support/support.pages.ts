import { Get, Query } from '@nestjs/common';
import { PlaceService } from '../../reference/place.service.js';
import { SupportService } from '../../programme/support.service.js';
import { May } from '../../shared/permissions.js';
import type { FieldProblem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted } from '../site/answers.js';
import { one, readForm, refusalOf, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';
import { SupportForm } from './support.form.js';
import { type SupportPageAnswer, SupportPage } from './support-page.js';

const MOST_PLACES = 5;

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
    const code = one(given, 'place');
    // Links of the site name a place by its code; people read its name.
    const named =
      this.places.place(code) === null ? given : { ...given, place: this.names.inFull(page.language, code) };
    const typed = { ...named, members: given['members'] ?? given['family'] };
    const show = (problems: readonly FieldProblem[], answer: SupportPageAnswer | null = null): PageAnswer => {
      const unclear = problems.some(({ field }) => field === 'place') && code !== '';
      const places = unclear ? this.names.suggest(page.language, one(typed, 'place'), MOST_PLACES) : [];
      const shown = SupportPage({ page, typed, problems, places, answer });
      return problems.length > 0 ? notAccepted(shown) : shown;
    };
    // A link that only brings the size of a family along (`family`) asks for nothing yet.
    if (given['members'] === undefined && code === '') return show([]);
    const { form, problems } = await readForm(SupportForm, query);
    if (code === '') problems.push(MISSING);
    if (problems.length > 0) return show(problems);
    const kato = this.places.place(code)?.kato ?? this.places.resolve(form.place, null).kato;
    if (kato === null) return show([{ field: 'place', code: 'page.support.place_unclear' }]);
    try {
      const sheet = await this.support.sheet({ members: form.members, kato, on: form.on });
      return show([], { sheet, members: form.members, place: this.names.inFull(page.language, kato) });
    } catch (error) {
      return show(refusalOf(error).map((found) => ({ ...found, field: FIELD_OF[found.code] ?? found.field })));
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
