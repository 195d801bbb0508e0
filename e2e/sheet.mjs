// Forms of a policy pack, filled in by what kind each field is, but for what a map says; stage by stage as people do it.

const PROSE = '企业围绕订单、计划、生产、质量和设备管理中的实际问题开展数字化改造，先梳理业务流程和数据口径，再分步上线系统，数据当日可查。';

/** A paper of one page. */
export const PAPER = { name: '测试材料.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf('TEST - fictional document')) };

function pdf(line) {
    const text = `BT /F1 28 Tf 90 700 Td (${line}) Tj ET`;
    const objects = [
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
        `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ];
    let file = '%PDF-1.4\n';
    const begins = objects.map((object, at) => {
        const begin = file.length;
        file += `${at + 1} 0 obj\n${object}\nendobj\n`;
        return begin;
    });
    const table = file.length;
    file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
    file += begins.map((begin) => `${String(begin).padStart(10, '0')} 00000 n \n`).join('');
    return `${file}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
}

/**
 * Fills in every field of the page's sheet that must be, by its type, and those that `answers` names: `contract.buyer` for
 * a field of each row, `row.invoice.2.amount` for one. What stands there stays, unless named.
 */
export function fillSheet(page, answers = {}, today = '2026-01-01') {
    return page.evaluate(fillHere, { answers, today, prose: PROSE });
}

// Runs in the page.
function fillHere({ answers, today, prose }) {
    const form = document.querySelector('form.sheet');
    const wanted = (name) => answers[name] ?? answers[name.replace(/^row\.([^.]+)\.[^.]+\./, '$1.')];
    const demanded = (field) => Boolean(field.closest('.field, fieldset')?.querySelector('.must')) || field.name.startsWith('judge.');
    const tell = (field) => ['input', 'change'].forEach((type) => field.dispatchEvent(new Event(type, { bubbles: true })));
    const groups = new Map();
    for (const field of form.querySelectorAll('input, select, textarea')) {
        if (['hidden', 'submit', 'file'].includes(field.type)) continue;
        groups.set(field.name, [...(groups.get(field.name) ?? []), field]);
    }

    const text = (field) => {
        if (field.tagName === 'TEXTAREA') {
            const least = Number(field.parentElement.querySelector('.count')?.textContent.match(/不少于(\d+)字/)?.[1] ?? 0);
            return field.name.startsWith('judge.') ? '经查询核实，未发现问题。' : prose.repeat(Math.ceil(Math.max(least, 320) / 50));
        }
        if (field.type === 'date') return today;
        if (field.type === 'month') return today.slice(0, 7);
        if (field.type === 'tel') return '0471-0000000';
        if (field.type === 'email') return 'test@example.invalid';
        return { decimal: '10', numeric: '3' }[field.inputMode] ?? '测试内容';
    };

    const put = {
        radio(name, fields) {
            const choice = wanted(name) ?? (demanded(fields[0]) && !fields.some(({ checked }) => checked) ? fields.find(({ value }) => value)?.value : undefined);
            const field = fields.find(({ value }) => value === choice);
            if (choice !== undefined && !field) throw new Error(`${name} has no ${choice}`);
            if (field && !field.checked) field.click();
        },
        checkbox(name, fields) {
            const free = fields.filter((field) => !field.hasAttribute('data-alone'));
            const none = !fields.some(({ checked }) => checked);
            const choice = wanted(name) ?? (demanded(fields[0]) && none ? free.slice(0, 2).map(({ value }) => value) : undefined);
            if (choice === undefined) return;
            for (const field of fields) if (choice.includes(field.value) !== field.checked) field.click();
        },
        select(name, [field]) {
            field.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
            const options = [...field.options].filter(({ value }) => value);
            const choice = wanted(name) ?? (demanded(field) && !field.value ? options[0]?.value : undefined);
            if (choice === undefined) return;
            const option = options.find(({ value, text }) => value === choice || text.trim().startsWith(choice));
            if (!option) throw new Error(`${name} has no ${choice}`);
            field.value = option.value;
            tell(field);
        },
        line(name, [field]) {
            const choice = wanted(name) ?? (demanded(field) && !field.value ? text(field) : undefined);
            if (choice === undefined || choice === field.value) return;
            field.value = choice;
            tell(field);
        },
    };
    for (const [name, fields] of groups) {
        const kind = fields[0].tagName === 'SELECT' ? 'select' : fields[0].type;
        (put[kind] ?? (kind === 'select-one' ? put.select : put.line))(name, fields);
    }
}

/** Adds rows until there are so many of each kind. */
export async function addRows(page, counts) {
    for (const [kind, count] of Object.entries(counts)) {
        const rows = page.locator(`[data-rows="${kind}"]`);
        if ((await rows.count()) === 0) continue;
        while ((await rows.locator(':scope > .cards-list > [data-row]').count()) < count) await rows.locator('[data-add]').click();
    }
}

/** Puts a paper into every slot that must have one and has none. */
export async function fillSlots(page) {
    const slots = page.locator('fieldset.slot').filter({ hasNot: page.locator('legend', { hasText: '（如有）' }) });
    for (const slot of await slots.all()) {
        if ((await slot.locator('ul.files li').count()) === 0) await slot.locator('input[type="file"]').setInputFiles(PAPER);
    }
}

/** The pages of a stage that an applicant fills in, up to the last, where everything is checked. */
export async function fillStage(person, file, { answers = {}, rows = {}, each = async () => {} } = {}) {
    await person.goto(`/files/${file}/fill`);
    await person.press('填写', { within: person.page.locator('ol.tasks') });
    for (let pages = 0; pages < 14; pages++) {
        const at = new URL(person.page.url()).pathname;
        if (at.endsWith('/check')) return;
        if (at.endsWith('/papers')) {
            await fillSlots(person.page);
        } else {
            await addRows(person.page, rows);
            await fillSheet(person.page, answers, person.town.day());
        }
        await each(at);
        await person.press('保存并继续');
    }
    throw new Error(`${file} does not come to its last page: ${person.page.url()}`);
}

/** Hands what was filled in to the certifier. */
export async function handIn(person) {
    const problems = person.page.locator('#errors');
    if (await problems.count()) throw new Error(`it cannot be handed in:\n${await problems.innerText()}`);
    await person.press('提交签发');
}

/** The certifier signs. */
export async function sign(person, file) {
    await person.goto(`/files/${file}/fill`);
    await person.press('签发', { within: person.page.locator('ol.tasks') });
    await person.press('签发并提交');
    if (!person.page.url().endsWith('/receipt')) throw new Error(`not signed: ${await person.text()}`);
}

/** The id of the file whose page this is. */
export const fileOf = (page) => new URL(page.url()).pathname.split('/')[2];
