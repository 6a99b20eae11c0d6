// The right: the ledger, CI, instances, pull requests.
import { h, byId, reconcile, look, act, ago, since, length } from '/page/dom.js';
import { here } from '/page/chat.js';
import { diff, terminal } from '/page/code.js';
import { icon } from '/page/icons.js';
import { pullCard } from '/page/pulls.js';

const empty = (big, text) => ({ none: true, big, text });
const nothing = item => h('div.empty', h('div.big', icon(item.big)), h('p', item.text));

async function draw(name, path, none, key, render, complete = item => item) {
  const items = (await look(path)).map(complete);
  const panel = byId('panel-' + name);
  byId('tab-' + name).querySelector('b').textContent = items.length ? String(items.length) : '';
  reconcile(panel, items.length ? items : [none], item => item.none ? 'none' : key(item), (item, old) => {
    const node = item.none ? nothing(item) : render(item, old);
    const details = node.matches('details') ? node : node.querySelector('details');
    const before = old && (old.matches('details') ? old : old.querySelector('details'));
    if (details && before && before.open) details.open = true;
    return node;
  });
  return items;
}

// ---- ledger ----

export const refreshLog = () => draw('log', '/ui/log', empty('book', 'No commits yet. Every grant is a commit in this ledger.'), entry => entry.commit, commit);

function commit(entry) {
  const action = (entry.trailers.find(trailer => trailer.key === 'Bastion-Action') || {}).value || 'other';
  return h('details.card', { data: { action } },
    h('summary',
      h('span.dot', { 'aria-hidden': 'true' }),
      h('span.main', h('span.subject', { dir: 'auto' }, entry.subject),
        h('span.meta', h('code', entry.commit.slice(0, 8)), ' ', h('bdi', entry.author), entry.committer !== entry.author && [' via ', h('bdi', entry.committer)], ' · ', ago(entry.at)))),
    h('div.more',
      entry.body && h('p.prose', { dir: 'auto' }, entry.body),
      entry.trailers.length > 0 && h('dl', entry.trailers.map(trailer => [h('dt', trailer.key), h('dd', { dir: 'auto' }, trailer.value)])),
      entry.diff && diff(entry.diff)));
}

// ---- CI ----

const followed = new Map();

export async function refreshRuns() {
  const runs = await draw('runs', '/ui/runs', empty('gear', 'CI has not run yet. It applies every environment that a push changes.'), run => run.id, runCard);
  const working = runs.filter(run => run.state === 'RUNNING' || run.state === 'QUEUED').length;
  byId('tab-runs').classList.toggle('working', working > 0);
  for (const details of byId('panel-runs').querySelectorAll('details[open]')) follow(details);
}

const STATES = { QUEUED: ['queued', '…'], RUNNING: ['running', ''], SUCCEEDED: ['succeeded', '✓'], FAILED: ['failed', '✕'] };

function runCard(run) {
  const [word, sign] = STATES[run.state];
  const details = h('details.card.run', { data: { state: word, run: run.id } },
    h('summary',
      h('span.state', { role: 'img', 'aria-label': word }, sign),
      h('span.main', h('span.subject', run.title),
        h('span.meta', h('code', run.commit.slice(0, 8)), ' · ', word, ' · ', run.ended ? length(run.ended - run.started) : since(run.started), ' · ', ago(run.started)),
        run.detail && h('span.detail', run.detail))),
    h('div.more', h('pre.terminal', { tabindex: 0, 'aria-label': 'Output of ' + run.title })));
  details.addEventListener('toggle', () => { if (details.open) follow(details); });
  return details;
}

/** Fetches the output that is new since the last fetch. */
async function follow(details) {
  const id = details.dataset.run;
  const screen = details.querySelector('.terminal');
  const text = followed.get(id) || '';
  const { from, text: more } = await look('/ui/runs/' + encodeURIComponent(id) + '/output?from=' + text.length);
  const all = (followed.get(id) || '').slice(0, from) + more;
  followed.set(id, all);
  if (screen.drawn === all) return;
  const atEnd = screen.scrollHeight - screen.scrollTop - screen.clientHeight < 40;
  screen.replaceChildren(...terminal(all));
  screen.drawn = all;
  if (atEnd) screen.scrollTop = screen.scrollHeight;
}

// ---- instances ----

export async function refreshInstances() {
  const sessions = await look('/ui/sessions');
  const { line } = await look('/ui/terminal');
  return draw('instances', '/ui/instances', empty('cloud', 'No bastion is running.'), instance => instance.id, instanceCard,
    instance => ({ ...instance, line, sessions: sessions.filter(session => session.instance === instance.id) }));
}

function instanceCard(instance) {
  const tags = Object.entries(instance.tags).sort(([one], [other]) => one.localeCompare(other));
  const gone = instance.state === 'terminated';
  return h('details.card.instance', { data: { state: instance.state } },
    h('summary',
      h('span.main', h('span.subject', instance.environment || '?', ' ', h('code', instance.id)),
        h('span.meta',
          h('span.pill', { data: { state: instance.state } }, instance.state),
          instance.ssm && !gone && h('span.pill', { data: { state: instance.ssm } }, 'SSM ' + instance.ssm),
          instance.expires && !gone && ago(instance.expires, 'expires ')))),
    h('div.more', instance.launched && h('p.prose', 'launched ', ago(instance.launched)),
      instance.sessions.map(sessionRow),
      instance.ssm === 'Online' && !gone && h('p', h('button', { type: 'button', onclick: () => act('connect', { as: here.me, instance: instance.id }) }, 'Connect')),
      instance.ssm === 'Online' && !gone && instance.line && h('p.prose', 'In a terminal: ',
        h('code', instance.line + ' && bastion connect ' + instance.environment + " --psql -c 'select 1'")),
      h('dl', tags.map(([key, value]) => [h('dt', key), h('dd', { dir: 'auto' }, value)]))));
}

/** An open session: who, where to, and the command that uses it. Its port leads to the sandbox's own PostgreSQL. */
function sessionRow(session) {
  return h('p.prose', { data: { session: session.id } },
    h('bdi', session.person), ' is connected to ', h('code', session.target), ', ', ago(session.from), '. ',
    h('code', session.command), ' ',
    h('button', { type: 'button', onclick: () => act('disconnect', { as: here.me, session: session.id }) }, 'Disconnect'));
}

// ---- pull requests ----

export async function refreshPulls() {
  const pulls = await draw('pulls', '/ui/pulls', empty('merge', 'No pull requests yet. A request for an environment that requires approval opens one.'), pull => pull.number, pullCard);
  const open = pulls.filter(pull => pull.state === 'open').length;
  byId('tab-pulls').querySelector('b').textContent = open ? String(open) : '';
  byId('tab-pulls').classList.toggle('working', open > 0);
}

// ---- components ----

const plural = count => count === 0 ? 'the app is not connected' : count === 1 ? 'the app is connected' : 'the app has ' + count + ' connections';

export async function refreshParts() {
  const parts = [{ name: 'Slack', state: 'UP', detail: here.seen ? plural(here.seen.connections) : '' }, ...await look('/ui/parts')];
  reconcile(byId('parts'), parts, part => part.name, part =>
    h('p.part', { data: { state: part.state } }, h('span.dot', { 'aria-hidden': 'true' }), h('strong', part.name), h('span', part.detail || part.state.toLowerCase())));
}

// ---- faults ----

export async function refreshTroubles() {
  const platforms = new Map();
  for (const trouble of await look('/ui/troubles')) {
    platforms.set(trouble.platform, [...platforms.get(trouble.platform) || [], trouble]);
  }
  reconcile(byId('troubles'), [...platforms], ([platform]) => platform, ([platform, troubles], old) => {
    const on = troubles.filter(trouble => trouble.on).length;
    return h('li', h('details', { open: Boolean(old) && old.querySelector('details').open },
      h('summary', platform, on > 0 && h('b.count', String(on))),
      h('ul.links', troubles.map(troubleButton))));
  });
}

function troubleButton(trouble) {
  return h('li', h('button', { type: 'button', role: trouble.lasting ? 'switch' : null, 'aria-checked': trouble.lasting ? String(trouble.on) : null,
    data: { fault: trouble.name }, onclick: async () => { await act('trouble', { as: here.me, name: trouble.name }); refreshTroubles(); } },
  h('span', trouble.title, h('small', trouble.effect)),
  trouble.lasting ? h('i.toggle', { 'aria-hidden': 'true' }) : h('i.once', { 'aria-hidden': 'true' }, '↯')));
}

// ---- tabs ----

export function startTabs() {
  const tabs = [...document.querySelectorAll('[role=tab]')];
  const open = tab => {
    tabs.forEach(other => {
      const chosen = other === tab;
      other.setAttribute('aria-selected', String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      byId(other.getAttribute('aria-controls')).hidden = !chosen;
    });
    localStorage.setItem('tab', tab.id);
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener('click', () => open(tab));
    tab.addEventListener('keydown', event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(index + step + tabs.length) % tabs.length];
      open(next);
      next.focus();
    });
  });
  const last = byId(localStorage.getItem('tab') || '');
  if (last) open(last);
}
