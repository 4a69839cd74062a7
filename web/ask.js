// Enhancement only: what may answer a question already is shown while it is written. Without script the next step shows the same.
// The words are sent as the form sends them: in no address.
const form = document.querySelector('form[data-ask]');
const place = form?.querySelector('[data-likely]');
const text = form?.elements.namedItem('text');

/** A pause this long, and words enough to look for. */
const PAUSE_MS = 600;
const FEWEST_LETTERS = 8;

let waiting;
let asked = 0;
if (place && text) {
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE_MS);
  });
}

async function look() {
  const mine = ++asked;
  let found = null;
  if (text.value.trim().length >= FEWEST_LETTERS) {
    const body = new URLSearchParams(new FormData(form));
    body.set('step', 'look');
    try {
      const answer = await fetch(form.getAttribute('action'), { method: 'POST', body });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      found = page.querySelector('section[aria-labelledby=likely]');
      // The words that lead on to the next step are that step's own.
      found?.querySelector('[data-next-step]')?.remove();
    } catch {
      // No connection: the next step finds it.
      return;
    }
  }
  // What is being read stays open while the same answers are found.
  if (mine === asked && (found?.textContent ?? '') !== place.textContent)
    place.replaceChildren(...(found ? [found] : []));
}
