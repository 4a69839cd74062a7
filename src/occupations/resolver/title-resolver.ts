import { type Evidence, isFamilyStem, isNobodyStem, isSure, trustIn } from './confidence.js';
import {
  type ReadTitle,
  type TitleModel,
  NO_GROUPS,
  PhraseHash,
  bagHash,
  featuresOf,
  groupsOf,
  phraseHash,
  readStems,
} from './model.js';
import { best, sharesOf } from './shares.js';
import { type Specialisation, type SpecialisationKind, specialisationsIn } from './specialisations.js';
import type { KnownStem } from './mending.js';
import { joined, respelt, stemsOfWord } from './vocabulary.js';
import { licenceOf } from './driving-licences.js';
import { wordsOf } from './words.js';

/** A title, and what is known of the vacancy or the person beside it. */
export interface TitleQuestion {
  title: string;
  /** The title in the exchange's other language. */
  secondTitle?: string | null;
  /** The sector of the vacancy's area. */
  sector?: string | null;
  /** Enbek's education: `higher` and above speaks for skill levels 3 and 4, general secondary and below for 1 and 2. */
  education?: string | null;
  /** What the work asks for, in words: for a title that is not sure without it. With it none is, as confidence is calibrated on titles. */
  skills?: readonly string[];
}

export interface Guess {
  /** ISCO-08 unit group. */
  isco: string;
  /** In [0, 1]. */
  confidence: number;
}

export interface Resolution {
  /** Null: the text names no occupation. */
  isco: string | null;
  /** In [0, 1], calibrated: of titles that are answered with 0.9, nine in ten are right. */
  confidence: number;
  /** True when the answer may be used without a person having looked at it. */
  sure: boolean;
  /** The next best, at most three, best first. */
  alternatives: Guess[];
  /** The school subject, medical speciality or licence that the title names, of several the first; null: none. */
  specialisation: Specialisation | null;
}

export const NO_OCCUPATION: Resolution = {
  isco: null,
  confidence: 0,
  sure: false,
  alternatives: [],
  specialisation: null,
};

/**
 * Points (natural logarithm of odds) that are added to those of the linear model: for a label that is the whole title (`exact`), or
 * is so in another order (`bag`), for one inside it by the share of the title that it covers (`phrase`) and where it begins or ends the
 * title (`head`: the first words of a Russian title name the work, the last of a Kazakh one), for a group of the vacancy's sector, and
 * for groups of the skill level that the education asks for; for the drivers whom a `licence` names; for the one group that has the word of
 * a `family` as its label (less than a sector: «лаборант» of a clinic). `firstPart` and `secondTitle` say how much of what the words before
 * the first comma, and the title in the other language, say is added once more; `skills` how much of what the linear model hears in them,
 * enough to tell a welder's master from a hairdresser's (chosen by hand: no labelled titles with skills are known). `phrase`, `head` and
 * `sector` were found on labels held out of training (see `WEIGHTS`), the others on the development part of the labelled titles.
 * `likely` is how much the logarithm of a reading's share counts where a word may be several, `plainly` how far ahead of the next one the
 * chosen reading must be to be no guess.
 */
const POINTS = {
  exact: 5,
  bag: 5,
  phrase: 2,
  head: 0.2,
  sector: 2.5,
  education: 0.5,
  licence: 3,
  family: 0.7,
  firstPart: 0.25,
  secondTitle: 0.7,
  skills: 1.5,
  likely: 0.7,
  plainly: 2.5,
};

/** Words that `wordsOf` makes of driving licences → the unit group of those who need them. */
const LICENSED: ReadonlyMap<string, string> = new Map([
  ['licb', '8322'],
  ['licc', '8332'],
  ['licd', '8331'],
]);

/** In which language is taught says nothing of the subject. */
const LANGUAGE_OF_TEACHING =
  /(?:с|на)\s\p{L}{2,20}\sязык\p{L}{0,3}\s(?:обучения|преподавания)|\p{L}{2,20}\s(?:тілінде|тілді)\s(?:оқытатын|сынып\p{L}{0,6}|мектеп\p{L}{0,6})|(?:with|in)\s\p{L}{2,20}(?:\s(?:as\s)?(?:the\s)?language)?\sof\sinstruction/giu;

const MOST_ALTERNATIVES = 3;
/** The share of a reading that those which are tried leave nothing for. */
const LEAST_LIKELY = 0.01;
/** An unknown word tells as much as one that a seventh of the groups have (ln 7 ≈ 2): it makes a label inside the title cover less. */
const UNKNOWN_TELLS = 2;
const LONGEST_PHRASE = 8;
/** Below it, and with no label inside the title, a guess is none. */
const LEAST_SHARE = 0.05;
const MOST_REMEMBERED = 100_000;
/** A page lists a dozen; a whole catalogue says nothing. */
const MOST_SKILLS = 20;

/** Titles to ISCO-08 unit groups by a trained model. Deterministic; takes any text. */
export class TitleResolver {
  private readonly known = new Map<string, readonly KnownStem[]>();
  private readonly scores: Float32Array;
  private readonly sectors: readonly (string | null)[];
  /** The groups of each sector, and those of skill levels 3 and 4 (true), and 1 and 2 (false). */
  private readonly ofSector = new Map<string | null, number[]>();
  private readonly ofSkill = new Map<boolean, number[]>();
  /** Stem of a licence → the group of those who need it. */
  private readonly licensed = new Map<number, number>();
  /** Whether a stem alone tells no more than a family. */
  private readonly families: readonly boolean[];
  /** Whether a stem tells no more than that somebody works. */
  private readonly nobodies: readonly boolean[];

  constructor(
    private readonly model: TitleModel,
    sectorOf: (isco: string) => string | null,
  ) {
    this.scores = new Float32Array(model.linear.groups.length);
    this.sectors = model.linear.groups.map(sectorOf);
    for (const [word, isco] of LICENSED) {
      const [stem, group] = [model.vocabulary.numbers.get(word), model.linear.groups.indexOf(isco)];
      if (stem !== undefined && group >= 0) this.licensed.set(stem, group);
    }
    this.families = model.vocabulary.stems.map(isFamilyStem);
    this.nobodies = model.vocabulary.stems.map(isNobodyStem);
    for (const [group, isco] of model.linear.groups.entries()) {
      addTo(this.ofSector, this.sectors[group]!, group);
      addTo(this.ofSkill, /^[123]/u.test(isco), group);
    }
  }

  /** See `Resolution`. */
  resolve(question: TitleQuestion): Resolution {
    const read = this.settled(this.read(question.title), question);
    const evidence = this.weighRead(read, question);
    if (evidence === null) return NO_OCCUPATION;
    const confidence = trustIn(evidence);
    const [top, ...others] = evidence.groups;
    // What is left of the confidence is shared out as the shares are.
    const rest = Math.max(1e-9, 1 - evidence.shares[0]!);
    return {
      isco: this.groupOf(top!),
      confidence: rounded(confidence),
      sure: (question.skills ?? []).length === 0 && isSure(evidence, confidence),
      alternatives: others
        .map((group, i) => ({
          isco: this.groupOf(group),
          confidence: rounded((1 - confidence) * Math.min(1, evidence.shares[i + 1]! / rest)),
        }))
        .filter((guess) => guess.confidence > 0),
      specialisation: this.specialisationsRead(read, question.title, this.groupOf(top!))[0] ?? null,
    };
  }

  /**
   * What a title of a unit group tells beyond it, in its order; nothing where the packs mark no titles of the group and `kind` names
   * no other. Of driving licences the letters, where the title writes them.
   */
  specialisations(title: string, isco: string, kind?: SpecialisationKind): Specialisation[] {
    return this.specialisationsRead(null, title, isco, kind);
  }

  /** `read` is the title as it was read already. */
  private specialisationsRead(
    read: ReadTitle | null,
    title: string,
    isco: string,
    kind?: SpecialisationKind,
  ): Specialisation[] {
    const { specialisations } = this.model;
    const asked = specialisations.kinds.get(isco) ?? kind;
    if (asked === undefined) return [];
    const licence = asked === 'licence' ? licenceOf(title) : null;
    if (licence !== null) return [{ kind: 'licence', code: licence }];
    const subject = asked === 'school' ? title.replace(LANGUAGE_OF_TEACHING, ' ') : title;
    const { stems } = read !== null && subject === title ? read : this.read(subject);
    return specialisationsIn(specialisations, asked, stems);
  }

  private read(title: string): ReadTitle {
    const { vocabulary } = this.model;
    return readStems(joined(vocabulary, respelt(vocabulary, wordsOf(title))), (word, isCut) => this.stems(word, isCut));
  }

  /** What speaks for which groups; null when the title names no occupation. */
  weigh(question: TitleQuestion): Evidence | null {
    return this.weighRead(this.settled(this.read(question.title), question), question);
  }

  /**
   * A title in which each word that may be several («концерт.», «отдел.») is the one for which the rest of the title and the area speak most.
   * It stays a guess where it stands alone, or another that comes near would lead to another unit group.
   */
  private settled(read: ReadTitle, { sector = null, education = null }: TitleQuestion): ReadTitle {
    if (read.others.every((others) => others.length === 0)) return read;
    const [stems, readings] = [[...read.stems], [...read.readings]];
    for (const [at, others] of read.others.entries()) {
      if (others.length === 0) continue;
      const own = stems[at]!;
      const isOwn = readings[at] === 'own';
      const left = 1 - others.reduce((sum, { share }) => sum + share, 0);
      const tried = [{ stem: own, share: isOwn ? 1 : Math.max(left, LEAST_LIKELY) }, ...others].map(
        ({ stem, share }) => {
          const top = this.bestWith(stems.with(at, stem), read.unknownWords, sector, education);
          return { stem, group: top.group, points: top.points + POINTS.likely * Math.log(share) };
        },
      );
      tried.sort((a, b) => b.points - a.points);
      const [first] = tried;
      stems[at] = first!.stem;
      const rival = tried.find(({ group }) => group !== first!.group);
      // A single word has nothing beside it that could tell.
      const isPlain = stems.length > 1 && (rival === undefined || first!.points - rival.points >= POINTS.plainly);
      if (first!.stem !== own || !isOwn) readings[at] = isPlain ? 'mended' : 'guessed';
    }
    return { ...read, stems, readings };
  }

  /** The group for which some stems speak most, and its points. */
  private bestWith(
    stems: readonly number[],
    unknownWords: number,
    sector: string | null,
    education: string | null,
  ): { group: number; points: number } {
    this.scores.set(this.model.linear.bias);
    this.add(stems, unknownWords, 1);
    this.addLicence(stems);
    this.addContext(sector, education);
    const group = best(this.scores, 1)[0]!;
    return { group, points: this.scores[group]! };
  }

  private weighRead(
    read: ReadTitle,
    { secondTitle = null, sector = null, education = null, skills = [] }: TitleQuestion,
  ): Evidence | null {
    const second = secondTitle === null ? null : this.read(secondTitle);
    if (this.saysNothing(read) && (second === null || this.saysNothing(second))) return null;
    const { scores } = this;
    scores.set(this.model.linear.bias);
    const told = this.add(read.stems, read.unknownWords, 1);
    if (second !== null && second.stems.length > 0) this.add(second.stems, second.unknownWords, POINTS.secondTitle);
    const parts = partsOf(read);
    if (parts.length > 1) this.add(parts[0]!, 0, POINTS.firstPart);
    if (skills.length > 0) this.addLinear(this.read(skills.slice(0, MOST_SKILLS).join(', ')).stems, POINTS.skills);
    this.addLicence(read.stems);
    this.addContext(sector, education);
    const groups = best(scores, 1 + MOST_ALTERNATIVES);
    const shares = sharesOf(scores, groups);
    const top = groups[0]!;
    const covered = told.covered.get(top) ?? 0;
    if (covered === 0 && shares[0]! < LEAST_SHARE && !this.isFamily(read.stems)) return null;
    return {
      groups,
      shares,
      exact: told.exact.includes(top),
      covered,
      unknownWords: read.unknownWords,
      mended: read.readings.some((reading) => reading !== 'own'),
      guessed: this.guessedOf(read),
      parts: parts.length,
      otherNamed: parts.some((stems) => this.namesAnother(stems, top)),
      sectorAgrees: sector === null ? null : this.sectors[top] === sector,
      stems: read.stems.map((stem) => this.model.vocabulary.stems[stem]!),
    };
  }

  private stems(word: string, isCut: boolean): readonly KnownStem[] {
    const key = isCut ? `${word}.` : word;
    let known = this.known.get(key);
    if (known === undefined) {
      if (this.known.size >= MOST_REMEMBERED) this.known.clear();
      this.known.set(key, (known = stemsOfWord(this.model.vocabulary, word, isCut)));
    }
    return known;
  }

  /** A part of the title that is a label of other groups than `top`. */
  private namesAnother(stems: readonly number[], top: number): boolean {
    const named = groupsOf(this.model.phrases, phraseHash(stems));
    if (named.length === 0 || named.includes(top)) return false;
    // «Врач (стоматолог)»: the word of a family names another only where it is of another family.
    return (
      !this.isFamily(stems) || !named.some((group) => this.groupOf(group).startsWith(this.groupOf(top).slice(0, 2)))
    );
  }

  /** A driver's licence speaks for the drivers of what it is for, among drivers. */
  private addLicence(stems: readonly number[]): void {
    for (const stem of stems) {
      const group = this.licensed.get(stem);
      if (group !== undefined) this.scores[group]! += POINTS.licence;
    }
  }

  private addContext(sector: string | null, education: string | null): void {
    const { scores } = this;
    if (sector !== null) for (const group of this.ofSector.get(sector) ?? []) scores[group]! += POINTS.sector;
    const asked = education === null ? undefined : SKILLED_EDUCATION.get(education);
    if (asked !== undefined) for (const group of this.ofSkill.get(asked) ?? []) scores[group]! += POINTS.education;
  }

  /** Adds what some stems say, `times` over; answers the groups of which they are a label and how much each one's labels cover. */
  private add(
    stems: readonly number[],
    unknownWords: number,
    times: number,
  ): { exact: Uint16Array; covered: ReadonlyMap<number, number> } {
    const { phrases, bags } = this.model;
    const { scores } = this;
    this.addLinear(stems, times);
    const exact = groupsOf(phrases, phraseHash(stems));
    // A word of a family is a label of one group only because some group must be its first guess.
    if (this.isFamily(stems)) {
      for (const group of exact) scores[group]! += (times * POINTS.family) / exact.length;
      return { exact: NO_GROUPS, covered: new Map() };
    }
    for (const group of exact) scores[group]! += (times * POINTS.exact) / exact.length;
    if (exact.length === 0) {
      const bag = groupsOf(bags, bagHash(stems));
      for (const group of bag) scores[group]! += (times * POINTS.bag) / bag.length;
    }
    return { exact, covered: this.addPhrases(stems, unknownWords, times) };
  }

  /** What the linear model hears in some stems. */
  private addLinear(stems: readonly number[], times: number): void {
    const { linear } = this.model;
    const { scores } = this;
    const active: number[] = [];
    for (const key of featuresOf(stems)) {
      const feature = linear.features.at(key);
      if (feature >= 0) active.push(feature);
    }
    const value = times / Math.sqrt(active.length);
    const { start, group: groups, weight: weights } = linear;
    for (const feature of active) {
      const end = start[feature + 1]!;
      for (let at = start[feature]!; at < end; at++) scores[groups[at]!]! += value * weights[at]!;
    }
  }

  private addPhrases(stems: readonly number[], unknownWords: number, times: number): Map<number, number> {
    const { phrases, telling } = this.model;
    const covered = new Map<number, number>();
    const heads = new Set<number>();
    let whole = unknownWords * UNKNOWN_TELLS;
    for (const stem of stems) whole += telling[stem]!;
    if (whole === 0) return covered;
    for (let from = 0; from < stems.length; from++) {
      let weight = 0;
      const hash = new PhraseHash();
      for (let to = from + 1; to <= Math.min(stems.length, from + LONGEST_PHRASE); to++) {
        weight += telling[stems[to - 1]!]!;
        for (const group of groupsOf(phrases, hash.add(stems[to - 1]!))) {
          if (weight / whole > (covered.get(group) ?? 0)) covered.set(group, weight / whole);
          if (from === 0 || to === stems.length) heads.add(group);
        }
      }
    }
    for (const [group, share] of covered) this.scores[group]! += times * POINTS.phrase * share;
    for (const group of heads) this.scores[group]! += times * POINTS.head;
    return covered;
  }

  /** The share of what a title tells that rests on guessed words. */
  private guessedOf({ stems, readings }: ReadTitle): number {
    if (!readings.includes('guessed')) return 0;
    let [guessed, whole] = [0, 0];
    for (const [i, stem] of stems.entries()) {
      const telling = this.model.telling[stem]!;
      whole += telling;
      if (readings[i] === 'guessed') guessed += telling;
    }
    return whole === 0 ? 0 : guessed / whole;
  }

  /** No word, or none but those of anybody who works: «қызметкер», «персонал». */
  private saysNothing({ stems }: ReadTitle): boolean {
    return stems.every((stem) => this.nobodies[stem]!);
  }

  private isFamily(stems: readonly number[]): boolean {
    return stems.length === 1 && this.families[stems[0]!]!;
  }

  private groupOf(group: number): string {
    return this.model.linear.groups[group]!;
  }
}

/** Enbek's levels of education that speak for skill levels 3 and 4 (true), and for 1 and 2 (false). */
const SKILLED_EDUCATION: ReadonlyMap<string, boolean> = new Map([
  ['higher', true],
  ['postgraduate', true],
  ['basic_secondary', false],
  ['general_secondary', false],
]);

function addTo<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function partsOf({ stems, part }: ReadTitle): number[][] {
  const parts: number[][] = [];
  for (const [i, stem] of stems.entries()) {
    if (i === 0 || part[i] !== part[i - 1]) parts.push([]);
    parts.at(-1)!.push(stem);
  }
  return parts;
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000;
