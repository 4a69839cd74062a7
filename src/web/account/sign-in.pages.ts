import { Body, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { VNode } from 'preact';
import { type Account } from '../../auth/account.js';
import { AccountsService } from '../../auth/accounts.service.js';
import { DemoCodes } from '../../auth/demo-codes.js';
import { visitorOf } from '../../auth/visitor.js';
import { May } from '../../shared/permissions.js';
import { Problem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, refusedForm, seeOther } from '../site/answers.js';
import { readForm } from '../site/form.js';
import { DESK_START, safeNext } from '../site/next-page.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { BackupCodeForm, CodeForm, EmailForm, NewPasswordForm, PasswordForm, PhoneForm } from './account.form.js';
import { DemoPage } from './demo.js';
import { NewPasswordPage, ResetPage } from './password.js';
import { EnrolPage, SecondFactorPage } from './second-factor.js';
import { CodePage, STAFF_ARRIVALS, SignInPage, type StaffArrival, StaffSignInPage } from './sign-in.js';

const EMPTY = { typed: {}, problems: [] };

/** Signing in, without script: phone and code; or e-mail, password and the code of an authenticator app. */
@PageController()
export class SignInPages {
  constructor(
    private readonly accounts: AccountsService,
    private readonly demo: DemoCodes,
  ) {}

  @Get('sign-in')
  @May('account.sign_in')
  phone(@Page() page: PageContext, @Query('next') next: unknown): PageAnswer {
    if (page.actor) return seeOther(page.href(safeNext(next) ?? DESK_START[page.actor.role]));
    return SignInPage({ page, next: safeNext(next), ...EMPTY });
  }

  @Post('sign-in')
  @May('account.sign_in')
  async sendCode(@Page() page: PageContext, @Req() request: Request, @Body() body: unknown): Promise<PageAnswer> {
    const next = safeNext(nextOf(body));
    const { form, typed, problems } = await readForm(PhoneForm, body);
    if (problems.length > 0) return notAccepted(SignInPage({ page, next, typed, problems }));
    try {
      const { setCookies } = await this.accounts.requestCode(form.phone, visitorOf(request, page.language));
      return seeOther(withNext(page.href('/sign-in/code'), next), setCookies);
    } catch (error) {
      return refusedForm(error, (found) => SignInPage({ page, next, typed, problems: found }));
    }
  }

  @Get('sign-in/code')
  @May('account.sign_in')
  async code(@Page() page: PageContext, @Req() request: Request, @Query('next') next: unknown): Promise<PageAnswer> {
    const phone = await this.accounts.pendingPhone(visitorOf(request, page.language));
    if (phone === null) return seeOther(withNext(page.href('/sign-in'), safeNext(next)));
    return CodePage({ page, phone, next: safeNext(next), ...EMPTY });
  }

  @Post('sign-in/code')
  @May('account.sign_in')
  async enterCode(@Page() page: PageContext, @Req() request: Request, @Body() body: unknown): Promise<PageAnswer> {
    const visitor = visitorOf(request, page.language);
    const next = safeNext(nextOf(body));
    const phone = await this.accounts.pendingPhone(visitor);
    const { form, typed, problems } = await readForm(CodeForm, body);
    const again = (found: typeof problems): VNode => CodePage({ page, phone, next, typed, problems: found });
    if (problems.length > 0) return notAccepted(again(problems));
    try {
      const { account, setCookies } = await this.accounts.verifyCode(form.code, visitor);
      return seeOther(page.href(next ?? DESK_START[account.role]), setCookies);
    } catch (error) {
      return refusedForm(error, again);
    }
  }

  @Get('sign-in/staff')
  @May('account.sign_in')
  staff(@Page() page: PageContext, @Query('next') next: unknown, @Query('after') after: unknown): PageAnswer {
    const came = STAFF_ARRIVALS.find((known) => known === after) ?? null;
    return StaffSignInPage({ page, next: safeNext(next), after: came, ...EMPTY });
  }

  @Post('sign-in/staff')
  @May('account.sign_in')
  async enterPassword(@Page() page: PageContext, @Req() request: Request, @Body() body: unknown): Promise<PageAnswer> {
    const next = safeNext(nextOf(body));
    const { form, typed, problems } = await readForm(PasswordForm, body);
    const again = (found: typeof problems): VNode =>
      StaffSignInPage({ page, next, after: null, typed, problems: found });
    if (problems.length > 0) return notAccepted(again(problems));
    try {
      const accepted = await this.accounts.signInEmail(form.email, form.password, visitorOf(request, page.language));
      const path = accepted.next === 'enrolment' ? '/account/authenticator' : '/sign-in/second';
      return seeOther(withNext(page.href(path), next), accepted.setCookies);
    } catch (error) {
      return refusedForm(error, again);
    }
  }

  @Get('sign-in/second')
  @May('account.sign_in')
  second(@Page() page: PageContext, @Query('next') next: unknown, @Query('with') kind: unknown): PageAnswer {
    return SecondFactorPage({ page, next: safeNext(next), backup: kind === 'backup', ...EMPTY });
  }

  @Post('sign-in/second')
  @May('account.sign_in')
  async enterSecond(@Page() page: PageContext, @Req() request: Request, @Body() body: unknown): Promise<PageAnswer> {
    const visitor = visitorOf(request, page.language);
    const next = safeNext(nextOf(body));
    const backup = (body as { with?: unknown } | undefined)?.with === 'backup';
    const { form, typed, problems } = await readForm(backup ? BackupCodeForm : CodeForm, body);
    const again = (found: typeof problems): VNode => SecondFactorPage({ page, next, backup, typed, problems: found });
    if (problems.length > 0) return notAccepted(again(problems));
    try {
      const { account, setCookies } = await (backup
        ? this.accounts.verifyBackupCode(form.code, visitor)
        : this.accounts.verifyTotp(form.code, visitor));
      return seeOther(page.href(next ?? startOf(account)), setCookies);
    } catch (error) {
      if (error instanceof Problem && error.code === 'auth.sign_in_again') {
        return seeOther(withNext(page.href('/sign-in/staff'), next, 'second'));
      }
      return refusedForm(error, again);
    }
  }

  @Get('account/authenticator')
  @May('account.enrol')
  async enrol(@Page() page: PageContext, @Req() request: Request, @Query('next') next: unknown): Promise<PageAnswer> {
    const enrolment = await this.accounts.enrolment(visitorOf(request, page.language));
    return EnrolPage({ page, enrolment, next: safeNext(next), ...EMPTY });
  }

  @Post('account/authenticator')
  @May('account.enrol')
  async enterFirstCode(@Page() page: PageContext, @Req() request: Request, @Body() body: unknown): Promise<PageAnswer> {
    const visitor = visitorOf(request, page.language);
    const next = safeNext(nextOf(body));
    const { form, typed, problems } = await readForm(CodeForm, body);
    const enrolment = await this.accounts.enrolment(visitor);
    const again = (found: typeof problems): VNode => EnrolPage({ page, enrolment, next, typed, problems: found });
    if (problems.length > 0) return notAccepted(again(problems));
    try {
      const { account, setCookies } = await this.accounts.enrolTotp(form.code, visitor);
      return seeOther(page.href(next ?? startOf(account)), setCookies);
    } catch (error) {
      return refusedForm(error, again);
    }
  }

  @Get('account/password')
  @May('account.sign_in')
  forgotten(@Page() page: PageContext, @Query('sent') sent: unknown): PageAnswer {
    return ResetPage({ page, sent: sent === 'yes', ...EMPTY });
  }

  @Post('account/password')
  @May('account.sign_in')
  async sendReset(@Page() page: PageContext, @Req() request: Request, @Body() body: unknown): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(EmailForm, body);
    if (problems.length > 0) return notAccepted(ResetPage({ page, sent: false, typed, problems }));
    try {
      await this.accounts.requestPasswordReset(form.email, visitorOf(request, page.language));
      return seeOther(page.href('/account/password?sent=yes'));
    } catch (error) {
      return refusedForm(error, (found) => ResetPage({ page, sent: false, typed, problems: found }));
    }
  }

  @Get('account/password/:token')
  @May('account.sign_in')
  choosePassword(@Page() page: PageContext): PageAnswer {
    return NewPasswordPage({ page, ...EMPTY });
  }

  @Post('account/password/:token')
  @May('account.sign_in')
  async setPassword(
    @Page() page: PageContext,
    @Req() request: Request,
    @Param('token') token: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    const { form, typed, problems } = await readForm(NewPasswordForm, body);
    if (problems.length === 0 && form.password !== form.repeat)
      problems.push({ field: 'repeat', code: 'auth.password_differs' });
    if (problems.length > 0) return notAccepted(NewPasswordPage({ page, typed, problems }));
    try {
      await this.accounts.setPassword(token, form.password, visitorOf(request, page.language));
      return seeOther(withNext(page.href('/sign-in/staff'), null, 'password'));
    } catch (error) {
      return refusedForm(error, (found) => NewPasswordPage({ page, typed, problems: found }));
    }
  }

  /** Codes and links in place of a phone; only where the demo keeps its messages on this machine. */
  @Get('demo')
  @May('demo.read')
  async demoPage(@Page() page: PageContext): Promise<PageAnswer> {
    if (!this.demo.available) throw new Problem('request.not_found', 404);
    return DemoPage({ page, messages: this.demo.messages(), totps: await this.demo.totps() });
  }
}

const startOf = ({ role }: Pick<Account, 'role'>): string => DESK_START[role];

const nextOf = (body: unknown): unknown => (body as { next?: unknown } | undefined)?.next;

function withNext(path: string, next: string | null, after?: StaffArrival): string {
  const query = new URLSearchParams({
    ...(next !== null && { next }),
    ...(after !== undefined && { after }),
  }).toString();
  return query === '' ? path : `${path}?${query}`;
}
