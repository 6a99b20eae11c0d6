// Pull requests: changes, checks, reviews, and the form to review them.
import { h, byId, act, ago } from '/page/dom.js';
import { here } from '/page/chat.js';
import { diff } from '/page/code.js';
import { icon } from '/page/icons.js';
import { markdown } from '/page/markdown.js';

const SIGNS = { success: 'check', failure: 'cross', error: 'cross', pending: 'hourglass' };
const KINDS = {
  APPROVED: ['check', 'approved this'], CHANGES_REQUESTED: ['cross', 'requested changes'], COMMENTED: ['eye', 'reviewed'],
  DISMISSED: ['stop', 'reviewed; the review was dismissed'], REMARK: ['memo', 'commented'],
};

export function pullCard(pull, old) {
  const card = drawn(pull, old);
  const folds = old ? [...old.querySelectorAll('.fold')] : [];
  card.querySelectorAll('.fold').forEach((fold, index) => { fold.open = Boolean(folds[index] && folds[index].open); });
  return card;
}

function drawn(pull, old) {
  const open = pull.state === 'open';
  return h('details.card.pull', { data: { state: pull.state, number: pull.number } },
    h('summary',
      h('span.badge-icon', icon(pull.state === 'closed' ? 'stop' : 'merge')),
      h('span.main', h('span.subject', { dir: 'auto' }, pull.title, ' ', h('code', '#' + pull.number)),
        h('span.meta', h('span.pill', { data: { state: pull.state } }, pull.state), h('bdi', pull.author), ' · ', ago(pull.opened)),
        h('span.signs', verdicts(pull)))),
    h('div.more',
      h('p.lede', h('bdi', pull.author), ' wants to merge ', h('code', pull.branch), ' into ', h('code', pull.base),
        pull.labels.map(label => h('span.label', label)),
        pull.ended && [h('br'), pull.state === 'merged' ? 'Merged by ' : 'Closed by ', h('bdi', pull.ended)],
        open && pull.awaited.length > 0 && [h('br'), 'Asked to review: ', pull.awaited.join(', ')]),
      pull.body && section('Description', markdown(pull.body)),
      pull.checks.length > 0 && section('Checks', h('ul.checks', pull.checks.map(check))),
      pull.plans.map(plan => section('Plan', markdown(plan))),
      pull.diff && section('Changes', diff(pull.diff)),
      pull.talk.length > 0 && section('Conversation', h('ol.talked', pull.talk.map(said))),
      reviewForm(pull, old)));
}

const section = (title, content) => h('section.part-of', { 'aria-label': title }, h('h3', title), content);

/** The outcome at a glance: each check, and each reviewer's latest opinion. */
function verdicts(pull) {
  const opinions = new Map();
  pull.talk.filter(one => one.kind !== 'REMARK' && one.kind !== 'COMMENTED').forEach(one => opinions.set(one.login, one));
  return [
    ...pull.checks.map(check => chip(check.state, SIGNS[check.state], check.name)),
    ...[...opinions.values()].filter(one => one.kind !== 'DISMISSED').map(one => chip(one.kind === 'APPROVED' ? 'success' : 'failure', KINDS[one.kind][0], one.login)),
  ];
}

const chip = (state, sign, text) => h('span.chip', { data: { state } }, icon(sign, state), h('bdi', text));

function check(one) {
  const address = /^https?:\/\//.test(one.address) && one.address;
  return h('li', { data: { state: one.state } }, icon(SIGNS[one.state] || 'info', one.state),
    h('span', h('strong', one.name), one.detail && [' ', h('span.detail', { dir: 'auto' }, one.detail)]),
    address && h('a', { href: address, target: '_blank', rel: 'noreferrer noopener' }, 'run'));
}

function said(one) {
  const [sign, words] = KINDS[one.kind] || KINDS.REMARK;
  return h('li', { data: { kind: one.kind } }, icon(sign),
    h('div', h('header', h('strong', h('bdi', one.login)), ' ', words, one.stale && one.kind !== 'REMARK' && h('span.stale', ' (an earlier version)'), ' · ', ago(one.at)),
      one.body && markdown(one.body)));
}

// ---- acting ----

const name = () => ((here.seen ? here.seen.people : []).find(user => user.id === here.me) || { name: '…' }).name;

/** The form keeps its text while the card around it is redrawn. */
function reviewForm(pull, old) {
  const before = old && old.querySelector('.review textarea');
  const text = h('textarea', { rows: 2, 'aria-label': 'Comment on #' + pull.number, placeholder: 'Leave a comment (Markdown)' });
  if (before) {
    text.value = before.value;
    if (document.activeElement === before) setTimeout(() => text.focus());
  }
  const button = (what, label, kind = '') => h('button.kit' + kind, { type: 'button', data: { what }, onclick: event => perform(event.target, pull, what, text) }, label);
  return h('form.review', { 'aria-label': 'Review of #' + pull.number, onsubmit: event => event.preventDefault() },
    h('p.note', 'Acting as ', h('strong.acting', name())),
    text,
    h('div.actions',
      pull.state === 'open' && [button('APPROVE', 'Approve', '.primary'), button('REQUEST_CHANGES', 'Request changes')],
      button('COMMENT', 'Comment'),
      pull.state === 'open' && [button('MERGE', 'Merge'), button('CLOSE', 'Close', '.danger')],
      pull.state === 'closed' && button('REOPEN', 'Reopen')));
}

async function perform(button, pull, what, text) {
  button.classList.add('busy');
  const done = await act('pull', { as: here.me, number: pull.number, what, text: text.value });
  button.classList.remove('busy');
  if (done) byId('panel-pulls').querySelectorAll('[data-number="' + pull.number + '"] .review textarea').forEach(box => { box.value = ''; });
}

document.addEventListener('acting', () => document.querySelectorAll('.acting').forEach(node => { node.textContent = name(); }));
