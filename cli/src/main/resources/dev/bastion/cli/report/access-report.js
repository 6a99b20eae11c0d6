'use strict';
// Without this script the report shows the same: it only sorts, filters and leads from a bar to its row.
(() => {
  for (const tick of document.querySelectorAll('.ticks span')) {
    tick.style.left = tick.dataset.left + '%';
  }

  for (const bar of document.querySelectorAll('.bar')) {
    bar.addEventListener('click', () => show(document.getElementById('grant-' + bar.dataset.row)));
  }

  function show(row) {
    row.hidden = false;
    row.scrollIntoView({block: 'center'});
    row.focus({preventScroll: true});
  }

  const table = document.getElementById('grants-table');
  if (!table) {
    return;
  }
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];

  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };

  function sortBy(column) {
    const heading = headings[column];
    const direction = heading.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
    headings.forEach(other => other.removeAttribute('aria-sort'));
    heading.setAttribute('aria-sort', direction);
    const sign = direction === 'ascending' ? 1 : -1;
    const rows = [...body.rows].sort((one, other) =>
      sign * value(one, column).localeCompare(value(other, column), 'en', {numeric: true}));
    body.append(...rows);
  }

  headings.forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = heading.textContent;
    button.addEventListener('click', () => sortBy(column));
    heading.replaceChildren(button);
  });

  const filter = document.getElementById('filter');
  const shown = document.getElementById('shown');
  filter.closest('p').hidden = false;
  filter.addEventListener('input', () => {
    const wanted = filter.value.toLowerCase();
    let count = 0;
    for (const row of body.rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = wanted ? count + ' of ' + body.rows.length + ' grants' : '';
  });
})();
