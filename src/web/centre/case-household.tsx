import type { VNode } from 'preact';
import { Facts, InventedTag } from '../site/blocks.js';
import { JobFacts, ScoreLine } from '../site/match-blocks.js';
import type { PageContext } from '../site/page-context.js';
import type { CaseProps } from './case.js';

/** The household: who they are, what they wish, how to reach them where that may be seen, and what they have at home. */
export function HouseholdSide(props: CaseProps): VNode {
  const { page, view, names } = props;
  const { t } = page;
  const { household } = view;
  const regions = (codes: readonly string[]): string | null =>
    codes.length === 0 ? null : codes.map((code) => names.region(code)).join(', ');
  return (
    <section aria-labelledby="household">
      <h2 id="household">{t('page.centre.household')}</h2>
      <InventedTag page={page} synthetic={household.synthetic} />
      <Facts
        items={[
          {
            name: t('page.centre.home'),
            value: `${names.place(household.homeKato)}, ${names.region(household.homeRegionCode)}`,
          },
          { name: t('page.centre.persons'), value: t('page.centre.persons_value', { persons: view.persons }) },
          {
            name: t('page.centre.children'),
            value:
              household.children === 0
                ? t('page.centre.children_none')
                : t('page.centre.children_value', {
                    children: household.children,
                    school: household.schoolAgeChildren,
                  }),
          },
          {
            name: t('page.centre.other_members'),
            value: household.otherMembers === 0 ? null : page.number(household.otherMembers),
          },
          { name: t('page.centre.wished'), value: regions(household.wishedRegionCodes) },
          {
            name: t('page.centre.settlement'),
            value: household.settlementWish === 'any' ? null : t(`settlement.${household.settlementWish}`),
          },
          { name: t('page.centre.housing_required'), value: household.housingRequired ? t('page.site.yes') : null },
          { name: t('page.centre.relatives'), value: regions(household.relativesRegionCodes) },
          { name: t('page.centre.language'), value: t(`language.${household.language}`) },
        ]}
      />
      {view.adults.map((adult, index) => (
        <Adult key={adult.id} {...props} adult={adult} index={index} />
      ))}
      <Contact {...props} />
      <AtHome {...props} />
    </section>
  );
}

function Adult({
  page,
  names,
  adult,
  index,
  view,
}: CaseProps & { adult: CaseProps['view']['adults'][number]; index: number }): VNode {
  const { t, tenge } = page;
  const name = view.contact?.adults.find(({ seekerId }) => seekerId === adult.id);
  const known = name && [name.givenName, name.familyName].filter(Boolean).join(' ');
  const listed = (kind: string, codes: readonly string[]): string | null =>
    codes.length === 0 ? null : codes.map((code) => t(`${kind}.${code}`)).join(', ');
  return (
    <>
      <h3>{known || t('page.centre.adult', { position: index + 1 })}</h3>
      <Facts
        items={[
          {
            name: t('page.centre.profession'),
            value: <Profession page={page} name={names.occupation(adult.isco)} own={adult.occupationTitle} />,
          },
          { name: t('page.centre.born'), value: String(adult.birthYear) },
          {
            name: t('page.centre.education'),
            value: adult.education === null ? t('page.site.not_stated') : t(`education.${adult.education}`),
          },
          { name: t('page.centre.experience'), value: t('page.centre.years', { years: adult.experienceYears }) },
          { name: t('page.centre.diplomas'), value: listed('page.centre.diploma', adult.diplomas) },
          { name: t('page.centre.languages'), value: listed('language', adult.languages) },
          { name: t('page.centre.driving'), value: adult.driving.join(', ') || null },
          { name: t('page.centre.pay_now'), value: adult.payTenge === null ? null : tenge(adult.payTenge) },
          {
            name: t('page.centre.pay_minimum'),
            value: adult.minimumPayTenge === null ? null : tenge(adult.minimumPayTenge),
          },
        ]}
      />
      {adult.seeksWork ? null : <p>{t('page.centre.seeks_no_work')}</p>}
    </>
  );
}

/** The occupation in the reader's language, and how the person calls it themselves where that differs. */
function Profession({ page: { t }, name, own }: { page: PageContext; name: string; own: string | null }): VNode {
  return (
    <>
      {name}
      {own === null || own.toLowerCase() === name.toLowerCase() ? null : (
        <span class="soft"> {t('page.centre.in_own_words', { title: own })}</span>
      )}
    </>
  );
}

function Contact({ page, view }: CaseProps): VNode {
  const { t } = page;
  const { contact, contactWithheld } = view;
  return (
    <>
      <h3>{t('page.centre.contact')}</h3>
      {contact === null ? (
        <p>{t(`page.centre.contact_${contactWithheld}`)}</p>
      ) : (
        <Facts
          items={[
            {
              name: t('page.centre.phone'),
              value: contact.phone && <a href={`tel:${contact.phone}`}>{contact.phone}</a>,
            },
            {
              name: t('page.centre.email'),
              value: contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>,
            },
            { name: t('page.centre.told_by'), value: t(`page.centre.channel_${contact.channel}`) },
          ]}
        />
      )}
    </>
  );
}

/** The best jobs in the home region, beside the move; of who has moved already none. */
function AtHome({ page, view, names }: CaseProps): VNode | null {
  const { t, href } = page;
  if (view.secondChance !== null) return null;
  const local = view.localAlternative;
  return (
    <>
      <h3>{t('page.centre.at_home', { region: names.region(view.household.homeRegionCode) })}</h3>
      {local === null || local.placements.length === 0 ? (
        <p>{t('page.centre.nothing_at_home')}</p>
      ) : (
        local.placements.map((job) => (
          <div key={job.vacancyId} class="card">
            <h4>
              <a href={href(`/vacancies/${job.vacancyId}`)}>{job.title}</a>{' '}
              <InventedTag page={page} synthetic={job.synthetic} />
            </h4>
            <JobFacts page={page} job={job} />
            <ScoreLine page={page} score={job.score} />
          </div>
        ))
      )}
    </>
  );
}
