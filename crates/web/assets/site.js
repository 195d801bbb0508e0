// Makes the pages quicker; every one of them works without it.

// The summary beside a form is computed again a moment after each change.
const WAIT_MS = 400;

function keepScore(form, region) {
    let timer;
    let running;
    const refresh = async () => {
        running?.abort();
        running = new AbortController();
        try {
            const body = new URLSearchParams(new FormData(form));
            const answer = await fetch(form.dataset.score, { method: 'POST', body, signal: running.signal });
            if (answer.ok) region.innerHTML = await answer.text();
        } catch {
            // Aborted by a newer change, or no network: the summary stays as it was.
        }
    };
    const later = () => {
        clearTimeout(timer);
        timer = setTimeout(refresh, WAIT_MS);
    };
    form.addEventListener('input', later);
    form.addEventListener('change', later);
    // The browser may have put back what was typed before the page was left.
    window.addEventListener('pageshow', later);
}

// “无” and the other options of a question put each other out.
function keepAlone({ target }) {
    if (target.type !== 'checkbox' || !target.checked) return;
    const alone = target.hasAttribute('data-alone');
    for (const other of target.form?.querySelectorAll('input[type="checkbox"]') ?? []) {
        if (other.name !== target.name || other === target) continue;
        if (alone || other.hasAttribute('data-alone')) other.checked = false;
    }
}

async function copyLink(button) {
    const link = location.href.split(/[?#]/)[0];
    const said = document.querySelector('[data-copied]');
    try {
        await navigator.clipboard.writeText(link);
        said.textContent = '已复制。';
    } catch {
        said.textContent = `请手动复制：${link}`;
    }
    button.focus();
}

for (const form of document.querySelectorAll('form[data-score]')) {
    form.addEventListener('change', keepAlone);
    keepScore(form, document.getElementById('score'));
}
for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', () => copyLink(button));
}
for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
}
for (const link of document.querySelectorAll('a[data-tick], a[data-untick]')) {
    link.addEventListener('click', (event) => {
        event.preventDefault();
        const { tick, untick } = link.dataset;
        const boxes = document.querySelectorAll(`input[type="checkbox"][name="${tick ?? untick}"]`);
        for (const box of boxes) box.checked = tick !== undefined;
    });
}
document.getElementById('errors')?.focus();

// What is folded away would be missing on paper.
window.addEventListener('beforeprint', () => {
    for (const folded of document.querySelectorAll('details:not([open])')) {
        folded.open = true;
        folded.dataset.folded = '';
    }
});
window.addEventListener('afterprint', () => {
    for (const unfolded of document.querySelectorAll('details[data-folded]')) {
        unfolded.open = false;
        delete unfolded.dataset.folded;
    }
});
