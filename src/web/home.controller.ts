import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { chooseLanguage } from '../i18n/i18n.js';
import { May } from '../shared/permissions.js';

/** The bare address leads to the start page in the language that the browser asks for; Kazakh when it asks for none of ours. */
@ApiExcludeController()
@Controller()
export class HomeController {
  @Get()
  @May('site.read')
  home(@Req() request: Request, @Res() response: Response): void {
    response.vary('Accept-Language').setHeader('Cache-Control', 'no-cache');
    response.redirect(302, `/${chooseLanguage(request.headers['accept-language'], 'kk')}/`);
  }

  /** Pages that are nobody's business say so themselves; answers for programs are no reading for search engines. */
  @Get('robots.txt')
  @May('site.read')
  robots(@Res() response: Response): void {
    response.setHeader('Cache-Control', 'public, max-age=86400');
    response.type('text/plain').send('User-agent: *\nDisallow: /api/\n');
  }
}
