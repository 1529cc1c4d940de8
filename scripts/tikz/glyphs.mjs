// Outlines of letters from TrueType files, so that a picture needs no fonts where it is shown: viewers that load none draw Greek letters as others.

/** A font file: the outline and the advance of a character, in units of the font's size. */
export function openFont(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map();
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + 16 * i;
    tables.set(String.fromCharCode(...bytes.subarray(at, at + 4)), view.getUint32(at + 8));
  }
  const at = (name) => {
    const offset = tables.get(name);
    if (offset === undefined) throw new Error(`the font has no table ${name}`);
    return offset;
  };
  const [head, loca, glyf, hhea, hmtx] = ["head", "loca", "glyf", "hhea", "hmtx"].map(at);
  const unit = 1 / view.getUint16(head + 18);
  const isLong = view.getInt16(head + 50) === 1;
  const offsetOf = (glyph) => (isLong ? view.getUint32(loca + 4 * glyph) : 2 * view.getUint16(loca + 2 * glyph));
  const metrics = view.getUint16(hhea + 34);
  const characters = readCharacters(view, at("cmap"));

  function outline(glyph) {
    const [start, end] = [offsetOf(glyph), offsetOf(glyph + 1)];
    if (start === end) return [];
    const contours = view.getInt16(glyf + start);
    if (contours < 0) throw new Error(`glyph ${glyph} is made of others, which is not read`);
    return readContours(view, glyf + start, contours);
  }

  return (code) => {
    const glyph = characters.get(code);
    if (glyph === undefined) throw new Error(`the font has no character ${code}`);
    const advance = view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1)) * unit;
    return { advance, contours: outline(glyph).map((points) => points.map(([x, y, on]) => [x * unit, y * unit, on])) };
  };
}

/** Characters to glyphs, of all subtables of format 0 and 4; symbols also without their 0xF000. */
function readCharacters(view, cmap) {
  const characters = new Map();
  const add = (code, glyph) => {
    if (glyph === 0) return;
    characters.set(code, glyph);
    if (code >= 0xf000) characters.set(code - 0xf000, characters.get(code - 0xf000) ?? glyph);
  };
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const table = cmap + view.getUint32(cmap + 8 + 8 * i);
    const format = view.getUint16(table);
    if (format === 0) for (let code = 0; code < 256; code++) add(code, view.getUint8(table + 6 + code));
    if (format !== 4) continue;
    const twice = view.getUint16(table + 6);
    for (let s = 0; s < twice; s += 2) {
      const end = view.getUint16(table + 14 + s);
      const start = view.getUint16(table + 16 + twice + s);
      const delta = view.getInt16(table + 16 + 2 * twice + s);
      const rangeAt = table + 16 + 3 * twice + s;
      const range = view.getUint16(rangeAt);
      for (let code = start; code <= end && code < 0xffff; code++) {
        const named = range === 0 ? code : view.getUint16(rangeAt + range + 2 * (code - start));
        add(code, named === 0 ? 0 : (named + delta) & 0xffff);
      }
    }
  }
  return characters;
}

/** Contours of a glyph as points [x, y, whether on the curve]. */
function readContours(view, start, contours) {
  let at = start + 10;
  const ends = Array.from({ length: contours }, (_, i) => view.getUint16(at + 2 * i));
  at += 2 * contours;
  at += 2 + view.getUint16(at); // instructions
  const n = ends[contours - 1] + 1;
  const flags = [];
  while (flags.length < n) {
    const flag = view.getUint8(at++);
    const times = (flag & 8) === 0 ? 1 : 1 + view.getUint8(at++);
    for (let k = 0; k < times; k++) flags.push(flag);
  }
  const coordinates = (short, same) => {
    let value = 0;
    return flags.map((flag) => {
      if ((flag & short) !== 0) value += (flag & same) === 0 ? -view.getUint8(at++) : view.getUint8(at++);
      else if ((flag & same) === 0) {
        value += view.getInt16(at);
        at += 2;
      }
      return value;
    });
  };
  const x = coordinates(2, 16);
  const y = coordinates(4, 32);
  const points = flags.map((flag, i) => [x[i], y[i], (flag & 1) === 1]);
  return ends.map((end, i) => points.slice(i === 0 ? 0 : ends[i - 1] + 1, end + 1));
}

/** The path of a contour, y downwards: quadratic curves, with a point in the middle of two that are off. */
export function contourPath(points, size) {
  const p = ([x, y]) => `${round(x * size)} ${round(-y * size)}`;
  const middle = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, true];
  const all = points.flatMap((point, i) => {
    const next = points[(i + 1) % points.length];
    return point[2] || next[2] ? [point] : [point, middle(point, next)];
  });
  const first = all.findIndex((point) => point[2]);
  const ring = [...all.slice(first), ...all.slice(0, first), all[first]];
  let path = `M${p(ring[0])}`;
  for (let i = 1; i < ring.length; i++) {
    if (ring[i][2]) path += `L${p(ring[i])}`;
    else path += `Q${p(ring[i])} ${p(ring[++i])}`;
  }
  return `${path}Z`;
}

const round = (value) => String(Number(value.toFixed(2)));
