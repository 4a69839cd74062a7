import { Controller, Get, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../shared/access.js';

/** Where the address that `npm start` prints leads, until the pages for people stand. */
@ApiExcludeController()
@Controller()
export class HomeController {
  @Get()
  @Public()
  @Redirect('/api/docs', 302)
  home(): void {}
}
