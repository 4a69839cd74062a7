import { Controller, Get, Headers, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { receiptInWords } from '../channels/receipt-words.js';
import { chooseLanguage } from '../i18n/language.js';
import { type Actor, CurrentActor, seesRegion } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { isUuid } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';
import { DeliveriesPage, DeliveriesQuery, type DeliveryAnswer } from './notifications.dto.js';
import { listDeliveries } from './notifications.queries.js';

@ApiTags('notices')
@Controller('api/v1/deliveries')
export class NotificationsController {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  @Get()
  @May('deliveries.read')
  @ApiOperation({ summary: 'Receipts of notices, newest first; an officer sees the own region’s' })
  @ApiOkResponse({ type: DeliveriesPage })
  async list(
    @Query() query: DeliveriesQuery,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') wished?: string,
  ): Promise<Page<DeliveryAnswer>> {
    if (query.region !== undefined && !seesRegion(actor, query.region)) {
      throw new Problem('auth.region_forbidden', 403);
    }
    const [before = null] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1);
    if (before !== null && !isUuid(String(before))) throw new Problem('page.cursor_invalid', 400);
    const read = await listDeliveries(this.dataSource, {
      eventId: query.event ?? null,
      proposalId: query.proposal ?? null,
      regionCode: actor.regionCode ?? query.region ?? null,
      before: before === null ? null : String(before),
      limit: query.limit + 1,
    });
    return toPage(
      read,
      query.limit,
      ({ id }) => [id],
      (delivery) => ({ ...delivery, text: receiptInWords(delivery, chooseLanguage(wished)) }),
    );
  }
}
