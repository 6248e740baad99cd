// Reading a request's elements as the real service's serializer does: any order, strangers ignored, nil is null, bad numbers are faults.

import { parseDecimal } from '../decimal.ts';
import type { Decimal } from '../decimal.ts';
import type { XmlElement } from '../xml-tree.ts';
import { unreadable } from './soap-fault.ts';

/** The service's only namespace. */
export const sveaNamespace = 'https://webservices.sveaekonomi.se/webpay';
const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';

interface Range {
  readonly min: bigint;
  readonly max: bigint;
  readonly name: string;
}
const int32: Range = { min: -(2n ** 31n), max: 2n ** 31n - 1n, name: 'Int32' };
const int64: Range = { min: -(2n ** 63n), max: 2n ** 63n - 1n, name: 'Int64' };

/** The elements of one structure. Absent, and nil where the contract allows it, is null. The first of a name counts. */
export class Fields {
  readonly #element: XmlElement;

  constructor(element: XmlElement) {
    this.#element = element;
  }

  /** A structure inside; null when absent or nil. */
  part(name: string): Fields | null {
    const element = this.#find(name);
    return element === null || isNil(element) ? null : new Fields(element);
  }

  /** A list's items; null when the list is absent or nil. Items that are nil are left out. */
  list(name: string, item: string): readonly Fields[] | null {
    const element = this.#find(name);
    if (element === null || isNil(element)) return null;
    return element.children.filter((child) => isOurs(child, item) && !isNil(child)).map((child) => new Fields(child));
  }

  /** Text as it stands. */
  text(name: string): string | null {
    const element = this.#find(name);
    return element === null || isNil(element) ? null : element.text;
  }

  /** Text, with the empty one counted as none. */
  filled(name: string): string | null {
    const text = this.text(name)?.trim() ?? '';
    return text === '' ? null : text;
  }

  int(name: string, nil?: 'nillable'): number | null {
    const value = this.#whole(name, int32, nil);
    return value === null ? null : Number(value);
  }

  long(name: string, nil?: 'nillable'): string | null {
    return this.#whole(name, int64, nil)?.toString() ?? null;
  }

  decimal(name: string, nil?: 'nillable'): Decimal | null {
    return this.#read(name, nil, (text) => parseDecimal(text) ?? 'Input string was not in a correct format.');
  }

  boolean(name: string, nil?: 'nillable'): boolean | null {
    return this.#read(name, nil, (text) => {
      if (text === 'true' || text === '1') return true;
      if (text === 'false' || text === '0') return false;
      return `The string '${text}' is not a valid Boolean value.`;
    });
  }

  /** A date or a moment, with or without an offset. Only what the calendar has. */
  dateTime(name: string): string | null {
    const found = this.#read(name, undefined, (text) => {
      const form = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/u.exec(text);
      const day = new Date(`${form?.[1] ?? ''}T00:00:00Z`);
      const isDay = !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === form?.[1];
      return isDay ? { text } : `The string '${text}' is not a valid AllXsd value.`;
    });
    return found?.text ?? null;
  }

  /** One of an enumeration, letter by letter. */
  one<Value extends string>(name: string, type: string, values: readonly Value[]): Value | null {
    const found = this.#read(name, 'nillable', (text) => {
      const value = values.find((known) => known === text);
      return value === undefined ? `Instance validation error: '${text}' is not a valid value for ${type}.` : { value };
    });
    return found?.value ?? null;
  }

  #whole(name: string, range: Range, nil: 'nillable' | undefined): bigint | null {
    return this.#read(name, nil, (text) => {
      if (!/^[+-]?\d+$/u.test(text)) return 'Input string was not in a correct format.';
      const value = BigInt(text);
      return value < range.min || value > range.max
        ? `Value was either too large or too small for an ${range.name}.`
        : value;
    });
  }

  /** `parse` gives the value, or the serializer's complaint as text. An empty element has no value to parse: that is a fault too. */
  #read<Value>(
    name: string,
    nil: 'nillable' | undefined,
    parse: (text: string) => Exclude<Value, string> | string,
  ): Exclude<Value, string> | null {
    const element = this.#find(name);
    if (element === null || (nil === 'nillable' && isNil(element))) return null;
    const value = parse(element.text.trim());
    if (typeof value === 'string') throw unreadable(element, value);
    return value;
  }

  #find(name: string): XmlElement | null {
    return this.#element.children.find((child) => isOurs(child, name)) ?? null;
  }
}

function isOurs(element: XmlElement, name: string): boolean {
  return element.name === name && element.namespace === sveaNamespace;
}

function isNil(element: XmlElement): boolean {
  return element.attributes.some(
    ({ name, namespace, value }) =>
      name === 'nil' && namespace === instanceNamespace && (value.trim() === 'true' || value.trim() === '1'),
  );
}
