// Keys for an officer's queue. The page works without: every key presses a button or follows a link that is there anyway.
// Letters are read by their place on the keyboard, so that they work while a Kazakh or Russian layout is on.

const OFF = 'keys off';
const root = document.documentElement;
const dialog = document.querySelector('[data-keys-dialog]');
const toggle = document.querySelector('[data-keys-toggle]');

let on = read();
for (const part of document.querySelectorAll('[data-keys]')) part.hidden = false;
show();

toggle?.addEventListener('click', () => {
  on = !on;
  write();
  show();
});
document.querySelector('[data-keys-help]')?.addEventListener('click', () => dialog?.showModal());

addEventListener('keydown', (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  // Typing in a field, and whatever a dialog or a list of choices does with keys, comes first.
  if (event.target.closest?.('input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable], dialog')) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const done = act(event);
  if (done) event.preventDefault();
});

function act(event) {
  if (event.key === '?' || (event.code === 'Slash' && event.shiftKey)) return (dialog?.showModal(), true);
  if (event.shiftKey) return false;
  if (event.key === 'Escape') return closePanels();
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
  if (digit) return chooseReason(digit);
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  if (!letter) return false;
  if (letter === 'u') return follow(document.querySelector('a.back'));
  const target = document.querySelector(`[data-key="${letter}"]`);
  if (!target) return letter === 'j' ? moveTo(1) : letter === 'k' ? moveTo(-1) : false;
  if (target.tagName === 'A') return follow(target);
  if (target.tagName === 'SUMMARY') return openPanel(target);
  // The second key, Enter, presses it: nothing is decided by one slip.
  reach(target);
  return true;
}

/** At once, also where the page scrolls smoothly: the next key may come before the page has stopped. */
function reach(target) {
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'center', behavior: 'instant' });
}

function follow(link) {
  link?.click();
  return Boolean(link);
}

function openPanel(summary) {
  const panel = summary.parentElement;
  for (const other of document.querySelectorAll('[data-panel][open]')) if (other !== panel) other.open = false;
  panel.open = true;
  const choice = panel.querySelector('select');
  reach(choice && !choice.value ? choice : summary);
  return true;
}

function closePanels() {
  const panel = document.querySelector('[data-panel][open]');
  if (!panel) return false;
  panel.open = false;
  panel.querySelector('summary').focus();
  return true;
}

/** The reason of the panel that stands open; without one a digit does nothing. */
function chooseReason(digit) {
  const button = document.querySelector(`[data-panel][open] button[data-key="${digit}"]`);
  if (!button) return false;
  const choice = button.form.querySelector('select');
  if (choice && !choice.value) choice.focus();
  else button.click();
  return true;
}

/** From case to case in a list. */
function moveTo(step) {
  const cases = [...document.querySelectorAll('[data-case]')];
  const now = cases.indexOf(document.activeElement);
  const next = cases[now < 0 ? (step > 0 ? 0 : cases.length - 1) : now + step];
  if (next) reach(next);
  return Boolean(next);
}

function show() {
  root.classList.toggle('keys', on);
  toggle?.setAttribute('aria-pressed', String(on));
}

function read() {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true;
  }
}

function write() {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, 'yes');
  } catch {
    // A forbidden store only means that the choice holds for this page.
  }
}
