import { Get, Param } from '@nestjs/common';
import type { VNode } from 'preact';
import { type SharedMatch, ShareLinksService } from '../../applications/share-links.service.js';
import { May } from '../../shared/permissions.js';
import { InventedTag, Notice } from '../site/blocks.js';
import { Layout } from '../site/layout.js';
import { JobFacts, ScoreLine } from '../site/match-blocks.js';
import { SupportTable } from '../site/money-blocks.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { PlaceNames } from '../site/place-names.js';

/** A match that a household sent to a relative; no account is needed, and nobody's name stands there. */
@PageController('shared')
export class SharedPages {
  constructor(
    private readonly links: ShareLinksService,
    private readonly places: PlaceNames,
  ) {}

  @Get(':token')
  @May('shares.open')
  async show(@Page() page: PageContext, @Param('token') token: string): Promise<VNode> {
    const match = await this.links.open(token);
    const title = `${this.places.place(page.language, match.districtKato)}, ${this.places.region(page.language, match.regionCode)}`;
    return SharedPage({ page, match, title });
  }
}

function SharedPage({ page, match, title }: { page: PageContext; match: SharedMatch; title: string }): VNode {
  const { t, href, day } = page;
  return (
    <Layout page={page} title={title}>
      <p class="soft">{t('page.shared.lead')}</p>
      <h1>{title}</h1>
      {match.stands ? null : <Notice kind="warn">{t('page.shared.over')}</Notice>}
      <ScoreLine page={page} score={match.score} />
      {match.jobs.map(({ id, promise, vacancy }) => (
        <section class="card" key={id}>
          <h2>
            <a href={href(`/vacancies/${vacancy.vacancyId}`)}>{vacancy.title}</a>
          </h2>
          <InventedTag page={page} synthetic={vacancy.synthetic} />
          <JobFacts
            page={page}
            job={{
              employerName: vacancy.employerName,
              employerVerified: vacancy.employerVerified,
              payMinTenge: promise.payMinTenge,
              payMaxTenge: promise.payMaxTenge,
              housing: promise.housing,
              housingInspected: vacancy.housingInspected,
            }}
          />
        </section>
      ))}
      {match.sheet === null ? null : <SupportTable page={page} sheet={match.sheet} />}
      <p>
        <a href={href(`/regions/${match.regionCode}`)}>{t('page.shared.region')}</a>
      </p>
      <p>
        <a href={href('/match')}>{t('page.shared.own_question')}</a>
      </p>
      <p class="soft">{t('page.my.link_until', { day: day(match.expiresAt) })}</p>
    </Layout>
  );
}
