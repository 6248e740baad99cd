// Places and paths of canonical fields, worked out from offsets only when someone asks (a problem, the invoice screen).

import type { FieldPlace } from '../../shared/schema/invoice.ts';
import type { FieldPlan, PlanNode } from './profile-plan.ts';
import { createPlaceCursor } from './text-place.ts';
import type { TextPlace } from './text-place.ts';
import type { FieldTrace } from './field-values.ts';
import type { RawRecord } from './record.ts';
import type { ReadInvoice } from './record-reader.ts';

/** Where something stands, and how it is called in the source. */
export interface SourceSpan {
  readonly path: string;
  readonly start: TextPlace;
  readonly end: TextPlace;
}

interface Origin {
  readonly record: RawRecord;
  readonly slot: number;
}

/** Answers where fields of one invoice stand. Valid until the next invoice is read. */
export interface FieldMap extends FieldTrace {
  /** Source text of a field, null when the source has no such field. */
  textOf(field: string): string | null;
  /** The field's value, or the nearest parent that is there. `part` finds a canonical group too (`lines`, `buyer.address`). */
  spanOf(field: string): SourceSpan;
  places(): FieldPlace[];
}

/** `text` is the invoice's own text, from its `<` to the end of its end tag. */
export function createFieldMap(invoice: ReadInvoice, text: string): FieldMap {
  const fields = new Map<string, Origin>();
  const records = new Map<string, RawRecord>();
  const placeAt = createPlaceCursor(text, invoice.place);
  const span = (path: string, range: Range): SourceSpan => ({
    path,
    start: placeAt(range.from),
    end: placeAt(range.to),
  });

  function valueSpan({ record, slot }: Origin): SourceSpan {
    const plan = planOfSlot(record, slot);
    return span(
      pathOf(invoice, record, { node: plan?.node ?? record.plan.node, attribute: plan?.attribute ?? null }),
      valueRange(invoice, text, { record, slot, attribute: plan?.attribute ?? null }),
    );
  }

  return {
    field(name, record, slot) {
      fields.set(name, { record, slot });
    },
    item(list, index, record) {
      records.set(`${list}[${index}]`, record);
    },
    textOf(field) {
      const origin = fields.get(field);
      return origin === undefined ? null : (origin.record.values[origin.slot] ?? null);
    },
    spanOf(field) {
      const origin = fields.get(field);
      if (origin !== undefined) return valueSpan(origin);
      const missing = missingPlace(invoice, records, field);
      return span(missing.path, tagRange(text, missing.start - invoice.start));
    },
    places: () =>
      [...fields].map(([field, origin]) => {
        const { path, start, end } = valueSpan(origin);
        return {
          field,
          path,
          text: origin.record.values[origin.slot] ?? '',
          line: start.line,
          column: start.column,
          endLine: end.line,
          endColumn: end.column,
        };
      }),
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function planOfSlot(
  record: RawRecord,
  slot: number,
): { readonly plan: FieldPlan; readonly node: PlanNode; readonly attribute: string | null } | null {
  for (const plan of record.plan.fields.values()) {
    const at = plan.slots.indexOf(slot);
    const node = plan.nodes[at];
    if (node !== undefined) return { plan, node, attribute: plan.attributes[at] ?? null };
  }
  return null;
}

/** Offsets of a value in the invoice's text, without the white space around it; an empty element gives its tag. */
function valueRange(
  invoice: ReadInvoice,
  text: string,
  value: { readonly record: RawRecord; readonly slot: number; readonly attribute: string | null },
): Range {
  const start = (value.record.starts[value.slot] ?? 0) - invoice.start;
  const end = (value.record.ends[value.slot] ?? 0) - invoice.start;
  if (value.attribute !== null) return attributeRange(text, { from: start, to: end }, value.attribute);
  const close = text.lastIndexOf('</', end - 1);
  // Without an end tag of its own the value was closed by a child element, whose `<` is the end.
  const raw = text.slice(start, close >= start ? close : Math.max(start, end));
  const from = start + raw.length - raw.trimStart().length;
  const to = start + raw.trimEnd().length;
  return to > from ? { from, to } : tagRange(text, text.lastIndexOf('<', start - 1));
}

function attributeRange(text: string, tag: Range, name: string): Range {
  const inTag = text.slice(tag.from, tag.to);
  const pattern = /([^\s=<>"']+)\s*=\s*("[^"]*"|'[^']*')/g;
  for (const match of inTag.matchAll(pattern)) {
    const [whole, found = '', quoted = ''] = match;
    if (found !== name) continue;
    const to = tag.from + match.index + whole.length - 1;
    return { from: to - quoted.length + 2, to };
  }
  return tagRange(text, tag.from);
}

/** A start tag's `<` and name. */
function tagRange(text: string, from: number): Range {
  const start = Math.max(0, from);
  let to = start + 1;
  while (to < text.length && !/[\s/>]/.test(text[to] ?? '>')) to++;
  return { from: start, to };
}

/**
 * Path from the invoice element down, with 0-based indices on the invoice, on parties and on everything that may repeat:
 * `Invoice[12]/CustomerParty[0]/Contact/ElectronicMail`, `Invoice[12]/InvoiceLine[3]/InvoicedQuantity/@unitCode`.
 */
function pathOf(
  invoice: ReadInvoice,
  record: RawRecord,
  at: { readonly node: PlanNode; readonly attribute: string | null },
): string {
  const steps: string[] = at.attribute === null ? [] : [`@${at.attribute}`];
  let holder: RawRecord | null = record;
  for (let node: PlanNode | null = at.node; node !== null; node = node.parent) {
    if (node.role === 'invoice') {
      steps.push(`${node.name}[${invoice.record.index}]`);
      break;
    }
    const index: number = node.list !== null && holder !== null && holder.plan.node === node ? holder.index : 0;
    if (node.list !== null && holder !== null && holder.plan.node === node) holder = holder.parent;
    steps.push(node.isIndexed ? `${node.name}[${index}]` : node.name);
  }
  return steps.reverse().join('/');
}

/** Path of a field that is not there, and the start of its nearest parent that is. */
function missingPlace(
  invoice: ReadInvoice,
  records: ReadonlyMap<string, RawRecord>,
  field: string,
): { readonly path: string; readonly start: number } {
  const dot = field.lastIndexOf('].');
  const record = (dot >= 0 ? records.get(field.slice(0, dot + 1)) : records.get(field)) ?? invoice.record;
  const name = dot >= 0 ? field.slice(dot + 2) : record === invoice.record ? field : '';
  const wanted = wantedNode(record, name);
  if (wanted === null)
    return { path: pathOf(invoice, record, { node: record.plan.node, attribute: null }), start: record.start };
  return { path: pathOf(invoice, record, wanted), start: nearestStart(invoice, record, wanted.node) };
}

function wantedNode(
  record: RawRecord,
  name: string,
): { readonly node: PlanNode; readonly attribute: string | null } | null {
  if (name === '') return null;
  const plan = record.plan.fields.get(name);
  const node = plan?.nodes[0];
  if (plan !== undefined && node !== undefined) return { node, attribute: plan.attributes[0] ?? null };
  const list = record.plan.lists.get(name) ?? record.plan.lists.get(listHolding(name));
  if (list !== undefined) return { node: list.record.node, attribute: null };
  for (const [each, { nodes }] of record.plan.fields) {
    const parent = nodes[0]?.parent;
    if (each.startsWith(`${name}.`) && parent !== null && parent !== undefined)
      return { node: parent, attribute: null };
  }
  return null;
}

/** The list whose items a field is gathered from, where the source has no element of its own for it; '' when there is none. */
function listHolding(name: string): string {
  if (name.startsWith('payment.')) return 'paymentMeans';
  if (name === 'vat' || name === 'totals.vatMinor') return 'taxTotals';
  if (name === 'seller.vatNumber' || name === 'seller.taxRegistration') return 'sellerTaxSchemes';
  return name === 'buyer.vatNumber' ? 'buyerTaxSchemes' : '';
}

function nearestStart(invoice: ReadInvoice, record: RawRecord, wanted: PlanNode): number {
  if (record.parent !== null) return record.start;
  for (let node: PlanNode | null = wanted; node !== null && node !== record.plan.node; node = node.parent) {
    const start = invoice.nodeStarts[node.id] ?? -1;
    if (start >= 0) return start;
  }
  return record.start;
}
