// Building blocks of the views.

/** An element; children are elements or values, which become text. */
export function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) {
      made.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

const LONG = 400;
const LONGEST_NAME = 200;

/** A value of a record: its own writing direction, all its characters, and when it is long a room of its own that the keyboard can scroll. */
export function value(content) {
  if (content === null || content === undefined || content === '') {
    return el('span', { class: 'faint' }, '–');
  }
  const text = visible(typeof content === 'object' ? JSON.stringify(content, null, 1) : String(content));
  const long = text.length > LONG || text.split('\n').length > 8;
  return el('bdi', long ? { class: 'value long', dir: 'auto', tabindex: 0, role: 'group', 'aria-label': 'Long text' } : { class: 'value', dir: 'auto' }, text);
}

/** Characters that turn the letters behind them round, or that nobody sees, are spelled out. */
function visible(text) {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    each => '\\u' + each.charCodeAt(0).toString(16).padStart(4, '0'));
}

/** A table whose cells say on narrow screens which column they are of. */
export function table(caption, columns, rows) {
  return el('table', { class: 'wide', 'aria-label': caption },
    el('thead', {}, el('tr', {}, columns.map(column => el('th', { scope: 'col' }, column)))),
    el('tbody', {}, rows.map(row => el('tr', { class: row.class }, (row.cells || row).map((cell, i) => el('td', { 'data-label': columns[i] }, cell))))));
}

/** A moment, and how long ago it is. */
export function moment(text) {
  if (!text) {
    return '';
  }
  return el('time', { datetime: text, title: text }, ago(text));
}

/** What is shown says how long ago it was when somebody looks, not when it was drawn. */
export function passTime() {
  document.querySelectorAll('time').forEach(each => { each.textContent = ago(each.dateTime); });
}

function ago(text) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(text)) / 1000));
  for (const [unit, length] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
    const count = Math.floor(seconds / length);
    if (count) {
      return count + ' ' + unit + (count > 1 ? 's' : '') + ' ago';
    }
  }
  return seconds + ' s ago';
}

let ended = false;

export function say(sentence) {
  if (!ended) {
    document.getElementById('message').textContent = sentence;
  }
}

/** Asks the API, or with a body does something; a refusal is an error with its sentence. */
export async function ask(path, body) {
  let answer;
  try {
    answer = await fetch(path, body === undefined ? { credentials: 'same-origin' } : {
      method: 'POST', credentials: 'same-origin', body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'page' },
    });
  } catch {
    throw new Error('Cosell Sync does not answer. Is it running?');
  }
  const content = await answer.json().catch(() => ({}));
  if (answer.status === 401 && content.signIn) {
    signInAgain(content);
  } else if (ended) {
    ended = false;
    say('');
  }
  if (!answer.ok) {
    throw new Error(content.error || 'Cosell Sync answered ' + answer.status);
  }
  return content;
}

/** The session has ended: a sentence, and the way back to this very place. It stays until an answer comes again. */
function signInAgain(refusal) {
  ended = true;
  document.getElementById('message').replaceChildren(refusal.error + ' ',
    el('a', { href: refusal.signIn, onclick: () => sessionStorage.setItem('place', location.hash) }, 'Sign in'));
}

export const dealPath = id => 'api/deals/' + encodeURIComponent(id);
export const dealLink = (id, text) => el('a', { href: '#deal/' + encodeURIComponent(id) }, value(cut(text || id)));
const cut = text => text.length > LONGEST_NAME ? text.slice(0, LONGEST_NAME) + '…' : text;
export const mayAct = () => document.body.dataset.role !== 'viewer';

/** A button with a word of what it will do. */
export function action(label, word, act) {
  const button = el('button', { type: 'button', disabled: !mayAct(), title: mayAct() ? null : 'This takes the role operator', onclick: async () => {
    button.disabled = true;
    try {
      const done = await act();
      if (done) {
        say(done.sentence);
      }
    } catch (fault) {
      say(fault.message);
    } finally {
      button.disabled = !mayAct();
    }
  } }, label);
  return el('div', {}, button, el('p', { class: 'faint' }, word));
}
