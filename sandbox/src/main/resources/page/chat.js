// The left and middle columns: people, conversations, messages, the message box.
import { h, byId, reconcile, clock, act, look, ago } from '/page/dom.js';
import { blocks, blockOf, values } from '/page/blocks.js';
import { mrkdwn } from '/page/mrkdwn.js';
import { icon } from '/page/icons.js';

const HINTS = [
  ['/bastion help', 'list the commands and the environments'],
  ['/bastion create dev', 'request dev for the default duration'],
  ['/bastion create dev 2h INC-12 slow query', 'environment, duration, reason'],
  ['/bastion create', 'request access with a form'],
  ['/bastion status', 'state of all environments, or of one: status dev'],
  ['/bastion extend dev 1h', 'extend your access'],
  ['/bastion connect dev', 'show how to connect'],
  ['/bastion doctor dev', 'find out why nobody can connect, or why it does not end'],
  ['/bastion history dev', 'list past access: who, why, until when'],
  ['/bastion destroy dev', 'end your access now'],
];

export const here = { me: localStorage.getItem('me') || 'U12345678', at: '', seen: null, read: {} };

const BADGES = { GUEST: 'guest', STRANGER: 'other org', BOT: 'bot', DEACTIVATED: 'deactivated' };
const canAct = user => user.kind !== 'BOT' && user.kind !== 'DEACTIVATED';

export function names() {
  const map = new Map(here.seen.people.map(user => [user.id, user.name]));
  map.set(here.seen.bot, 'bastion');
  here.seen.conversations.filter(talk => !talk.direct).forEach(talk => map.set(talk.id, talk.name));
  return map;
}

export async function refreshChat() {
  const me = here.me;
  const seen = await look('/ui/slack?as=' + encodeURIComponent(me)).catch(() => null);
  if (!seen) {
    here.me = 'U12345678';
    return;
  }
  if (me !== here.me) return;
  here.seen = seen;
  if (!current()) here.at = seen.conversations[0].id;
  drawRail();
  drawTalk();
  document.dispatchEvent(new Event('acting')); // for parts of the page that name the acting person
}

const current = () => here.at === 'home' || here.seen.conversations.find(talk => talk.id === here.at);

export function become(id) {
  here.me = id;
  localStorage.setItem('me', id);
  here.at = '';
  here.read = {};
  byId('messages').replaceChildren();
  return refreshChat();
}

export function go(place) {
  here.at = place;
  byId('messages').replaceChildren();
  if (place === 'home') act('home', { as: here.me });
  byId('app').dataset.show = 'chat';
  drawRail();
  drawTalk();
}

// ---- left ----

function drawRail() {
  const { people, conversations } = here.seen;
  const me = byId('me');
  const wanted = JSON.stringify(people);
  if (me.drawn !== wanted) {
    me.replaceChildren(...people.filter(canAct).map(user => h('option', { value: user.id }, user.name)));
    me.drawn = wanted;
  }
  me.value = here.me;
  const link = (id, label, count) => ({ id, label, count, current: id === here.at });
  const direct = conversations.filter(talk => talk.direct);
  reconcile(byId('channels'), conversations.filter(talk => !talk.direct).map(talk => link(talk.id, '# ' + talk.name, unread(talk))), item => item.id, railLink);
  reconcile(byId('direct'), [...direct.map(talk => link(talk.id, 'bastion', unread(talk))), link('home', 'Home', 0)], item => item.id, railLink);
  reconcile(byId('people'), people.map(user => ({ ...user, you: user.id === here.me })), user => user.id, person);
}

function unread(talk) {
  if (talk.id === here.at || !(talk.id in here.read)) here.read[talk.id] = talk.messages.length;
  return talk.messages.length - here.read[talk.id];
}

function railLink(item) {
  return h('li', h('button', { type: 'button', 'aria-current': item.current ? 'page' : null, onclick: () => go(item.id) },
    h('span', item.label), item.count > 0 && h('b.count', { 'aria-label': item.count + ' unread' }, String(item.count))));
}

function person(user) {
  const badge = BADGES[user.kind];
  return h('li', h('button', { type: 'button', disabled: !canAct(user), 'aria-pressed': String(user.you), title: user.you ? 'This is you' : canAct(user) ? 'Become ' + user.name : 'Cannot use the app',
    onclick: () => become(user.id) }, avatar(user.id, user.name), h('bdi', user.name), badge && h('em.badge', badge), user.you && h('em.badge.you', 'you')), account(user));
}

// What an administrator of the workspace can do; nobody can lock out the person that the page acts as.
function account(user) {
  const kind = { MEMBER: 'DEACTIVATED', DEACTIVATED: 'MEMBER' }[user.kind];
  if (!kind || user.you) return null;
  const verb = user.kind === 'MEMBER' ? 'Deactivate' : 'Activate';
  return h('button.account', { type: 'button', title: verb + ' the account of ' + user.name, onclick: () => act('account', { as: here.me, person: user.id, kind }) }, verb);
}

function avatar(id, name) {
  if (id === here.seen.bot) return h('span.avatar.bot', { 'aria-hidden': 'true' }, h('img', { src: '/page/icon.svg', alt: '', width: 36, height: 36 }));
  const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const initials = name.split(/[^A-Za-z0-9]+/).filter(Boolean).slice(0, 2).map(word => word[0].toUpperCase()).join('') || '?';
  const node = h('span.avatar', { 'aria-hidden': 'true' }, initials);
  node.style.setProperty('--hue', hue);
  return node;
}

// ---- middle ----

function drawTalk() {
  const talk = current();
  if (here.at === 'home') {
    byId('title').textContent = 'Home';
    byId('topic').textContent = 'the app shows this only to you';
    byId('composer-form').hidden = true;
    drawHome();
    return;
  }
  byId('composer-form').hidden = false;
  byId('title').textContent = talk.direct ? 'bastion' : '# ' + talk.name;
  byId('topic').textContent = talk.direct ? 'direct messages from the app' : talk.members + ' members · request access to databases here';
  byId('composer').placeholder = talk.direct ? 'Message bastion' : 'Message #' + talk.name + ', or type / for commands';
  const log = byId('messages');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const items = withDays(talk.messages);
  reconcile(log, items.length ? items : [{ empty: true }], item => item.day || item.ts || 'empty', draw);
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function withDays(messages) {
  const items = [];
  let day = '';
  let previous = null;
  for (const message of messages) {
    const date = new Date(message.at).toDateString();
    if (date !== day) items.push({ day: day = date });
    const grouped = previous && previous.author === message.author && message.at - previous.at < 120000
      && previous.ephemeral === message.ephemeral && items.at(-1).ts && !message.ephemeral && message.author !== here.seen.bot;
    items.push({ ...message, grouped: Boolean(grouped) });
    previous = message;
  }
  return items;
}

function draw(item) {
  if (item.empty) {
    return h('div.empty', h('div.big', icon('castle')), h('h2', 'Request access'), h('p', 'Type ', h('code', '/bastion create dev'), ' below. The panels on the right show the commit, CI and the instance.'));
  }
  if (item.day) return h('div.day', h('span', item.day === new Date().toDateString() ? 'Today' : item.day));
  return message(item);
}

function message(item) {
  const author = here.seen.people.find(user => user.id === item.author);
  const name = author ? author.name : item.author === here.seen.bot ? 'bastion' : 'Slackbot';
  const node = h('article.message' + (item.ephemeral ? '.ephemeral' : '') + (item.grouped ? '.grouped' : ''), { data: { ts: item.ts } },
    item.grouped ? h('span.gutter', clock(item.at)) : avatar(item.author, name),
    h('div.body',
      !item.grouped && h('header', h('bdi.author', name), item.author === here.seen.bot && h('em.badge', 'app'),
        h('time', { datetime: new Date(item.at).toISOString(), title: new Date(item.at).toLocaleString() }, clock(item.at))),
      item.ephemeral && h('p.only', icon('eye'), 'Only visible to you'),
      content(item, item),
      item.versions > 1 && edited(item)));
  return node;
}

function content(item, place) {
  const context = { names: names(), people: here.seen.people, act: (element, value, control) => actOnMessage(place, element, value, control) };
  return item.blocks.length ? h('div.kit-blocks', blocks(item.blocks, context)) : h('p.text', { dir: 'auto' }, mrkdwn(item.text, context.names));
}

function edited(item) {
  const history = h('details.history', h('summary', '(edited) ', h('span', item.versions - 1 + (item.versions === 2 ? ' earlier version' : ' earlier versions'))));
  history.addEventListener('toggle', async () => {
    if (!history.open || history.dataset.loaded) return;
    history.dataset.loaded = 'yes';
    const versions = await look('/ui/versions?channel=' + item.channel + '&ts=' + item.ts);
    history.append(h('ol', versions.slice(0, -1).map(version => h('li', h('time', { title: new Date(version.at).toLocaleString() }, clock(version.at, true)), h('div', { inert: true }, content(version, item))))));
  });
  return history;
}

async function actOnMessage(item, element, value, control) {
  if (element.confirm && !(await confirmed(element.confirm))) {
    if (control.tagName === 'SELECT') control.value = '';
    return;
  }
  busy(control);
  const what = { as: here.me, channel: item.channel, ts: item.ts, action: element.action_id };
  await (value === null ? act('click', what) : act('choose', { ...what, value }));
}

/** Until the app has answered or Slack's timeout is over. */
function busy(control) {
  control.classList.add('busy');
  setTimeout(() => control.classList.remove('busy'), 3000);
}

export function confirmed(confirmation) {
  const dialog = byId('confirm');
  const names_ = names();
  return new Promise(resolve => {
    const done = answer => { dialog.close(); resolve(answer); };
    dialog.replaceChildren(
      h('h2', { id: 'confirm-title' }, mrkdwn(confirmation.title.text, names_)),
      h('div.modal-body', h('p', mrkdwn(confirmation.text.text, names_))),
      h('footer',
        h('button.kit', { type: 'button', onclick: () => done(false) }, confirmation.deny ? mrkdwn(confirmation.deny.text, names_) : 'No'),
        h('button.kit.' + (confirmation.style || 'primary'), { type: 'button', onclick: () => done(true) }, confirmation.confirm ? mrkdwn(confirmation.confirm.text, names_) : 'Yes')));
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
  });
}

function drawHome() {
  const home = here.seen.home;
  reconcile(byId('messages'), [home || { none: true }], () => 'home', () => home
    ? h('form.home', { onsubmit: event => event.preventDefault() }, blocks(home.view.blocks, {
      names: names(), people: here.seen.people,
      act: async (element, value, control) => {
        if (element.confirm && !(await confirmed(element.confirm))) return;
        act('act', { as: here.me, view: home.id, block: blockOf(control), action: element.action_id, values: { ...values(control.form), ...(value === null ? {} : { [element.action_id]: value }) } });
      } }))
    : h('div.empty', h('div.big', icon('home')), h('h2', 'Nothing here yet'), h('p', 'The app has not published a Home tab for you.')));
}

// ---- the message box ----

export function startComposer() {
  const box = byId('composer');
  const form = byId('composer-form');
  const typed = [];
  let recall = 0;
  const fit = () => { box.style.height = 'auto'; box.style.height = Math.min(box.scrollHeight, 160) + 'px'; };
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = '';
    typed.push(text);
    recall = typed.length;
    fit();
    suggest('');
    await act('say', { as: here.me, channel: here.at, text });
    byId('messages').scrollTop = byId('messages').scrollHeight;
  });
  box.addEventListener('input', () => { fit(); suggest(box.value); });
  box.addEventListener('keydown', event => {
    const chosen = byId('hints').querySelector('[aria-selected=true]');
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === 'Tab' && !byId('hints').hidden) {
      event.preventDefault();
      take((chosen || byId('hints').firstElementChild).dataset.text);
    } else if (event.key === 'Escape') suggest('');
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (!byId('hints').hidden) { event.preventDefault(); choose(step); }
      else if (!box.value || typed.includes(box.value)) {
        event.preventDefault();
        recall = Math.min(typed.length, Math.max(0, recall + step));
        box.value = typed[recall] || '';
      }
    }
  });
  const take = text => { box.value = text; box.focus(); fit(); suggest(''); };
  const choose = step => {
    const options = [...byId('hints').children];
    const index = options.findIndex(option => option.getAttribute('aria-selected') === 'true');
    options.forEach(option => option.setAttribute('aria-selected', 'false'));
    options[(index + step + options.length) % options.length].setAttribute('aria-selected', 'true');
  };
  const suggest = text => {
    const found = text.startsWith('/') ? HINTS.filter(([command]) => command.startsWith(text) && command !== text) : [];
    byId('hints').hidden = !found.length;
    byId('hints').replaceChildren(...found.map(([command, means]) =>
      h('li', { role: 'option', 'aria-selected': 'false', data: { text: command }, onmousedown: event => { event.preventDefault(); take(command); } },
        h('code', command), h('span', means))));
  };
}
