import type { Weights } from '../src/matching/core/weights.js';

/** A number that neither database takes for a decimal. */
const float = (value: number): string => `'${value}'::float8`;

/**
 * The pairs of `marketTables` that are eligible, with the seeker-level score of `Scorer.moveScore`: `seeker`, `vacancy`, `score`. One
 * text for DuckDB and PostgreSQL. `seekers` is what stands before the vacancies in the join: the table of the seekers, or nothing in a
 * lateral subquery over them. `barrier` keeps a planner from working out chance and base once for every time that they are named.
 */
export function scoredPairsSql(weights: Weights, seekers: 'seeker s join ' | '', barrier: '' | 'offset 0'): string {
  const { utility, qualification, experience, language, neutral, corridor } = weights;
  const ownOccupation = 'f.own = s.occupation';
  const below = `case when v.education = 0 then ${float(1)}
      when s.education = 0 then ${float(qualification.seekerNotStated)}
      when v.education <= s.education then ${float(1)}
      when v.education - s.education = 1 then ${float(qualification.oneBelow)}
      when v.education - s.education = 2 then ${float(qualification.twoBelow)}
      else ${float(qualification.moreBelow)} end`;
  const years = `case when s.years >= v.years then ${float(1)}
      else ${float(experience.floor)} + ${float(1 - experience.floor)} * (s.years / v.years) end`;
  const met = [0, 1, 2].map((bit) => `((s.languages & v.languages) >> ${bit} & 1)`).join(' + ');
  const languages = `case when v.languages = 0 then ${float(1)}
      else ${float(language.floor)} + ${float(1 - language.floor)} * ((${met}) / v.languages_asked) end`;
  const pay = `case when v.pay is null or s.today is null then ${float(neutral)}
      when v.pay <= 0 then ${float(0)}
      else least(${float(1)}, greatest(${float(0)},
        ${float(0.5)} + ${float(0.5 / Math.LN2)} * ln(v.pay / d.cost_ratio / s.today))) end`;
  const settlement = `((case when s.settlement = 2 or s.settlement = v.settlement then ${float(0.5)} else ${float(0)} end)
      + (case when s.wished = 0 or (s.wished & d.region_bit) <> 0 then ${float(0.5)} else ${float(0)} end))`;
  const known = `(case when s.corridor_off then ${float(0)}
      when (s.relatives & d.region_bit) <> 0 then greatest(${float(corridor.relatives)}, d.corridor)
      else d.corridor end)`;
  return `
    select seeker, vacancy,
      ${float(100)} * chance * (base + least(${float(utility.corridor)} * known,
        case when corridor_off then ${float(0)} else ${float(corridor.boundShare / (1 - corridor.boundShare))} * base end)) / weight as score
    from (
      select s.id as seeker, v.id as vacancy, s.weight as weight, s.corridor_off as corridor_off, ${known} as known,
        f.fit * ${below} * ${years} * ${languages} * v.competition as chance,
        ${float(utility.pay)} * ${pay}
          + ${float(utility.housing)} * v.housing
          + ${float(utility.services)} * (case when s.school_age then d.services_school else d.services_other end)
          + ${float(utility.settlement)} * ${settlement}
          + ${float(utility.shortage)} * v.shortage
          + ${float(utility.support)} * (case when v.settlement = 0 then s.support_urban else s.support_rural end) as base
      from ${seekers}fit f ${seekers === '' ? 'join' : `on ${ownOccupation} join`}
        destination d on d.home = s.home
        join vacancy v on v.occupation = f.wanted and v.sure = f.sure and v.medicine = f.medicine and v.region = d.region
      where ${ownOccupation}
        and d.region <> s.home and (s.excluded & d.region_bit) = 0
        and (not s.housing_required or v.housing_provided)
        and (s.minimum_pay <= 0 or v.pay >= s.minimum_pay)
        and (v.diploma & ~s.diplomas) = 0
        and (v.driving & ~s.driving) = 0
      ${barrier}
    ) pair`;
}
