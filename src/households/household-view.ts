import { ApiProperty } from '@nestjs/swagger';
import { LANGUAGES, type Language } from '../i18n/language.js';
import {
  CHANNELS,
  Household,
  SETTLEMENT_WISHES,
  type ContactChannel,
  type SettlementWish,
} from './household.entity.js';
import { EDUCATION_LEVELS, Seeker, type EducationLevel } from './seeker.entity.js';

class HomeView {
  @ApiProperty({ example: '612000000' }) kato!: string;
  @ApiProperty({ example: 'KZ-61' }) regionCode!: string;
  @ApiProperty({ type: String, nullable: true }) districtKato!: string | null;
}

class OccupationView {
  @ApiProperty({ example: '2221' }) isco!: string;
  @ApiProperty({ type: String, nullable: true }) title!: string | null;
}

class AdultView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: [1, 2] }) position!: 1 | 2;
  @ApiProperty({ type: String, nullable: true }) givenName!: string | null;
  @ApiProperty({ type: String, nullable: true }) familyName!: string | null;
  /** Whether an IIN is kept; the number itself is never given back. */
  @ApiProperty() hasIin!: boolean;
  @ApiProperty({ format: 'date' }) birthDate!: string;
  @ApiProperty({ type: OccupationView }) occupation!: OccupationView;
  @ApiProperty({ enum: EDUCATION_LEVELS, nullable: true }) education!: EducationLevel | null;
  @ApiProperty() experienceYears!: number;
  @ApiProperty({ type: [String] }) languages!: string[];
  @ApiProperty({ type: [String] }) driving!: string[];
  @ApiProperty({ type: [String] }) diplomas!: string[];
  @ApiProperty({ type: 'integer', nullable: true }) payTenge!: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) minimumPayTenge!: number | null;
  @ApiProperty() permanentOnly!: boolean;
  @ApiProperty() seeksWork!: boolean;
}

class WishesView {
  @ApiProperty() move!: boolean;
  @ApiProperty({ enum: SETTLEMENT_WISHES }) settlement!: SettlementWish;
  @ApiProperty({ type: [String] }) regionCodes!: string[];
  @ApiProperty({ type: [String] }) excludedRegionCodes!: string[];
  @ApiProperty() housingRequired!: boolean;
  @ApiProperty() corridorOff!: boolean;
}

class ConsentsView {
  @ApiProperty({ type: Date, nullable: true }) matching!: Date | null;
  @ApiProperty({ type: Date, nullable: true }) notices!: Date | null;
  @ApiProperty({ type: Date, nullable: true }) sharing!: Date | null;
}

export class HouseholdView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ type: HomeView }) home!: HomeView;
  @ApiProperty({ type: 'integer' }) children!: number;
  @ApiProperty({ type: 'integer' }) schoolAgeChildren!: number;
  /** Others who move along, beside the adults and the children. */
  @ApiProperty({ type: 'integer' }) otherMembers!: number;
  @ApiProperty({ type: [String] }) relativesRegionCodes!: string[];
  @ApiProperty({ type: WishesView }) wishes!: WishesView;
  @ApiProperty({ enum: LANGUAGES }) language!: Language;
  @ApiProperty({ enum: CHANNELS }) channel!: ContactChannel;
  @ApiProperty({ type: String, nullable: true, example: '+77012345678' }) phone!: string | null;
  @ApiProperty({ type: String, nullable: true }) email!: string | null;
  /** When each consent was given; null: not given, or withdrawn. */
  @ApiProperty({ type: ConsentsView }) consents!: ConsentsView;
  @ApiProperty({ type: [AdultView] }) adults!: AdultView[];
  @ApiProperty() synthetic!: boolean;
  @ApiProperty() createdAt!: Date;
  @ApiProperty() updatedAt!: Date;
}

/** A household in a list: nothing that says who it is. */
export class HouseholdSummary {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() regionCode!: string;
  @ApiProperty({ type: 'integer' }) adults!: number;
  @ApiProperty({ type: 'integer' }) children!: number;
  @ApiProperty() wishesMove!: boolean;
  @ApiProperty() consentsToMatching!: boolean;
  @ApiProperty() synthetic!: boolean;
  @ApiProperty() createdAt!: Date;
}

export class HouseholdPage {
  @ApiProperty({ type: [HouseholdSummary] }) items!: HouseholdSummary[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class FoundSeeker {
  @ApiProperty({ format: 'uuid' }) householdId!: string;
  @ApiProperty({ format: 'uuid' }) seekerId!: string;
}

/** What the API shows of a household. Built field by field, so that a new column is never shown by accident. */
export function viewHousehold(household: Household, seekers: readonly Seeker[]): HouseholdView {
  const h = household;
  return {
    id: h.id,
    version: h.version,
    home: { kato: h.homeKato, regionCode: h.homeRegionCode, districtKato: h.homeDistrictKato },
    children: h.children,
    schoolAgeChildren: h.schoolAgeChildren,
    otherMembers: h.otherMembers,
    relativesRegionCodes: h.relativesRegionCodes,
    wishes: {
      move: h.wishesMove,
      settlement: h.settlementWish,
      regionCodes: h.wishedRegionCodes,
      excludedRegionCodes: h.excludedRegionCodes,
      housingRequired: h.housingRequired,
      corridorOff: h.corridorOff,
    },
    language: h.language,
    channel: h.channel,
    phone: h.phone,
    email: h.email,
    consents: { matching: h.consentMatchingAt, notices: h.consentNoticesAt, sharing: h.consentSharingAt },
    adults: seekers.map(viewAdult),
    synthetic: h.synthetic,
    createdAt: h.createdAt,
    updatedAt: h.updatedAt,
  };
}

function viewAdult(seeker: Seeker): AdultView {
  return {
    id: seeker.id,
    position: seeker.position,
    givenName: seeker.givenName,
    familyName: seeker.familyName,
    hasIin: seeker.iinIndex !== null,
    birthDate: seeker.birthDate,
    occupation: { isco: seeker.isco, title: seeker.occupationTitle },
    education: seeker.education,
    experienceYears: seeker.experienceYears,
    languages: seeker.languages,
    driving: seeker.driving,
    diplomas: seeker.diplomas,
    payTenge: seeker.payTenge,
    minimumPayTenge: seeker.minimumPayTenge,
    permanentOnly: seeker.permanentOnly,
    seeksWork: seeker.seeksWork,
  };
}
