import { Inject, Injectable } from '@nestjs/common';
import type { VNode } from 'preact';
import { InterestsService } from '../../applications/interests.service.js';
import { BatchService } from '../../centres/batch.service.js';
import { noticesInWords } from '../../centres/centres.words.js';
import { type ProposalView, QueueViewService } from '../../centres/queue-view.service.js';
import { QuotaService } from '../../centres/quota.service.js';
import { ReferralService } from '../../centres/referral.service.js';
import { ReviewService } from '../../centres/review.service.js';
import { OccupationService } from '../../occupations/occupation.service.js';
import { ProgrammeService } from '../../programme/programme.service.js';
import type { Actor } from '../../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../../shared/clock.js';
import { reach } from '../../shared/permissions.js';
import { Problem } from '../../shared/problem.js';
import { type PageAnswer, PageWithStatus, notAccepted, seeOther } from '../site/answers.js';
import { readForm } from '../site/form.js';
import type { PageContext } from '../site/page-context.js';
import { PlaceNames } from '../site/place-names.js';
import { type Names, type Region, holderOf, inRegion } from './blocks.js';
import { CasePage, type CaseProps } from './case.js';
import { DecisionForm, type QueueList, ReferForm, RejectForm, ReturnForm, listOf, queueWish } from './centre.form.js';
import { DONE, type Done, type DoneAction } from './done.js';
import { lineInWords } from './history.js';

/** The form of each decision. */
const FORM_OF = {
  claim: DecisionForm,
  release: DecisionForm,
  approve: DecisionForm,
  return: ReturnForm,
  refer: ReferForm,
  reject: RejectForm,
} as const;

type AnyForm = DecisionForm & Partial<ReturnForm & ReferForm & RejectForm>;

/** So many cases are looked at for the next one that nobody else holds. */
const LOOK_AHEAD = 20;

/** The page of a case, and what its forms do: decide, say what was done, and open the next case. */
@Injectable()
export class CaseDesk {
  constructor(
    private readonly views: QueueViewService,
    private readonly reviews: ReviewService,
    private readonly referrals: ReferralService,
    private readonly batches: BatchService,
    private readonly interests: InterestsService,
    private readonly quotas: QuotaService,
    private readonly programme: ProgrammeService,
    private readonly places: PlaceNames,
    private readonly occupations: OccupationService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  names({ language }: PageContext): Names {
    return {
      region: (code) => this.places.region(language, code),
      place: (kato) => this.places.place(language, kato),
      ofVacancy: (vacancy) => this.places.ofVacancy(language, vacancy),
      occupation: (isco) => this.occupations.nameOf(isco, language),
    };
  }

  region({ language, actor }: PageContext, code: string): Region {
    return { code, name: this.places.region(language, code), chosen: actor!.regionCode === null };
  }

  /** What an address says was just done (`?done=approve&case=…`); null when it says nothing that can be shown. */
  async done(page: PageContext, query: Record<string, unknown>): Promise<Done | null> {
    const action = DONE.find((known) => known === query['done']);
    const id = query['case'];
    if (action === undefined || typeof id !== 'string') return null;
    try {
      const view = await this.one(page.actor!, id);
      return { action, view };
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }

  async show(
    page: PageContext,
    id: string,
    list: QueueList,
    more: Partial<Pick<CaseProps, 'done' | 'typed' | 'problems' | 'conflict'>> = {},
  ): Promise<VNode> {
    const actor = page.actor!;
    const view = await this.views.proposal(actor, id);
    const now = this.clock.now();
    const [audit, neighbours, alike, quota, reception, interests, best] = await Promise.all([
      this.views.audit(actor, id),
      this.views.neighbours(actor, id, queueWish(list)),
      this.batches.alike(actor, [id]),
      this.quotas.inSight(view.regionCode),
      this.programme.receptionRegions(dateInKazakhstan(now)),
      this.interests.interestsOfProposal(actor, id),
      this.referrals.bestElsewhere(view.household.id, view.regionCode),
    ]);
    const otherRegions = this.places
      .regions(page.language)
      .filter(({ code }) => code !== view.regionCode && reception.includes(code));
    const isOther = (region: string): boolean => otherRegions.some(({ code }) => code === region);
    const wished = view.household.wishedRegionCodes.find(isOther);
    const bestRegion = best.find(isOther);
    return CasePage({
      page,
      view,
      list,
      quota,
      interests,
      otherRegions,
      ...neighbours,
      region: this.region(page, view.regionCode),
      names: this.names(page),
      notices: noticesInWords(view.notices, page.language),
      history: audit.map((line) => lineInWords(page, line)),
      holder: holderOf(view, actor.id, now),
      mayTakeOver: reach(actor, 'queue.take_over') !== 'none',
      wishedRegion: wished ?? null,
      bestRegion: bestRegion ?? null,
      alike: (alike.get(id) ?? []).filter((other) => other !== id).length,
      done: null,
      typed: {},
      problems: [],
      conflict: null,
      ...more,
    });
  }

  /** Carries out what a form says, then leads on: to the same case after a claim, otherwise to the next one. */
  async decide(page: PageContext, id: string, action: DoneAction, body: unknown): Promise<PageAnswer> {
    const actor = page.actor!;
    const before = await this.one(actor, id);
    const { form, typed, problems } = await readForm<AnyForm>(FORM_OF[action], body);
    const list = listOf(form.list);
    const again = { typed: { ...typed, action }, problems };
    if (problems.length > 0) return notAccepted(await this.show(page, id, list, again));
    const { nextId } = await this.views.neighbours(actor, id, queueWish(list));
    try {
      await this.carryOut(actor, id, action, form);
    } catch (error) {
      return this.refused(page, id, action, list, { ...again, error });
    }
    const query = { done: action, case: id, ...(list === 'all' ? {} : { list }) };
    if (action === 'claim') return seeOther(page.href(`/centre/cases/${id}?${new URLSearchParams(query)}`));
    const goesOn = action !== 'release';
    const claims = holderOf(before, actor.id, this.clock.now()) === 'me';
    const next = goesOn ? await this.next(actor, before, list, nextId, claims) : null;
    if (next !== null) return seeOther(page.href(`/centre/cases/${next}?${new URLSearchParams(query)}`));
    return seeOther(page.href(inRegion(this.region(page, before.regionCode), '/centre', query)));
  }

  private async one(actor: Actor, id: string): Promise<ProposalView> {
    const [view] = await this.views.several(actor, id, [id]);
    if (view === undefined) throw new Problem('proposal.unknown', 404);
    return view;
  }

  private async carryOut(actor: Actor, id: string, action: DoneAction, form: AnyForm): Promise<void> {
    const { version, reason, note, region } = form;
    switch (action) {
      case 'claim':
        await this.reviews.claim(actor, id, version);
        return;
      case 'release':
        return this.release(actor, id);
      case 'approve':
        await this.reviews.approve(actor, id, { version });
        return;
      case 'return':
        await this.reviews.returnForInformation(actor, id, { version, reason, note });
        return;
      case 'refer':
        await this.referrals.refer(actor, id, region ?? '', { version, reason, note });
        return;
      case 'reject':
        await this.reviews.reject(actor, id, { version, reason, note });
        return;
    }
  }

  /** A claim given back twice by the same hand is given back once. */
  private async release(actor: Actor, id: string): Promise<void> {
    try {
      await this.reviews.release(actor, id);
    } catch (error) {
      const isRepeated = error instanceof Problem && error.code === 'proposal.not_claimed';
      const last = isRepeated ? (await this.views.audit(actor, id)).at(-1) : undefined;
      if (last?.action !== 'release' || last.actor !== actor.id) throw error;
    }
  }

  /** A refusal as the case's own page: as it is now, with what happened meanwhile. */
  private async refused(
    page: PageContext,
    id: string,
    action: DoneAction,
    list: QueueList,
    { error, typed }: { error: unknown; typed: CaseProps['typed'] },
  ): Promise<PageAnswer> {
    if (!(error instanceof Problem) || (error.status !== 409 && error.status !== 422)) throw error;
    if (action === 'refer' && OF_THE_REGION.has(error.code)) {
      const { region } = error.params;
      const params = typeof region === 'string' ? { region: this.places.region(page.language, region) } : error.params;
      const problems = [{ field: 'region', code: error.code, params }];
      return notAccepted(await this.show(page, id, list, { typed, problems }));
    }
    return new PageWithStatus(error.status, await this.show(page, id, list, { typed, conflict: error }));
  }

  /**
   * The next case of the list that nobody else holds. Who works by claiming gets it claimed, so that two officers never get the
   * same one.
   */
  private async next(
    actor: Actor,
    decided: ProposalView,
    list: QueueList,
    neighbourId: string | null,
    claims: boolean,
  ): Promise<string | null> {
    const { items } = await this.views.queue(actor, decided.regionCode, { ...queueWish(list), limit: LOOK_AHEAD });
    const neighbour = neighbourId === null ? [] : await this.views.several(actor, neighbourId, [neighbourId]);
    const now = this.clock.now();
    const free = [...neighbour, ...items].filter(
      (view) =>
        view.id !== decided.id &&
        holderOf(view, actor.id, now) !== 'another' &&
        (view.status !== 'returned' || list === 'returned'),
    );
    return claims ? this.claimFirst(actor, free) : (free[0]?.id ?? null);
  }

  /** Takes the next case of the list that nobody works on; null when there is none. What one holds already is none. */
  async claimNext(actor: Actor, regionCode: string, list: QueueList): Promise<string | null> {
    if (list === 'all' || list === 'mine') return (await this.reviews.claimNext(actor, regionCode))?.id ?? null;
    const { items } = await this.views.queue(actor, regionCode, { ...queueWish(list), limit: LOOK_AHEAD });
    const now = this.clock.now();
    return this.claimFirst(
      actor,
      items.filter((view) => holderOf(view, actor.id, now) === null),
    );
  }

  /** The first that another officer has not taken meanwhile. */
  private async claimFirst(actor: Actor, views: readonly ProposalView[]): Promise<string | null> {
    for (const view of views) {
      try {
        await this.reviews.claim(actor, view.id, view.version);
        return view.id;
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 409) throw error;
      }
    }
    return null;
  }
}

/** Refusals that speak of the region that was chosen. */
const OF_THE_REGION: ReadonlySet<string> = new Set([
  'proposal.same_region',
  'proposal.no_match_there',
  'centre.region_unknown',
]);
