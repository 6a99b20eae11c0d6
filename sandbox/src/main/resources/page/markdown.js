// As much of GitHub's Markdown as pull requests use, as elements. HTML is text, but for <details>, which folds.
import { h } from '/page/dom.js';

export function markdown(text) {
  const lines = text.replace(/<!--[\s\S]*?-->/g, '').replace(/\r\n?/g, '\n').split('\n');
  const root = h('div.markdown', { dir: 'auto' });
  const open = [root];
  for (let at = 0; at < lines.length;) {
    const fold = lines[at].match(/^\s*<details><summary>(.*?)<\/summary>\s*$/);
    if (fold) {
      const details = h('details.fold', h('summary', spans(fold[1])));
      open.at(-1).append(details);
      open.push(details);
      at++;
    } else if (/^\s*<\/details>\s*$/.test(lines[at])) {
      if (open.length > 1) open.pop();
      at++;
    } else at = block(lines, at, open.at(-1));
  }
  return root;
}

/** Appends one block; says where the next begins. */
function block(lines, at, to) {
  const line = lines[at];
  if (!line.trim()) return at + 1;
  if (/^\s*```/.test(line)) return fence(lines, at, to);
  const heading = line.match(/^#{1,6}\s+(.*)$/);
  if (heading) {
    to.append(h('h4', spans(heading[1])));
    return at + 1;
  }
  if (/^\s*(-{3,}|\*{3,})\s*$/.test(line)) {
    to.append(h('hr'));
    return at + 1;
  }
  if (line.includes('|') && /^\s*\|?[\s:|-]*-[\s:|-]*$/.test(lines[at + 1] || '') && (lines[at + 1] || '').includes('|')) return table(lines, at, to);
  if (ITEM.test(line)) return list(lines, at, to);
  if (/^\s*>/.test(line)) return run(lines, at, next => /^\s*>/.test(next), found => to.append(h('blockquote', flow(found.map(next => next.replace(/^\s*> ?/, ''))))));
  return run(lines, at, next => next.trim() && !STARTS.test(next), found => to.append(h('p', flow(found))));
}

const ITEM = /^\s*([-*+]|\d+[.)])\s+/;
const STARTS = /^\s*(```|#{1,6}\s|>|<\/?details>|([-*+]|\d+[.)])\s)/;

/** All lines from here on that belong together: at least one. */
function run(lines, at, belongs, use) {
  let end = at + 1;
  while (end < lines.length && belongs(lines[end])) end++;
  use(lines.slice(at, end));
  return end;
}

function fence(lines, at, to) {
  let end = at + 1;
  while (end < lines.length && !/^\s*```\s*$/.test(lines[end])) end++;
  to.append(h('pre', h('code', lines.slice(at + 1, end).join('\n'))));
  return end + 1;
}

function list(lines, at, to) {
  const tag = /^\s*\d/.test(lines[at]) ? 'ol' : 'ul';
  return run(lines, at, next => ITEM.test(next), found => to.append(h(tag, found.map(item => {
    const [, done, text] = item.replace(ITEM, '').match(/^(?:\[([ xX])\]\s+)?(.*)$/);
    return h('li', done !== undefined && h('input', { type: 'checkbox', disabled: true, checked: done !== ' ' }), spans(text));
  }))));
}

function table(lines, at, to) {
  const cells = line => line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map(cell => cell.trim().replace(/\\\|/g, '|'));
  const row = (line, tag) => h('tr', cells(line).map(cell => h(tag, spans(cell))));
  const head = cells(lines[at]).some(Boolean) && h('thead', row(lines[at], 'th'));
  return run(lines, at + 1, next => next.includes('|'), found => to.append(h('table', head, h('tbody', found.slice(1).map(line => row(line, 'td'))))));
}

const flow = lines => lines.flatMap((line, index) => [index > 0 && h('br'), spans(line)]);

const SPAN = /\\([\\`*_{}[\]<>()#+.!|~-])|``\s?(.+?)\s?``|`([^`]+)`|\*\*(?=\S)(.+?)\*\*|(?<![\w*])\*(?=\S)([^*]+?)\*(?!\w)|(?<!\w)_(?=\S)([^_]+?)_(?!\w)|\[([^\]]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>()]+[^\s<>().,;:!?])/;

function spans(text) {
  const found = text.match(SPAN);
  if (!found) return [text];
  const [all, escaped, code2, code, bold, star, under, label, target, bare] = found;
  const node = escaped !== undefined ? escaped
    : code2 !== undefined ? h('code', code2) : code !== undefined ? h('code', code)
    : bold !== undefined ? h('strong', spans(bold))
    : star !== undefined ? h('em', spans(star)) : under !== undefined ? h('em', spans(under))
    : label !== undefined ? link(target, spans(label)) : link(bare, bare);
  return [text.slice(0, found.index), node, ...spans(text.slice(found.index + all.length))];
}

/** Nothing but the web can be linked to. */
function link(target, label) {
  return /^https?:\/\//i.test(target) ? h('a', { href: target, target: '_blank', rel: 'noreferrer noopener' }, label) : h('span', label);
}
