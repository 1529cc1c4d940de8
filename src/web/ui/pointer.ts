/** Mouse, touch and pen on the picture: pan, zoom, hover, click, double click, long press. */

export interface PointerActions {
  /** `isOther`: with two fingers, the right or middle button, or the shift key. */
  pan(dx: number, dy: number, isOther: boolean): void;
  /** Half widths are multiplied by `factor`; the point stays where it is. */
  zoom(factor: number, x: number, y: number): void;
  /** Without a position: nothing is pointed at. */
  hover(x?: number, y?: number): void;
  click(x: number, y: number): void;
  fit(): void;
}

/** A press that moves less than this is a click [px]; one that lasts longer is a long press [ms]. */
const CLICK = 4;
const LONG = 450;

export function createPointer(actions: PointerActions): (element: HTMLElement) => void {
  const down = new Map<number, { x: number; y: number }>();
  let moved = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLong = false;

  return (element) => {
    const at = (event: PointerEvent | WheelEvent | MouseEvent): { x: number; y: number } => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    element.addEventListener("pointerdown", (event) => {
      element.setPointerCapture(event.pointerId);
      const point = at(event);
      down.set(event.pointerId, point);
      moved = 0;
      isLong = false;
      clearTimeout(timer);
      if (event.pointerType === "mouse") return;
      actions.hover();
      // Two fingers are about to zoom, however long they wait.
      if (down.size > 1) return;
      timer = setTimeout(() => {
        isLong = true;
        actions.hover(point.x, point.y);
      }, LONG);
    });
    element.addEventListener("pointermove", (event) => {
      const point = at(event);
      const before = down.get(event.pointerId);
      if (before === undefined) {
        if (event.pointerType === "mouse") actions.hover(point.x, point.y);
        return;
      }
      const [dx, dy] = [point.x - before.x, point.y - before.y];
      moved += Math.abs(dx) + Math.abs(dy);
      if (moved > CLICK) clearTimeout(timer);
      if (isLong) {
        actions.hover(point.x, point.y);
      } else if (down.size === 2) {
        const other = [...down].find(([id]) => id !== event.pointerId)?.[1] ?? point;
        const [old, now] = [before, point].map(({ x, y }) => Math.hypot(x - other.x, y - other.y));
        actions.pan(dx / 2, dy / 2, true);
        if (old > 0 && now > 0) actions.zoom(old / now, (point.x + other.x) / 2, (point.y + other.y) / 2);
      } else if (moved > CLICK) actions.pan(dx, dy, event.shiftKey || (event.buttons & 6) !== 0);
      down.set(event.pointerId, point);
    });
    const up = (event: PointerEvent): void => {
      clearTimeout(timer);
      const was = down.delete(event.pointerId);
      if (was && event.type === "pointerup" && moved <= CLICK && !isLong && down.size === 0) {
        const { x, y } = at(event);
        actions.click(x, y);
      }
    };
    element.addEventListener("pointerup", up);
    element.addEventListener("pointercancel", up);
    element.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && actions.hover());
    element.addEventListener("dblclick", () => actions.fit());
    element.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const { x, y } = at(event);
        const step = event.deltaMode === 1 ? 16 * event.deltaY : event.deltaY;
        actions.zoom(Math.exp(Math.max(-0.5, Math.min(0.5, 0.002 * step))), x, y);
      },
      { passive: false },
    );
    element.addEventListener("contextmenu", (event) => (isLong || moved > CLICK) && event.preventDefault());
  };
}
