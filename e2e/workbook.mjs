// A workbook of one sheet, as an office program saves it: enough to be taken in, nothing compressed.
import { Buffer } from 'node:buffer';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A file for an upload field: `rows` are lists of texts, the first one the heads. */
export function workbook(name, rows) {
    const buffer = archive({
        '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
        '_rels/.rels': relation('officeDocument', 'xl/workbook.xml'),
        'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': relation('worksheet', 'worksheets/sheet1.xml'),
        'xl/worksheets/sheet1.xml': `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rows.map(row).join('')}</sheetData></worksheet>`,
    });
    return { name, mimeType: `${TYPE}.sheet`, buffer };
}

function relation(type, target) {
    return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`;
}

function row(cells, at) {
    const safe = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    const cell = (text, column) => `<c r="${String.fromCharCode(65 + column)}${at + 1}" t="inlineStr"><is><t>${safe(text)}</t></is></c>`;
    return `<row r="${at + 1}">${cells.map(cell).join('')}</row>`;
}

// A ZIP archive whose parts are stored as they are (APPNOTE 4.3).
function archive(parts) {
    const [locals, centrals] = [[], []];
    let offset = 0;
    for (const [name, text] of Object.entries(parts)) {
        const [path, data] = [Buffer.from(name), Buffer.from(text)];
        const common = numbers([20, 2], [0, 2], [0, 2], [0, 2], [33, 2], [checksum(data), 4], [data.length, 4], [data.length, 4], [path.length, 2], [0, 2]);
        const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path, data]);
        const own = numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
        centrals.push(Buffer.concat([Buffer.from('PK\x01\x02'), numbers([20, 2]), common, own, path]));
        locals.push(local);
        offset += local.length;
    }
    const directory = Buffer.concat(centrals);
    const end = numbers([0, 2], [0, 2], [centrals.length, 2], [centrals.length, 2], [directory.length, 4], [offset, 4], [0, 2]);
    return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

function numbers(...all) {
    const parts = all.map(([value, bytes]) => {
        const part = Buffer.alloc(bytes);
        part.writeUIntLE(value, 0, bytes);
        return part;
    });
    return Buffer.concat(parts);
}

// CRC-32 of ISO 3309.
function checksum(data) {
    let crc = ~0;
    for (const byte of data) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
}
