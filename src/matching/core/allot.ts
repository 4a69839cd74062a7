import TinyQueue from 'tinyqueue';
import { type Allotment, type Standing, congestionPrice } from './congestion.js';
import { type HouseholdOptions, type HouseholdPlan, type PriceOf, bestPlan, withDistrict } from './household.js';
import type { Ranker } from './rank.js';
import type { Scorer } from './score.js';
import { openingsOf } from './types.js';

/**
 * Hands out proposals in the order of their priced scores, the best first: at most `proposalsPerOpening` for each opening and
 * `districtsPerHousehold` districts for each household.
 *
 * `waiting` are plans of an earlier run that still hold (`planAsItStands`). They stay, at the price they were made at, and count
 * before anything new; one is replaced only by a plan of its own household that is better by more than `clearlyBetterPoints`,
 * and given up only where its vacancy no longer has the openings for it, the lowest score first. So nobody's proposal goes
 * because somebody else was approved, or came. A run over an unchanged market changes nothing.
 *
 * Answers the waiting plans that stay, then the new ones in the order they were made. Deterministic: ties go to the smaller
 * household id, then the smaller district code.
 */
export function allotProposals(
  households: readonly HouseholdOptions[],
  standing: Standing,
  ranker: Ranker,
  scorer: Scorer,
  waiting: readonly Allotment[] = [],
): Allotment[] {
  const allotter = new Allotter(households, standing, ranker, scorer);
  allotter.keep(waiting);
  while (allotter.handOut());
  return allotter.made();
}

interface Held extends Allotment {
  /** The round it was made in; 0: it waited before the run. */
  round: number;
}

/** A household with the districts it may not get again, and those of them whose plans this run may replace. */
interface Holder {
  options: HouseholdOptions;
  taken: Set<string>;
  own: Held[];
}

interface Candidate {
  holder: Holder;
  plan: HouseholdPlan;
  /** The plan given up for it. */
  instead: Held | null;
}

/**
 * In one round prices only rise: what a replaced plan frees comes back before the next round. So a candidate whose prices have
 * not moved since it was computed is still its household's best, and one whose prices have is computed again. Rounds end,
 * because every replacement raises its household's points and no other household loses any.
 */
class Allotter {
  private readonly capacity: number[];
  private readonly load: number[];
  private readonly holders = new Map<string, Holder>();
  private readonly result = new Set<Held>();
  private freed: number[] = [];
  private round = 0;

  constructor(
    households: readonly HouseholdOptions[],
    standing: Standing,
    private readonly ranker: Ranker,
    private readonly scorer: Scorer,
  ) {
    const { congestion } = scorer.weights;
    this.capacity = ranker.vacancies.map(({ offer }) => congestion.proposalsPerOpening * openingsOf(offer));
    this.load = ranker.vacancies.map(({ offer }) => standing.load.get(offer.id) ?? 0);
    for (const options of households) {
      const { id } = options.household.profile;
      this.holders.set(id, { options, taken: new Set(standing.districts.get(id)), own: [] });
    }
  }

  made(): Allotment[] {
    return [...this.result].map(({ householdId, plan }) => ({ householdId, plan }));
  }

  keep(waiting: readonly Allotment[]): void {
    for (const { householdId, plan } of [...waiting].sort(firstAllotment)) {
      const holder = this.holders.get(householdId);
      const fits = plan.placements.every(
        ({ vacancy }) => this.load[vacancy]! + sharing(plan, vacancy) <= this.capacity[vacancy]!,
      );
      if (holder !== undefined && fits && this.hasRoom(holder) && !holder.taken.has(plan.districtKato)) {
        this.take(holder, plan);
      }
    }
  }

  /** One round over all households; true when it freed something, so that another may find more. */
  handOut(): boolean {
    this.round += 1;
    const first = [...this.holders.values()].map((holder) => this.next(holder));
    const queue = new TinyQueue(
      first.filter((candidate) => candidate !== null),
      (a, b) => firstAllotment(asAllotment(a), asAllotment(b)),
    );
    for (let top = queue.pop(); top !== undefined; top = queue.pop()) {
      const { holder, plan, instead } = top;
      const priceOf = this.prices(instead, plan.districtKato);
      const stands = plan.placements.every(
        ({ vacancy, price }) => priceOf(vacancy, sharing(plan, vacancy)) < Infinity && priceOf(vacancy, 1) === price,
      );
      if (stands) {
        if (instead !== null) this.giveUp(holder, instead);
        this.take(holder, plan);
      }
      const again = this.next(holder);
      if (again !== null) queue.push(again);
    }
    const { freed } = this;
    this.freed = [];
    for (const vacancy of freed) this.load[vacancy]! -= 1;
    return freed.length > 0;
  }

  /** What a household would take next: a district while it has room, or a clearly better plan for one it holds. */
  private next(holder: Holder): Candidate | null {
    if (this.hasRoom(holder)) {
      const plan = this.bestDistrict(holder, -Infinity);
      if (plan !== null) return { holder, plan, instead: null };
    }
    // What this round made was the best then, and prices have only risen since.
    const older = holder.own.filter(({ round }) => round < this.round);
    const candidates = older.flatMap((held) => this.betterInDistrict(holder, held));
    const [worst] = [...older].sort((a, b) => -firstAllotment(a, b));
    if (worst !== undefined && !this.hasRoom(holder)) {
      const plan = this.bestDistrict(holder, worst.plan.score + this.margin);
      if (plan !== null) candidates.push({ holder, plan, instead: worst });
    }
    return candidates.sort((a, b) => firstAllotment(asAllotment(a), asAllotment(b)))[0] ?? null;
  }

  private betterInDistrict(holder: Holder, held: Held): Candidate[] {
    const { districtKato, score } = held.plan;
    holder.options = withDistrict(holder.options, districtKato);
    const district = holder.options.districts.find((one) => one.districtKato === districtKato);
    if (district === undefined || district.bound <= score + this.margin) return [];
    const plan = bestPlan(holder.options, district, this.prices(held, districtKato), this.ranker, this.scorer);
    return plan !== null && plan.score > score + this.margin ? [{ holder, plan, instead: held }] : [];
  }

  /** The best plan over more than `floor` points in a district not yet taken. */
  private bestDistrict(holder: Holder, floor: number): HouseholdPlan | null {
    const best = this.bestAmong(holder, floor);
    const { rest } = holder.options;
    // A tie may go to one of the others, whose code is smaller.
    if (rest === null || rest.bound <= floor || (best !== null && rest.bound < best.score)) return best;
    holder.options = rest.all();
    return this.bestAmong(holder, floor);
  }

  /** The same among the districts at hand; stops where no bound passes the best so far. */
  private bestAmong({ options, taken }: Holder, floor: number): HouseholdPlan | null {
    let best: HouseholdPlan | null = null;
    const priceOf = this.prices(null, null);
    for (const district of options.districts) {
      if (district.bound <= floor || (best !== null && district.bound < best.score)) break;
      if (taken.has(district.districtKato)) continue;
      const plan = bestPlan(options, district, priceOf, this.ranker, this.scorer);
      if (plan === null || plan.score <= floor) continue;
      const sooner = best !== null && plan.score === best.score && plan.districtKato < best.districtKato;
      if (best === null || plan.score > best.score || sooner) best = plan;
    }
    return best;
  }

  /** Present prices; a plan that takes the place of another in its district does not compete with it. */
  private prices(instead: Held | null, districtKato: string | null): PriceOf {
    const { fullPricePoints } = this.scorer.weights.congestion;
    const plan = instead?.plan.districtKato === districtKato ? instead?.plan : undefined;
    return (vacancy, more) => {
      const own = plan === undefined ? 0 : sharing(plan, vacancy);
      return congestionPrice(this.load[vacancy]! - own + more - 1, this.capacity[vacancy]!, fullPricePoints);
    };
  }

  private take(holder: Holder, plan: HouseholdPlan): void {
    const held = { householdId: holder.options.household.profile.id, plan, round: this.round };
    for (const { vacancy } of plan.placements) this.load[vacancy]! += 1;
    holder.taken.add(plan.districtKato);
    holder.own.push(held);
    this.result.add(held);
  }

  private giveUp(holder: Holder, held: Held): void {
    this.freed.push(...held.plan.placements.map(({ vacancy }) => vacancy));
    holder.taken.delete(held.plan.districtKato);
    holder.own.splice(holder.own.indexOf(held), 1);
    this.result.delete(held);
  }

  private hasRoom({ taken }: Holder): boolean {
    return taken.size < this.scorer.weights.proposals.districtsPerHousehold;
  }

  private get margin(): number {
    return this.scorer.weights.proposals.clearlyBetterPoints;
  }
}

const sharing = (plan: HouseholdPlan, vacancy: number): number =>
  plan.placements.filter((placement) => placement.vacancy === vacancy).length;

const asAllotment = ({ holder, plan }: Candidate): Allotment => ({
  householdId: holder.options.household.profile.id,
  plan,
});

/** The higher score first, then the smaller household id, then the smaller district code. */
function firstAllotment(a: Allotment, b: Allotment): number {
  const [x, y] = [a.householdId, b.householdId];
  return b.plan.score - a.plan.score || (x < y ? -1 : x > y ? 1 : a.plan.districtKato < b.plan.districtKato ? -1 : 1);
}
