import { Body, Get, Post, Query, Req } from '@nestjs/common';
import { IsDefined, IsString, Length } from 'class-validator';
import type { Request } from 'express';
import { visitorOf } from '../../auth/visitor.js';
import { EmployerAccountsService } from '../../employers/employer-accounts.service.js';
import { May } from '../../shared/permissions.js';
import { type PageAnswer, notAccepted, refusedForm, seeOther } from '../site/answers.js';
import { readForm } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { RegisterPage } from './register.js';

class RegisterForm {
  @IsDefined({ message: 'page.register.bin_missing' })
  @IsString()
  @Length(1, 40)
  bin!: string;

  @IsDefined({ message: 'page.register.name_missing' })
  @IsString()
  @Length(2, 300)
  name!: string;

  @IsDefined({ message: 'auth.email_invalid' })
  @IsString()
  @Length(3, 254, { message: 'auth.email_invalid' })
  email!: string;
}

/** How a firm comes to its account. */
@PageController('employer/register')
export class RegisterPages {
  constructor(private readonly accounts: EmployerAccountsService) {}

  @Get()
  @May('employers.sign_up')
  show(@Page() page: PageContext, @Query('sent') sent: unknown): PageAnswer {
    return RegisterPage({ page, sent: sent === 'yes', typed: {}, problems: [] });
  }

  @Post()
  @May('employers.sign_up')
  async register(@Page() page: PageContext, @Req() request: Request, @Body() body: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(RegisterForm, body);
    if (problems.length > 0) return notAccepted(RegisterPage({ page, sent: false, typed, problems }));
    try {
      await this.accounts.signUp(form, visitorOf(request, page.language));
      return seeOther(page.href('/employer/register?sent=yes'));
    } catch (error) {
      return refusedForm(error, (found) => RegisterPage({ page, sent: false, typed, problems: found }));
    }
  }
}
