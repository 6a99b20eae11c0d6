// Elements are made, never parsed: whatever people and apps write stays text.

/** h('p.note', {title: 'x', onclick: f}, 'text', child, …): an element. Null and false children are left out. */
export function h(name, ...rest) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length) element.className = classes.join(' ');
  const properties = rest.length && isProperties(rest[0]) ? rest.shift() : {};
  for (const [key, value] of Object.entries(properties)) set(element, key, value);
  element.append(...rest.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

function isProperties(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Node);
}

function set(element, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
  else if (key === 'data') Object.assign(element.dataset, value);
  else if (key === 'class') element.className += ' ' + value;
  else element.setAttribute(key, value === true ? '' : value);
}

/** Shows items in a container, keeping the node of every item whose key and content did not change. */
export function reconcile(container, items, keyOf, render) {
  const old = new Map([...container.children].map(node => [node.dataset.key, node]));
  let before = null;
  const kept = new Set();
  for (const item of items) {
    const key = String(keyOf(item));
    const content = JSON.stringify(item);
    let node = old.get(key);
    if (!node || node.rendered !== content) {
      const fresh = render(item, node);
      fresh.dataset.key = key;
      fresh.rendered = content;
      if (node) {
        node.replaceWith(fresh);
        fresh.classList.add('changed');
      }
      node = fresh;
    }
    kept.add(node);
    const expected = before ? before.nextElementSibling : container.firstElementChild;
    if (expected !== node) container.insertBefore(node, expected);
    before = node;
  }
  for (const node of [...container.children]) if (!kept.has(node)) node.remove();
}

export const byId = id => document.getElementById(id);

const two = number => String(number).padStart(2, '0');

export function clock(millis, seconds = false) {
  const time = new Date(millis);
  return two(time.getHours()) + ':' + two(time.getMinutes()) + (seconds ? ':' + two(time.getSeconds()) : '');
}

/** 75 s as 1:15, 2 h as 2:00:00. */
export function length(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return (hours ? hours + ':' + two(minutes) : minutes) + ':' + two(seconds % 60);
}

/** "in 12 min", "3 h ago". */
export function relative(millis, now = Date.now()) {
  const seconds = Math.round((millis - now) / 1000);
  const size = Math.abs(seconds);
  const text = size < 60 ? size + ' s' : size < 3600 ? Math.round(size / 60) + ' min'
    : size < 86400 ? Math.floor(size / 3600) + ' h' + (Math.round(size / 60) % 60 ? ' ' + Math.round(size / 60) % 60 + ' min' : '')
    : Math.round(size / 86400) + ' d';
  return seconds > 0 ? 'in ' + text : text + ' ago';
}

/** A time that keeps telling how far away it is; {@code refreshTimes} moves them all on. */
export function ago(millis, prefix = '') {
  return h('time', { datetime: new Date(millis).toISOString(), title: new Date(millis).toLocaleString(), data: { ago: millis, prefix } },
    prefix + relative(millis));
}

/** How long something has been going on. */
export function since(millis) {
  return h('time', { data: { since: millis } }, length(Date.now() - millis));
}

export function refreshTimes() {
  for (const time of document.querySelectorAll('time[data-ago]')) {
    const text = time.dataset.prefix + relative(Number(time.dataset.ago));
    if (time.textContent !== text) time.textContent = text;
  }
  for (const time of document.querySelectorAll('time[data-since]')) time.textContent = length(Date.now() - Number(time.dataset.since));
}

export async function look(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

export async function act(name, what) {
  const response = await fetch('/ui/' + name, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(what),
  });
  if (!response.ok) toast(await response.text());
  return response.ok;
}

let hiding;
export function toast(text) {
  const box = byId('toast');
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.hidden = true; }, 5000);
}
