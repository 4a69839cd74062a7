import type { AdultFields, OccupationDto } from './adult.dto.js';
import type { ConsentsDto, HomeDto, HouseholdChangeDto, HouseholdFields, NewHouseholdDto } from './household.dto.js';

/** The steps in which a household is entered, in their order; each is one short page. An adult is asked in four of them. */
export const DRAFT_STEPS = [
  'home', 'you', 'you-skills', 'you-pay', 'you-name', 'partner', 'partner-skills', 'partner-pay', 'partner-name', 'children',
  'wishes', 'contact', 'consents',
] as const; // prettier-ignore
export type DraftStep = (typeof DRAFT_STEPS)[number];

export type AdultAnswer = AdultFields & { occupation?: OccupationDto };

/** What is asked of an adult together: a step answers these fields and leaves the others as they are. */
const PART_FIELDS = {
  work: ['occupation', 'birthDate', 'experienceYears', 'seeksWork'],
  skills: ['education', 'diplomas', 'languages', 'driving'],
  pay: ['payTenge', 'minimumPayTenge', 'permanentOnly'],
  name: ['givenName', 'familyName', 'iin'],
} as const satisfies Record<string, readonly (keyof AdultAnswer)[]>;
export type AdultPart = keyof typeof PART_FIELDS;

const PART_STEPS: Readonly<Record<'you' | 'partner', Readonly<Record<AdultPart, DraftStep>>>> = {
  you: { work: 'you', skills: 'you-skills', pay: 'you-pay', name: 'you-name' },
  partner: { work: 'partner', skills: 'partner-skills', pay: 'partner-pay', name: 'partner-name' },
};

/** Of which adult a step asks what; null: it asks of no adult. */
export function adultAsked(step: DraftStep): { who: 'you' | 'partner'; part: AdultPart } | null {
  for (const who of ['you', 'partner'] as const) {
    for (const part of Object.keys(PART_FIELDS) as AdultPart[]) {
      if (PART_STEPS[who][part] === step) return { who, part };
    }
  }
  return null;
}

/** The step that asks an adult for a field. */
export function stepAsking(who: 'you' | 'partner', field: string): DraftStep {
  const parts = Object.entries(PART_FIELDS) as [AdultPart, readonly string[]][];
  return PART_STEPS[who][parts.find(([, fields]) => fields.includes(field))?.[0] ?? 'work'];
}

/** The steps that there are for this household: of a second adult only the question, until there is one. */
export function stepsOf({ partner }: DraftAnswers): DraftStep[] {
  return DRAFT_STEPS.filter((step) => step === 'partner' || partner != null || adultAsked(step)?.who !== 'partner');
}

/** What each step answers: the same fields as the API's. */
export interface StepAnswers {
  home: HomeDto;
  you: AdultAnswer;
  'you-skills': AdultAnswer;
  'you-pay': AdultAnswer;
  'you-name': AdultAnswer;
  /** Null: there is no second adult who looks for work. */
  partner: AdultAnswer | null;
  'partner-skills': AdultAnswer;
  'partner-pay': AdultAnswer;
  'partner-name': AdultAnswer;
  children: Pick<HouseholdFields, 'children' | 'schoolAgeChildren' | 'otherMembers'>;
  wishes: Pick<HouseholdFields, 'wishes' | 'relativesRegionCodes'>;
  contact: Pick<HouseholdFields, 'channel' | 'phone' | 'email' | 'language'>;
  consents: ConsentsDto;
}

/** An adult in a draft: the IIN is encrypted (base64), as everywhere. */
export type KeptAdult = Omit<AdultAnswer, 'iin'> & { iinCipher?: string };

/** What was answered so far; a step that is missing was not answered. */
export type DraftAnswers = Partial<Pick<StepAnswers, 'home' | 'children' | 'wishes' | 'contact' | 'consents'>> & {
  you?: KeptAdult;
  partner?: KeptAdult | null;
};

/** Steps without which no household can be registered. */
const NEEDED: readonly DraftStep[] = ['home', 'you', 'consents'];

/** An answer taken over from a quick question may lack what the step itself demands, such as a birth date. */
export function isAnswered(answers: DraftAnswers, step: DraftStep): boolean {
  const asked = adultAsked(step);
  if (asked === null) {
    if (step === 'home') return answers.home?.text !== undefined || answers.home?.kato !== undefined;
    return answers[step as 'children' | 'wishes' | 'contact' | 'consents'] !== undefined;
  }
  const adult = answers[asked.who];
  if (asked.part === 'work') return (asked.who === 'partner' && adult === null) || isWholeAdult(adult);
  return (
    adult != null && PART_FIELDS[asked.part].some((field) => adult[field === 'iin' ? 'iinCipher' : field] !== undefined)
  );
}

/** The first step that must be answered before registering; null: none. */
export function firstMissing(answers: DraftAnswers): DraftStep | null {
  const partnerBegun = answers.partner !== undefined && answers.partner !== null;
  return (
    DRAFT_STEPS.find(
      (step) => (NEEDED.includes(step) || (step === 'partner' && partnerBegun)) && !isAnswered(answers, step),
    ) ?? null
  );
}

function isWholeAdult(adult: KeptAdult | null | undefined): boolean {
  return (
    adult != null && adult.occupation !== undefined && (adult.birthDate !== undefined || adult.iinCipher !== undefined)
  );
}

/** The registration that a draft stands for. `iinOf` opens an adult's encrypted IIN. */
export function registrationOf(answers: DraftAnswers, iinOf: (adult: KeptAdult) => string | null): NewHouseholdDto {
  const adults = [answers.you, answers.partner].flatMap((adult) => {
    if (adult == null) return [];
    const { iinCipher: _, ...fields } = adult;
    return [{ ...fields, occupation: fields.occupation ?? {}, iin: iinOf(adult) }];
  });
  return {
    home: answers.home ?? {},
    adults,
    ...answers.children,
    ...answers.wishes,
    ...answers.contact,
    consents: answers.consents ?? {},
  };
}

/** The change of a registered household that one step's answer is. */
export function changeOf<Step extends DraftStep>(
  step: Step,
  answer: StepAnswers[Step],
  hasPartner: boolean,
): Omit<HouseholdChangeDto, 'version'> {
  const asked = adultAsked(step);
  if (asked !== null) {
    if (answer === null) return hasPartner ? { secondAdult: null } : {};
    return { adults: [{ position: asked.who === 'you' ? 1 : 2, ...(answer as AdultAnswer) }] };
  }
  switch (step) {
    case 'home':
      return { home: answer as StepAnswers['home'] };
    case 'consents':
      return { consents: answer as ConsentsDto };
    default:
      return answer as Omit<HouseholdChangeDto, 'version'>;
  }
}
