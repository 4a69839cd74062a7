import { Injectable } from '@nestjs/common';
import { QueueViewService } from '../../centres/queue-view.service.js';
import { Problem } from '../../shared/problem.js';
import type { PageAnswer } from '../site/answers.js';
import type { PageContext } from '../site/page-context.js';
import { PlaceNames } from '../site/place-names.js';
import { type Region, RegionChoicePage } from './blocks.js';

/** Which region a page of the desk is of: an officer's own, or the one that an administrator chose. */
@Injectable()
export class RegionOfDesk {
  constructor(
    private readonly views: QueueViewService,
    private readonly places: PlaceNames,
  ) {}

  /**
   * Answers the page of the region; who has no region of their own and has chosen none is asked for one. A form (`title`
   * null) without one is refused with `centre.region_required`.
   */
  async with(
    page: PageContext,
    asked: unknown,
    title: string | null,
    answer: (region: Region) => Promise<PageAnswer>,
  ): Promise<PageAnswer> {
    const actor = page.actor!;
    try {
      const code = await this.views.regionOf(actor, typeof asked === 'string' && asked !== '' ? asked : undefined);
      const name = this.places.region(page.language, code);
      return await answer({ code, name, chosen: actor.regionCode === null });
    } catch (error) {
      if (title === null || !(error instanceof Problem) || error.code !== 'centre.region_required') throw error;
      return RegionChoicePage({ page, regions: this.places.regions(page.language), title });
    }
  }
}
