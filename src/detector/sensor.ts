/**
 * The cells of a silicon sensor and its 48 trigger cells (TCs), in the sensor's own frame: origin at its centre, lengths in cm.
 *
 * The sensor is a hexagon with corners at the top and the bottom; three rhombi meet in its centre, each of 4 x 4 TCs. So every TC is
 * a rhombus, the 48 rhombi tile the sensor exactly, and each holds the centres of its 4 (LD) or 9 (HD) cells. A TC's slot is
 * 16 third + 4 i + j, where i, j count along the two axes of its third.
 */
import { nearestSite, NEIGHBOURS, site, SITES, siteU, siteV } from "./hex-lattice.js";

const SQRT3 = Math.sqrt(3);

/** TCs of a whole wafer. */
export const TCS_PER_WAFER = 48;

/** Cells are numbered TC by TC: cell c belongs to slot floor(c / cellsPerTc). */
export interface Sensor {
  /** Flat-to-flat width. */
  readonly size: number;
  /** Cells along an edge: 8 (low density) or 12 (high density). */
  readonly n: number;
  readonly cells: number;
  readonly cellsPerTc: number;
  /** Per cell: CMSSW's cell u, v and the centre. */
  readonly u: Int16Array;
  readonly v: Int16Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Per slot: CMSSW's trigger cell u, v. */
  readonly tcU: Int16Array;
  readonly tcV: Int16Array;
  /** Slot of 8 tcU + tcV, -1 for pairs that do not exist. */
  readonly slotOfTc: Int16Array;
  /** Cell of a site of the cell lattice, -1 for sites without one. */
  readonly cellOfSite: Int16Array;
}

/**
 * The sensor with n = 8 or 12. Cell centres and the map from cells to TCs are CMSSW's (HGCalDDDConstants; HGCSiliconDetId
 * triggerCellU and triggerCellV, cms-sw/cmssw DataFormats/ForwardDetId).
 */
export function createSensor(size: number, n: number): Sensor {
  const merge = n / 4; // cells of a TC along one axis
  const cellsPerTc = merge * merge;
  const cells = 3 * n * n;
  const radius = size / (3 * n);
  const sensor: Sensor = {
    size,
    n,
    cells,
    cellsPerTc,
    u: new Int16Array(cells),
    v: new Int16Array(cells),
    x: new Float64Array(cells),
    y: new Float64Array(cells),
    tcU: new Int16Array(TCS_PER_WAFER),
    tcV: new Int16Array(TCS_PER_WAFER),
    slotOfTc: new Int16Array(64).fill(-1),
    cellOfSite: new Int16Array(SITES).fill(-1),
  };
  const filled = new Int16Array(TCS_PER_WAFER);
  for (let u = 0; u < 2 * n; u++) {
    for (let v = Math.max(0, u - n); v < Math.min(2 * n, u + n); v++) {
      const x = (1.5 * (v - n) + 1) * radius;
      const y = ((2 * u - v - n) * radius * Math.sqrt(3)) / 2;
      const slot = slotAt(size, x, y);
      const [tcU, tcV] = triggerCellOf(u, v, n, merge);
      const cell = slot * cellsPerTc + filled[slot]++;
      sensor.u[cell] = u;
      sensor.v[cell] = v;
      sensor.x[cell] = x;
      sensor.y[cell] = y;
      sensor.tcU[slot] = tcU;
      sensor.tcV[slot] = tcV;
      sensor.slotOfTc[8 * tcU + tcV] = slot;
      sensor.cellOfSite[site(u, v)] = cell;
    }
  }
  return sensor;
}

function triggerCellOf(u: number, v: number, n: number, merge: number): [number, number] {
  const div = (a: number): number => Math.trunc(a / merge);
  if (u >= n && v >= n) return [div(u), div(v)];
  if (u < n && u <= v) return [div(u), div(u) + div(v - u)];
  return [1 + div(u - ((v % merge) + 1)), div(v)];
}

/** The TC slot of a point of the sensor, -1 outside of the sensor. */
export function slotAt(size: number, x: number, y: number): number {
  // Coordinates along 90, -30 and 210 degrees in TC widths, up to a common constant: the smallest is made zero.
  const scale = 4 / size; // an edge of the hexagon is size / sqrt(3) long and has 4 TCs
  const b = 2 * x * scale;
  const a = (x + SQRT3 * y) * scale;
  let third = 0;
  let i = a;
  let j = b;
  if (a < b && a < 0) {
    third = 16;
    i = b - a;
    j = -a;
  } else if (b < 0) {
    third = 32;
    i = -b;
    j = a - b;
  }
  return i < 4 && j < 4 ? third + 4 * Math.floor(i) + Math.floor(j) : -1;
}

const COS30 = SQRT3 / 2;
/** Unit vectors along 90, -30, 210 degrees, and 90 again: third t spans from axis t to axis t + 1. */
const AXES = [
  [0, 1],
  [COS30, -0.5],
  [-COS30, -0.5],
  [0, 1],
] as const;

/** Writes the rhombus of a slot as x, y of 4 corners, counterclockwise, shifted by (x0, y0). */
export function slotOutline(size: number, slot: number, x0: number, y0: number, out: Float64Array): void {
  const width = size / (4 * Math.sqrt(3));
  const third = slot >> 4;
  const [px, py] = AXES[third];
  const [qx, qy] = AXES[third + 1];
  const i = (slot >> 2) & 3;
  const j = slot & 3;
  for (let corner = 0; corner < 4; corner++) {
    const p = (i + (corner >> 1)) * width;
    const q = (j + (corner === 1 || corner === 2 ? 1 : 0)) * width;
    out[2 * corner] = x0 + p * px + q * qx;
    out[2 * corner + 1] = y0 + p * py + q * qy;
  }
}

/**
 * The cell whose centre is nearest to a point of the sensor, -1 outside of the sensor. Three of the sensor's edges cut their
 * cells, the other three leave small triangles outside of every full cell: those extend the nearest cell.
 */
export function cellIn(sensor: Sensor, x: number, y: number): number {
  // Along u, v and v - u the sensor is 2 n cells wide.
  const n = sensor.n;
  const scale = n / sensor.size;
  const a = (x + SQRT3 * y) * scale;
  const b = 2 * x * scale;
  if (!(a <= n && a >= -n && b <= n && b >= -n && b - a <= n && a - b <= n)) return -1;
  const u = a + n - 1 / 3;
  const v = b + n - 2 / 3;
  const nearest = nearestSite(u, v);
  const cell = sensor.cellOfSite[nearest];
  return cell >= 0 ? cell : edgeCell(sensor, u, v, nearest);
}

/** The nearest cell next to an empty site. */
function edgeCell(sensor: Sensor, u: number, v: number, empty: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [du, dv] of NEIGHBOURS) {
    const s = site(siteU(empty) + du, siteV(empty) + dv);
    if (sensor.cellOfSite[s] < 0) continue;
    const a = u - siteU(s);
    const b = v - siteV(s);
    const distance = a * a + b * b - a * b;
    if (distance < least) {
      least = distance;
      best = sensor.cellOfSite[s];
    }
  }
  return best;
}
