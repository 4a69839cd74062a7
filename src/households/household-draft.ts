import type { AdultFields, OccupationDto } from './adult.dto.js';
import type { ConsentsDto, HomeDto, HouseholdChangeDto, HouseholdFields, NewHouseholdDto } from './household.dto.js';

/** The steps in which a household is entered, in their order; each is one page. */
export const DRAFT_STEPS = ['home', 'you', 'partner', 'children', 'wishes', 'contact', 'consents'] as const;
export type DraftStep = (typeof DRAFT_STEPS)[number];

export type AdultAnswer = AdultFields & { occupation?: OccupationDto };

/** What each step answers: the same fields as the API's. */
export interface StepAnswers {
  home: HomeDto;
  you: AdultAnswer;
  /** Null: there is no second adult who looks for work. */
  partner: AdultAnswer | null;
  children: Pick<HouseholdFields, 'children' | 'schoolAgeChildren'>;
  wishes: Pick<HouseholdFields, 'wishes' | 'relativesRegionCodes'>;
  contact: Pick<HouseholdFields, 'channel' | 'phone' | 'email' | 'language'>;
  consents: ConsentsDto;
}

/** An adult in a draft: the IIN is encrypted (base64), as everywhere. */
export type KeptAdult = Omit<AdultAnswer, 'iin'> & { iinCipher?: string };

/** What was answered so far; a step that is missing was not answered. */
export type DraftAnswers = Partial<Omit<StepAnswers, 'you' | 'partner'>> & {
  you?: KeptAdult;
  partner?: KeptAdult | null;
};

/** Steps without which no household can be registered. */
const NEEDED: readonly DraftStep[] = ['home', 'you', 'consents'];

/** An answer taken over from a quick question may lack what the step itself demands, such as a birth date. */
export function isAnswered(answers: DraftAnswers, step: DraftStep): boolean {
  if (answers[step] === undefined) return false;
  if (step === 'home') return answers.home?.text !== undefined || answers.home?.kato !== undefined;
  if (step === 'you') return isWholeAdult(answers.you);
  if (step === 'partner') return answers.partner === null || isWholeAdult(answers.partner);
  return true;
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
  switch (step) {
    case 'home':
      return { home: answer as StepAnswers['home'] };
    case 'you':
      return { adults: [{ position: 1, ...(answer as StepAnswers['you']) }] };
    case 'partner':
      if (answer === null) return hasPartner ? { secondAdult: null } : {};
      return { adults: [{ position: 2, ...(answer as AdultAnswer) }] };
    case 'consents':
      return { consents: answer as ConsentsDto };
    default:
      return answer as Omit<HouseholdChangeDto, 'version'>;
  }
}
