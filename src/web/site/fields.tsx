import type { ComponentChildren, VNode } from 'preact';
import type { FieldProblem } from '../../shared/problem.js';
import { type Typed, all, one } from './form.js';
import type { PageContext } from './page-context.js';

/** A form's state for its fields: what was typed, what is wrong. */
export interface FormState {
  page: PageContext;
  typed: Typed;
  problems: readonly FieldProblem[];
}

interface FieldProps {
  state: FormState;
  name: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
}

/** Of pages with problems: what the fields are called, filled while a page is rendered (see `renderDocument`). */
const labels = new WeakMap<PageContext, Map<string, string>>();

/** Keeps a field's label for the summary of what is wrong, which stands before the fields. */
function callField({ page, problems }: FormState, name: string, label: ComponentChildren): void {
  if (typeof label !== 'string' || !problems.some(({ field }) => field === name)) return;
  const known = labels.get(page) ?? new Map<string, string>();
  labels.set(page, known.set(name, label));
}

const idOf = (name: string): string => `f-${name.replaceAll('.', '-')}`;

function problemText(state: FormState, name: string, label: ComponentChildren): string | null {
  const { page, problems } = state;
  callField(state, name, label);
  const problem = problems.find(({ field }) => field === name);
  return problem ? inWords(page, problem) : null;
}

/** The values of a list are codes: a page does not name them, its list says them in words. */
function inWords(page: PageContext, { code, params }: FieldProblem): string {
  return code === 'field.not_one_of' ? page.t('page.site.choose_from_list') : page.t(code, params);
}

/** Words that fit any field ("must be a number") say nothing away from it: its label comes first. */
function inWordsWithField(page: PageContext, problem: FieldProblem): string {
  const label = problem.code.startsWith('field.') ? labels.get(page)?.get(problem.field) : undefined;
  return label === undefined ? inWords(page, problem) : `${label}: ${inWords(page, problem)}`;
}

function describedBy(name: string, hint: unknown, problem: string | null): string | undefined {
  const ids = [hint === undefined ? null : `${idOf(name)}-hint`, problem === null ? null : `${idOf(name)}-error`];
  return ids.filter((id) => id !== null).join(' ') || undefined;
}

function Hint({ name, hint }: { name: string; hint: ComponentChildren | undefined }): VNode | null {
  return hint === undefined ? null : (
    <div id={`${idOf(name)}-hint`} class="hint">
      {hint}
    </div>
  );
}

function FieldError({
  page,
  name,
  problem,
}: {
  page: PageContext;
  name: string;
  problem: string | null;
}): VNode | null {
  return problem === null ? null : (
    <p id={`${idOf(name)}-error`} class="field-error">
      <span class="hidden">{page.t('page.site.error_prefix')} </span>
      {problem}
    </p>
  );
}

export interface TextFieldProps extends FieldProps {
  type?: 'text' | 'tel' | 'email' | 'password' | 'date' | 'search' | 'url';
  inputMode?: 'numeric' | 'tel' | 'email' | 'decimal';
  autocomplete?: string;
  /** Width in characters of what is expected: a field of six digits should look so. */
  width?: 4 | 6 | 12 | 20;
  required?: boolean;
  maxLength?: number;
  /** Address of a JSON list of suggestions (`?q=`) for the typeahead. */
  suggestions?: string;
  value?: string;
  unit?: string;
}

/** A line of text with its label, hint and error. */
export function TextField(props: TextFieldProps): VNode {
  const {
    state,
    name,
    label,
    hint,
    type = 'text',
    inputMode,
    autocomplete,
    width,
    required,
    maxLength,
    suggestions,
    value,
    unit,
  } = props;
  const problem = problemText(state, name, label);
  const input = (
    <input
      id={idOf(name)}
      name={name}
      // The library's types tie other attributes to each kind of field; ours fit all of them.
      type={type as 'text'}
      value={type === 'password' ? undefined : (value ?? one(state.typed, name))}
      inputMode={inputMode}
      autoComplete={autocomplete}
      maxLength={maxLength}
      required={required}
      aria-invalid={problem === null ? undefined : 'true'}
      aria-describedby={describedBy(name, hint, problem)}
      class={width === undefined ? undefined : `w${width}`}
      data-suggestions={suggestions}
    />
  );
  return (
    <div class={problem === null ? 'field' : 'field wrong'}>
      <label for={idOf(name)}>{label}</label>
      <Hint name={name} hint={hint} />
      <FieldError page={state.page} name={name} problem={problem} />
      {unit === undefined ? (
        input
      ) : (
        <span class="with-unit">
          {input} <span>{unit}</span>
        </span>
      )}
    </div>
  );
}

/** A file to be chosen; its form must be `multipart`. */
export function FileField({ state, name, label, hint, accept }: FieldProps & { accept: string }): VNode {
  const problem = problemText(state, name, label);
  return (
    <div class={problem === null ? 'field' : 'field wrong'}>
      <label for={idOf(name)}>{label}</label>
      <Hint name={name} hint={hint} />
      <FieldError page={state.page} name={name} problem={problem} />
      <input
        id={idOf(name)}
        name={name}
        type="file"
        accept={accept}
        aria-invalid={problem === null ? undefined : 'true'}
        aria-describedby={describedBy(name, hint, problem)}
      />
    </div>
  );
}

export function TextArea({
  state,
  name,
  label,
  hint,
  rows = 4,
  maxLength,
}: FieldProps & { rows?: number; maxLength?: number }): VNode {
  const problem = problemText(state, name, label);
  return (
    <div class={problem === null ? 'field' : 'field wrong'}>
      <label for={idOf(name)}>{label}</label>
      <Hint name={name} hint={hint} />
      <FieldError page={state.page} name={name} problem={problem} />
      <textarea
        id={idOf(name)}
        name={name}
        rows={rows}
        maxLength={maxLength}
        aria-invalid={problem === null ? undefined : 'true'}
        aria-describedby={describedBy(name, hint, problem)}
      >
        {one(state.typed, name)}
      </textarea>
    </div>
  );
}

export interface Choice {
  value: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
}

export function Select({
  state,
  name,
  label,
  hint,
  choices,
  empty,
}: FieldProps & { choices: readonly { value: string; label: string }[]; empty?: string }): VNode {
  const problem = problemText(state, name, label);
  const chosen = one(state.typed, name);
  return (
    <div class={problem === null ? 'field' : 'field wrong'}>
      <label for={idOf(name)}>{label}</label>
      <Hint name={name} hint={hint} />
      <FieldError page={state.page} name={name} problem={problem} />
      <select
        id={idOf(name)}
        name={name}
        aria-invalid={problem === null ? undefined : 'true'}
        aria-describedby={describedBy(name, hint, problem)}
      >
        {empty === undefined ? null : <option value="">{empty}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === chosen}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One of several (`radio`) or any of several (`checkbox`); the group has its own legend, hint and error. */
export function Choices({
  state,
  name,
  label,
  hint,
  choices,
  kind,
  inline,
}: FieldProps & { choices: readonly Choice[]; kind: 'radio' | 'checkbox'; inline?: boolean }): VNode {
  const problem = problemText(state, name, label);
  const chosen = all(state.typed, name);
  return (
    <fieldset class={problem === null ? 'field' : 'field wrong'} aria-describedby={describedBy(name, hint, problem)}>
      <legend>{label}</legend>
      <Hint name={name} hint={hint} />
      <FieldError page={state.page} name={name} problem={problem} />
      <div class={inline ? 'choices inline' : 'choices'}>
        {choices.map((choice, index) => (
          <Tick
            key={choice.value}
            id={index === 0 ? idOf(name) : `${idOf(name)}-${index}`}
            {...{ kind, name, choice }}
            checked={chosen.includes(choice.value)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** A single consent or switch. */
export function Checkbox({ state, name, label, hint, value = 'yes' }: FieldProps & { value?: string }): VNode {
  const problem = problemText(state, name, label);
  return (
    <div class={problem === null ? 'field' : 'field wrong'}>
      <FieldError page={state.page} name={name} problem={problem} />
      <Tick
        id={idOf(name)}
        kind="checkbox"
        name={name}
        choice={{ value, label, hint }}
        checked={all(state.typed, name).includes(value)}
      />
    </div>
  );
}

function Tick({
  id,
  kind,
  name,
  choice,
  checked,
}: {
  id: string;
  kind: 'radio' | 'checkbox';
  name: string;
  choice: Choice;
  checked: boolean;
}): VNode {
  return (
    <div class="choice">
      <input
        id={id}
        type={kind}
        name={name}
        value={choice.value}
        checked={checked}
        aria-describedby={choice.hint === undefined ? undefined : `${id}-note`}
      />
      <label for={id}>{choice.label}</label>
      {choice.hint === undefined ? null : (
        <div id={`${id}-note`} class="hint">
          {choice.hint}
        </div>
      )}
    </div>
  );
}

/**
 * A form that is sent. `once` makes a double tap or a repeated sending harmless (the service takes it as its idempotency
 * key); `remember` lets the script keep what was typed when the connection breaks.
 */
export function Form({
  page,
  action,
  children,
  remember,
  multipart,
  once,
  ask,
}: {
  page: PageContext;
  /** A path without its language. */
  action: string;
  children: ComponentChildren;
  remember?: string;
  multipart?: boolean;
  once?: boolean;
  /** What may answer it is shown while it is written (`web/ask.js`). */
  ask?: boolean;
}): VNode {
  return (
    <form
      method="post"
      action={page.href(action)}
      noValidate
      data-ask={ask || undefined}
      data-remember={remember}
      data-restored={remember && page.t('page.site.restored')}
      data-saved={remember && page.t('page.site.show_saved')}
      encType={multipart ? 'multipart/form-data' : undefined}
    >
      {once ? <input type="hidden" name="once" value={page.once()} /> : null}
      {children}
    </form>
  );
}

/** A form that asks and changes nothing: its fields stand in the address, which can be shared. */
export function AskForm({
  page,
  action,
  children,
}: {
  page: PageContext;
  action: string;
  children: ComponentChildren;
}): VNode {
  return (
    <form method="get" action={page.href(action)} noValidate>
      {children}
    </form>
  );
}

export function Button({
  children,
  kind = 'main',
  name,
  value,
}: {
  children: ComponentChildren;
  kind?: 'main' | 'quiet' | 'danger';
  name?: string;
  value?: string;
}): VNode {
  return (
    <button type="submit" class={`button ${kind}`} name={name} value={value}>
      {children}
    </button>
  );
}

/** Every problem of the form at its head, each a link to its field; what belongs to no field is said first. */
export function ErrorSummary({ state: { page, problems } }: { state: FormState }): VNode | null {
  if (problems.length === 0) return null;
  return (
    <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabIndex={-1} data-focus>
      <h2 id="error-summary-title">{page.t('page.site.error_summary')}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.field} ${problem.code}`}>
            {problem.field === '' ? (
              inWords(page, problem)
            ) : (
              <a href={`#${idOf(problem.field)}`}>{inWordsWithField(page, problem)}</a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
