// Enhancements only: every page works without this file. No dependency, no third party.

// A form is sent once, however often its button is tapped; coming back by the browser's arrow frees it again.
for (const form of document.querySelectorAll('form[method=post]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    // A refused or lost connection leaves the page standing: let the reader try again.
    setTimeout(() => delete form.dataset.sent, 8000);
  });
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// A question's address holds what was answered and nothing else. Without script the site leads on to the same address.
for (const form of document.querySelectorAll('form[method=get]')) {
  form.addEventListener('formdata', ({ formData }) => {
    const answered = [...formData].filter(([, value]) => value !== '');
    for (const name of new Set(formData.keys())) formData.delete(name);
    for (const [name, value] of answered) formData.append(name, value);
  });
}

// After a form was refused, the list of what is wrong is read first.
document.querySelector('[data-focus]')?.focus();

// What was typed survives a lost connection and a closed tab, on this device only, until the form is accepted.
// Passwords, codes and identity numbers are never kept.
const FORGET = /^code$|password|iin|once|phone|email|name|birth|consent/i;
// A phone is shared: what one reader typed is never offered to another, and goes when nobody is signed in any more.
const READER = `form ${document.body.dataset.reader} `;
for (const key of keys('form ')) if (!key.startsWith(READER)) remove(key);
// The server says in the next page's address which form it has accepted; no other page proves that it has.
const accepted = /^#accepted-([a-z-]+)$/.exec(location.hash)?.[1];
if (accepted) {
  remove(READER + accepted);
  history.replaceState(history.state, '', location.pathname + location.search);
}
for (const form of document.querySelectorAll('form[data-remember]')) {
  const key = READER + form.dataset.remember;
  const kept = () =>
    [...form.elements].filter(
      (field) => field.name && !/hidden|submit|file|password/.test(field.type) && !FORGET.test(field.name),
    );
  const answers = (saved) => {
    const found = {};
    for (const field of kept()) {
      const value = said(field, saved);
      if (value !== undefined) (found[field.name] ??= []).push(value);
    }
    return found;
  };
  const stored = read(key);
  // A page that answers a sent form shows what was sent: its answers began where that form's did.
  const answering = document.querySelector('.error-summary, [data-again]');
  const base = (answering && stored?.base) || JSON.stringify(answers(true));
  // What was typed over other answers than those saved now (another device's, another vacancy's) is not put over these.
  if (!answering && stored?.base === base && kept().every((field) => said(field) === said(field, true))) {
    const texts = JSON.parse(JSON.stringify(stored.typed));
    for (const field of kept()) {
      if (/radio|checkbox/.test(field.type)) field.checked = stored.typed[field.name]?.includes(field.value) ?? false;
      else field.value = texts[field.name]?.shift() ?? field.value;
    }
    if (JSON.stringify(answers()) !== base) tellRestored(form, key);
  }
  form.addEventListener('input', () => write(key, { base, typed: answers() }));
  const mark = document.createElement('input');
  mark.type = 'hidden';
  mark.name = 'remember';
  mark.value = form.dataset.remember;
  form.append(mark);
}

/** What a field says, now or as the page brought it (`saved`); nothing while it is not ticked. */
function said(field, saved) {
  if (/radio|checkbox/.test(field.type))
    return (saved ? field.defaultChecked : field.checked) ? field.value : undefined;
  if (!saved) return field.value;
  if (field.tagName !== 'SELECT') return field.defaultValue;
  const options = [...field.options];
  return (options.find((option) => option.defaultSelected) ?? options[0])?.value;
}

/** Says that a form shows what was typed and never sent, and gives back what is saved. */
function tellRestored(form, key) {
  const notice = document.createElement('div');
  notice.className = 'notice';
  notice.setAttribute('role', 'status');
  const text = document.createElement('p');
  text.textContent = form.dataset.restored;
  const back = document.createElement('button');
  back.type = 'button';
  back.className = 'button quiet';
  back.textContent = form.dataset.saved;
  back.addEventListener('click', () => {
    remove(key);
    form.reset();
    notice.remove();
    form.querySelector('input:not([type=hidden]), select, textarea')?.focus();
  });
  notice.append(text, back);
  form.before(notice);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden store only means that nothing is kept.
  }
}
function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

// Suggestions for a field (WAI-ARIA combobox with a list). Without script the field takes any words.
for (const input of document.querySelectorAll('input[data-suggestions]')) suggest(input);

function suggest(input) {
  const list = document.createElement('ul');
  list.id = `${input.id}-list`;
  list.className = 'suggestions';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '');
  input.after(list);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
    autocomplete: 'off',
  })) {
    input.setAttribute(name, value);
  }
  let chosen = -1;
  let asked = 0;
  let waiting;
  const options = () => [...list.children];
  const stopAsking = () => {
    clearTimeout(waiting);
    asked++;
  };
  const mark = (index) => {
    chosen = index;
    options().forEach((option, i) => option.setAttribute('aria-selected', String(i === index)));
    if (index >= 0) input.setAttribute('aria-activedescendant', options()[index].id);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    stopAsking();
    list.hidden = true;
    mark(-1);
    input.setAttribute('aria-expanded', 'false');
  };
  const take = (option) => {
    input.value = option.textContent;
    close();
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const ask = async () => {
    const words = input.value.trim();
    const mine = ++asked;
    if (words.length < 2) return close();
    let found = [];
    try {
      const address = new URL(input.dataset.suggestions, location.href);
      address.searchParams.set('q', words);
      const answer = await fetch(address);
      if (answer.ok) found = await answer.json();
    } catch {
      // No connection: the field works as a plain one.
    }
    if (mine !== asked) return;
    list.replaceChildren(
      ...found.map((text, index) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${index}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.textContent = text;
        option.addEventListener('mousedown', (event) => {
          event.preventDefault();
          take(option);
        });
        return option;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
    mark(-1);
  };
  input.addEventListener('input', (event) => {
    if (!event.isTrusted) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    const count = options().length;
    // The list that the reader walks through stays: a later answer would take the choice from under their fingers.
    if (/^Arrow(Down|Up)$/.test(event.key)) stopAsking();
    if (event.key === 'ArrowDown') mark((chosen + 1) % count);
    else if (event.key === 'ArrowUp') mark((Math.max(chosen, 0) - 1 + count) % count);
    else if (event.key === 'Enter' && chosen >= 0) take(options()[chosen]);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
}

// Copy a link, or hand it to the phone's own sharing; a browser that can do neither (plain http) gets no such button.
for (const button of document.querySelectorAll('[data-share]')) {
  button.hidden = !navigator.share && !navigator.clipboard;
  button.addEventListener('click', async () => {
    const url = new URL(button.dataset.share, location.href).href;
    if (navigator.share) return navigator.share({ url, title: document.title }).catch(() => {});
    await navigator.clipboard.writeText(url);
    button.textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
