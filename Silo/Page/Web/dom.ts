/** Makes and mends elements in place, so that an update never takes focus, selection or scroll away. */

export type Child = Node | string | null | undefined | false;

type Handler = (event: Event) => void;

/** Attributes: strings are set, true sets an empty one, false and null leave it out; functions are listeners. */
export type Props = Readonly<Record<string, string | number | boolean | null | undefined | Handler>>;

/** Makes an HTML element. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, props);
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

/** Makes an SVG element. */
export function svg(tag: string, props: Props = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  apply(element, props);
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

function apply(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else {
      setAttribute(element, name, value);
    }
  }
}

/** Sets an attribute where it differs; null and false take it away. */
export function setAttribute(element: Element, name: string, value: string | number | boolean | null | undefined): void {
  if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
    return;
  }
  const text = value === true ? "" : String(value);
  if (element.getAttribute(name) !== text) {
    element.setAttribute(name, text);
  }
}

/** Sets an element's text where it differs: screen readers and selections notice every change. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Shows or hides an element. */
export function show(element: HTMLElement, visible: boolean): void {
  if (element.hidden === visible) {
    element.hidden = !visible;
  }
}

/** Replaces children where their number or identity differs. */
export function setChildren(parent: Element, ...children: Child[]): void {
  const wanted = children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false);
  const now = parent.childNodes;
  if (now.length === wanted.length && wanted.every((child, index) => child === now[index])) {
    return;
  }
  parent.replaceChildren(...wanted);
}

/** Keeps a list of elements in step with a list of items: elements stay with their item, so focus stays with them. */
export class KeyedList<T> {
  private readonly elements = new Map<string, HTMLElement>();

  constructor(
    private readonly parent: Element,
    private readonly key: (item: T) => string,
    private readonly make: (item: T) => HTMLElement,
    private readonly mend: (element: HTMLElement, item: T) => void,
  ) {}

  update(items: readonly T[]): void {
    const wanted = new Set(items.map(this.key));
    for (const [key, element] of this.elements) {
      if (!wanted.has(key)) {
        element.remove();
        this.elements.delete(key);
      }
    }
    let before: Element | null = this.parent.firstElementChild;
    for (const item of items) {
      const key = this.key(item);
      let element = this.elements.get(key);
      if (element === undefined) {
        element = this.make(item);
        this.elements.set(key, element);
      }
      this.mend(element, item);
      if (element === before) {
        before = before.nextElementSibling;
      } else {
        this.parent.insertBefore(element, before);
      }
    }
  }
}

/** A region that a screen reader speaks when its words change. */
export function announce(words: string): void {
  const region = document.getElementById("announcer");
  if (region !== null) {
    // The same words twice would be silent.
    region.textContent = region.textContent === words ? `${words}\u00a0` : words;
  }
}
