// A workbook of one sheet, as an office program saves it: enough to be taken in, nothing compressed; and one that was downloaded, read.
import { Buffer } from 'node:buffer';
import { inflateRawSync } from 'node:zlib';

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

/** The rows of the first sheet of a workbook, as lists of texts; row n stands at n - 1. */
export function rowsOf(buffer) {
    const parts = unpacked(buffer);
    const shared = [...(parts['xl/sharedStrings.xml'] ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) => words(item));
    const rows = [];
    for (const [, number, cells] of parts['xl/worksheets/sheet1.xml'].matchAll(/<row r="(\d+)"[^>]*?>(.*?)<\/row>/gs)) {
        const row = (rows[Number(number) - 1] = []);
        for (const [, letter, own, body] of cells.matchAll(/<c r="([A-Z])\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
            const value = body?.match(/<v>(.*?)<\/v>/s)?.[1] ?? '';
            row[letter.charCodeAt(0) - 65] = own.includes('t="s"') ? shared[Number(value)] : value;
        }
    }
    return Array.from(rows, (row) => Array.from(row ?? [], (cell) => cell ?? ''));
}

function words(xml) {
    const text = [...xml.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => text).join('');
    return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
}

// The parts of a ZIP archive, by its directory.
function unpacked(buffer) {
    const parts = {};
    const end = buffer.lastIndexOf(Buffer.from('PK\x05\x06'));
    let at = buffer.readUInt32LE(end + 16);
    for (let left = buffer.readUInt16LE(end + 10); left > 0; left--) {
        const [packed, size, name, extra, comment] = [buffer.readUInt16LE(at + 10), buffer.readUInt32LE(at + 20), 28, 30, 32].map((one, place) => (place < 2 ? one : buffer.readUInt16LE(at + one)));
        const local = buffer.readUInt32LE(at + 42);
        const begin = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
        const data = buffer.subarray(begin, begin + size);
        parts[buffer.toString('utf8', at + 46, at + 46 + name)] = (packed ? inflateRawSync(data) : data).toString('utf8');
        at += 46 + name + extra + comment;
    }
    return parts;
}
