// Forms that save themselves: drafts, rows, counts of characters. Each of them also works by its buttons alone.

// Saved after so much quiet; tried again after so much trouble.
const QUIET_MS = 2000;
const AGAIN_MS = 15000;

const form = document.querySelector('form.sheet');
const said = form?.querySelector('[data-saved]');

// The characters a minimum counts: all but white space.
const chars = (text) => [...text.replace(/\p{White_Space}/gu, '')].length;

function count(area) {
    const output = form.querySelector(`[data-count="${CSS.escape(area.id)}"]`);
    if (output) output.textContent = chars(area.value);
}

function keepDraft() {
    let timer;
    let saving = false;
    let changed = false;
    let stopped = false;
    let pressedButton;

    const say = (...parts) => said.replaceChildren(...parts);

    const opened = (address, text) => {
        const link = document.createElement('a');
        [link.href, link.target, link.rel, link.textContent] = [address, '_blank', 'noopener', text];
        return link;
    };

    // Somebody else saved: nothing here is touched, and what they wrote can be read beside it.
    const clash = () => {
        [changed, stopped] = [true, true];
        const link = opened(location.href, '在新标签页打开最新内容');
        say('本表已被他人修改，您刚才填写的内容没有保存。请', link, '，核对后在本页保存，或者把您的修改填到最新内容中。');
    };

    const signedOut = () => {
        changed = true;
        say('登录已失效，尚未保存。请', opened('/sign-in', '在新标签页登录'), '，登录后本页会自动保存。');
        return AGAIN_MS;
    };

    const done = ({ version, at, shown, beside }) => {
        form.elements.version.value = version;
        for (const output of form.querySelectorAll('[data-shown]')) {
            const text = shown?.[output.dataset.shown];
            if (text !== undefined && output.textContent !== text) output.textContent = text;
        }
        const region = document.querySelector('[data-beside]');
        if (region && beside) region.innerHTML = beside;
        say(`已自动保存 ${at}`);
    };

    const save = async () => {
        if (saving || stopped) return;
        [saving, changed] = [true, false];
        let wait = QUIET_MS;
        try {
            const answer = await fetch(form.dataset.draft, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
            if (answer.status === 409) clash();
            else if (answer.status === 401) wait = signedOut();
            else if (answer.ok && !answer.redirected) done(await answer.json());
            else throw new Error(String(answer.status));
        } catch {
            [changed, wait] = [true, AGAIN_MS];
            say('暂时没有保存，系统会再次尝试。请不要关闭本页。');
        }
        saving = false;
        if (pressedButton) form.requestSubmit(pressedButton);
        else if (changed && !stopped) later(wait);
    };

    const later = (wait) => {
        clearTimeout(timer);
        timer = setTimeout(save, wait);
    };

    const touched = () => {
        changed = true;
        later(QUIET_MS);
    };

    form.addEventListener('input', touched);
    form.addEventListener('change', touched);
    form.addEventListener('submit', (event) => {
        clearTimeout(timer);
        // A version that is just being saved must not look like somebody else's.
        if (saving) {
            event.preventDefault();
            pressedButton = event.submitter;
            return;
        }
        [changed, stopped] = [false, true];
    });
    // A page taken out of the browser's memory saves again.
    window.addEventListener('pageshow', ({ persisted }) => {
        if (persisted) location.reload();
    });
    window.addEventListener('beforeunload', (event) => {
        if (changed) event.preventDefault();
    });
}

const cards = (rows) => [...rows.querySelectorAll(':scope > .cards-list > [data-row]')];

function renumber(rows) {
    cards(rows).forEach((card, at) => {
        for (const number of card.querySelectorAll('[data-number]')) number.textContent = `第${at + 1}行`;
    });
}

// The rows above may have come or gone since the page was made.
function offerRows(select) {
    const above = form.querySelector(`[data-rows="${CSS.escape(select.dataset.above)}"]`);
    if (!above) return;
    const lines = new Map(cards(above).map((card, at) => [card.dataset.row, line(card, at)]));
    for (const option of [...select.options]) {
        if (option.value && !lines.has(option.value) && !option.selected) option.remove();
        lines.delete(option.value);
    }
    for (const [value, text] of lines) select.add(new Option(text, value));
}

const line = (card, at) => `第${at + 1}行${saidOf(card)}`;

// What a row is told by, as its folded line has it: the first three of the facts that tell rows apart.
function saidOf(card) {
    const names = card.querySelector('[data-line]')?.dataset.line.split(' ') ?? [];
    const begin = card.querySelector('input[type="hidden"]').name;
    const texts = names.map((name) => textOf(card, `${begin}.${name}`)).filter(Boolean);
    return texts.length ? `：${texts.slice(0, 3).join('，')}` : '';
}

function textOf(card, name) {
    const fields = [...card.querySelectorAll('input, select, textarea')].filter((field) => field.name === name);
    const label = (field) => field.labels[0]?.textContent.trim();
    if (fields[0]?.matches('[type="radio"], [type="checkbox"]')) return fields.filter(({ checked }) => checked).map(label).join('、');
    if (fields[0]?.matches('select')) return fields[0].value && fields[0].selectedOptions[0].text.trim();
    const text = fields[0]?.value.trim();
    return text && /\d$/.test(text) ? text + (fields[0].parentElement.querySelector('.unit')?.textContent ?? '') : text;
}

function tellAgain({ target }) {
    const card = target.closest('[data-row]');
    const told = card?.querySelector('[data-line]');
    if (told) told.textContent = saidOf(card);
}

function unfold(button) {
    const open = button.textContent === '全部展开';
    for (const card of cards(button.closest('[data-rows]'))) card.querySelector('details').open = open;
    button.textContent = open ? '全部收起' : '全部展开';
}

function addRow(rows) {
    const ids = cards(rows).map((card) => Number(card.dataset.row)).filter(Number.isFinite);
    const id = String(Math.max(0, ...ids) + 1);
    const list = rows.querySelector('.cards-list');
    list.insertAdjacentHTML('beforeend', rows.querySelector('template').innerHTML.replaceAll('__row__', id));
    renumber(rows);
    list.lastElementChild.querySelector('input:not([type="hidden"]), select, textarea')?.focus();
}

function deleteRow(rows, card) {
    const filled = [...card.querySelectorAll('input:not([type="hidden"]), textarea')].some(
        (field) => (field.matches('[type="radio"], [type="checkbox"]') ? field.checked : field.value.trim()),
    );
    if (filled && !window.confirm(`删除${card.querySelector('[data-number]').textContent}？`)) return;
    card.remove();
    renumber(rows);
    rows.querySelector('[data-add]').focus();
    form.dispatchEvent(new Event('change'));
}

function pressed(event) {
    if (event.target.matches('[data-unfold]')) return unfold(event.target);
    const button = event.target.closest('[data-add], [data-delete]');
    if (!button) return;
    event.preventDefault();
    const rows = button.closest('[data-rows]');
    if (button.hasAttribute('data-add')) addRow(rows);
    else deleteRow(rows, button.closest('[data-row]'));
}

if (form) {
    form.addEventListener('click', pressed);
    form.addEventListener('focusin', ({ target }) => target.matches('select[data-above]') && offerRows(target));
    form.addEventListener('input', ({ target }) => target.matches('textarea') && count(target));
    form.addEventListener('input', tellAgain);
    form.addEventListener('change', tellAgain);
    for (const button of form.querySelectorAll('[data-rows] [data-unfold]')) button.hidden = false;
    form.querySelectorAll('textarea').forEach(count);
    if (form.dataset.draft) keepDraft();
}
