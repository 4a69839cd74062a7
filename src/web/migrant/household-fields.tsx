import type { VNode } from 'preact';
import { adultAsked } from '../../households/household-draft.js';
import { CHANNELS, SETTLEMENT_WISHES } from '../../households/household.entity.js';
import { LANGUAGES } from '../../i18n/language.js';
import { Details } from '../site/blocks.js';
import { Checkbox, Choices, Select, TextField } from '../site/fields.js';
import { all, one } from '../site/form.js';
import { ADULT_FIELDS } from './adult-fields.js';
import type { FieldsProps, Region } from './step-props.js';

/** The questions of one step. */
export function StepFields(props: FieldsProps): VNode {
  const asked = adultAsked(props.step);
  if (props.step === 'partner') return <PartnerFields {...props} />;
  if (asked !== null) return ADULT_FIELDS[asked.part](props);
  switch (props.step) {
    case 'home':
      return <HomeFields {...props} />;
    case 'children':
      return <ChildrenFields {...props} />;
    case 'wishes':
      return <WishesFields {...props} />;
    case 'contact':
      return <ContactFields {...props} />;
    default:
      return <ConsentFields {...props} />;
  }
}

const options = (regions: readonly Region[]): { value: string; label: string }[] =>
  regions.map(({ code, name }) => ({ value: code, label: name }));

function HomeFields({ state, typed, regions, places, page: { t } }: FieldsProps): VNode {
  return (
    <>
      <Select
        state={state}
        name="regionCode"
        label={t('page.my.home_region')}
        empty={t('page.quick.region_choose')}
        choices={options(regions)}
      />
      <TextField
        state={state}
        name="home"
        label={t('page.my.home')}
        hint={t('page.my.home_hint')}
        maxLength={200}
        required
      />
      {places.length === 0 ? null : (
        <>
          <input type="hidden" name="placeFor" value={one(typed, 'home')} />
          <Choices
            state={state}
            name="place"
            kind="radio"
            label={t('page.my.place_meant')}
            hint={t('page.my.place_meant_hint')}
            choices={places.map((place) => ({ value: place, label: place }))}
          />
        </>
      )}
      {one(typed, 'knownKato') === '' ? null : (
        <>
          <input type="hidden" name="knownKato" value={one(typed, 'knownKato')} />
          <input type="hidden" name="knownHome" value={one(typed, 'knownHome')} />
        </>
      )}
    </>
  );
}

function PartnerFields(props: FieldsProps): VNode {
  const { state, page } = props;
  const { t } = page;
  return (
    <>
      <Choices
        state={state}
        name="hasPartner"
        kind="radio"
        label={t('page.my.partner_question')}
        hint={t('page.my.partner_hint')}
        choices={[
          { value: 'yes', label: t('page.my.partner_yes') },
          { value: 'no', label: t('page.my.partner_no') },
        ]}
      />
      {state.problems.some(({ field }) => field === 'removePartner') ? (
        <Checkbox state={state} name="removePartner" label={t('page.my.partner_remove')} />
      ) : null}
      <h2>{t('page.my.partner_about')}</h2>
      {ADULT_FIELDS.work(props)}
    </>
  );
}

function ChildrenFields({ state, page: { t } }: FieldsProps): VNode {
  return (
    <>
      <TextField
        state={state}
        name="children"
        label={t('page.quick.children')}
        inputMode="numeric"
        width={4}
        maxLength={2}
      />
      <TextField
        state={state}
        name="schoolAgeChildren"
        label={t('page.my.school_age')}
        hint={t('page.my.school_age_hint')}
        inputMode="numeric"
        width={4}
        maxLength={2}
      />
      <TextField
        state={state}
        name="otherMembers"
        label={t('page.my.other_members')}
        hint={t('page.my.other_members_hint')}
        inputMode="numeric"
        width={4}
        maxLength={2}
      />
    </>
  );
}

function WishesFields({ state, typed, regions, page: { t } }: FieldsProps): VNode {
  const choices = options(regions);
  return (
    <>
      <Choices
        state={state}
        name="move"
        kind="radio"
        label={t('page.my.move')}
        choices={[
          { value: 'yes', label: t('page.my.move_yes') },
          { value: 'no', label: t('page.my.move_no') },
        ]}
      />
      <Choices
        state={state}
        name="settlement"
        kind="radio"
        label={t('page.my.settlement')}
        choices={SETTLEMENT_WISHES.map((wish) => ({ value: wish, label: t(`page.my.settlement_${wish}`) }))}
      />
      <Checkbox
        state={state}
        name="housingRequired"
        label={t('page.my.housing_required')}
        hint={t('page.my.housing_required_hint')}
      />
      {(
        [
          ['regionCodes', 'page.my.wished_regions'],
          ['excludedRegionCodes', 'page.my.excluded_regions'],
          ['relativesRegionCodes', 'page.my.relatives'],
        ] as const
      ).map(([name, code]) => (
        <Details
          key={name}
          summary={t(code)}
          open={all(typed, name).length > 0 || state.problems.some(({ field }) => field === name)}
        >
          <Choices
            state={state}
            name={name}
            kind="checkbox"
            inline
            label={<span class="hidden">{t(code)}</span>}
            choices={choices}
          />
        </Details>
      ))}
      <Checkbox state={state} name="corridorOff" label={t('page.my.corridor_off')} />
    </>
  );
}

function ContactFields({ state, page: { t } }: FieldsProps): VNode {
  return (
    <>
      <Choices
        state={state}
        name="channel"
        kind="radio"
        label={t('page.my.channel')}
        choices={CHANNELS.map((channel) => ({ value: channel, label: t(`page.my.channel_${channel}`) }))}
      />
      <TextField
        state={state}
        name="phone"
        type="tel"
        inputMode="tel"
        autocomplete="tel"
        width={20}
        label={t('page.my.phone')}
        maxLength={40}
      />
      <TextField
        state={state}
        name="email"
        type="email"
        inputMode="email"
        autocomplete="email"
        label={t('page.my.email')}
        maxLength={254}
      />
      <Choices
        state={state}
        name="language"
        kind="radio"
        inline
        label={t('page.my.notice_language')}
        choices={LANGUAGES.map((language) => ({ value: language, label: t(`page.my.language_${language}`) }))}
      />
    </>
  );
}

function ConsentFields({ state, page: { t } }: FieldsProps): VNode {
  return (
    <>
      <p>{t('page.my.consents_lead')}</p>
      {(['matching', 'notices', 'sharing'] as const).map((consent) => (
        <Checkbox
          key={consent}
          state={state}
          name={consent}
          label={t(`page.my.consent_${consent}`)}
          hint={t(`page.my.consent_${consent}_hint`)}
        />
      ))}
    </>
  );
}
