// Turns a profile into a trie of elements with numbered slots, so that reading costs one map look-up per start tag. No I/O.

import { err, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ProfileComplaint } from '../../shared/schema/format.ts';
import { compileDialects } from './compile-dialects.ts';
import type { CompiledDialect } from './compile-dialects.ts';
import { complaint } from './profile-complaints.ts';
import type { FieldType } from './profile-fields.ts';
import type { FixedRow, Profile, ProfileField, ProfileList } from './profile-schema.ts';
import { missingEssentials } from './missing-essentials.ts';
import { valueForms } from './value-forms.ts';
import type { ValueForms } from './value-forms.ts';

/** One field of a record: its slots in order of preference. */
export interface FieldPlan {
  readonly name: string;
  readonly type: FieldType;
  readonly isRequired: boolean;
  /** Source text that counts where the file has none. */
  readonly defaultText: string | null;
  readonly values: Readonly<Record<string, string>> | null;
  readonly isClosed: boolean;
  readonly slots: readonly number[];
  /** Nodes of the slots, in the same order; for an attribute the element that carries it. */
  readonly nodes: readonly PlanNode[];
  /** Attribute name of each slot, null for element text. */
  readonly attributes: readonly (string | null)[];
}

/** What one record (invoice, header or list item) consists of. */
export interface RecordPlan {
  /** Empty values of all slots; records start as copies of them. */
  readonly emptyValues: readonly null[];
  readonly emptyOffsets: readonly number[];
  readonly fields: ReadonlyMap<string, FieldPlan>;
  readonly requiredFields: readonly FieldPlan[];
  /** Name → list plan; `index` is the position in an item's `lists`. */
  readonly lists: ReadonlyMap<string, ListPlan>;
  readonly node: PlanNode;
  /** How this format writes dates and numbers. */
  readonly forms: ValueForms;
}

/** One repeatable part. */
export interface ListPlan {
  readonly name: string;
  readonly index: number;
  readonly record: RecordPlan;
}

/** One element of the trie. Elements that are not in it are skipped with everything in them. */
export interface PlanNode {
  /** As shown in paths, with the profile's prefix. */
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly parent: PlanNode | null;
  /** Number within the profile, for remembering where containers stood. */
  readonly id: number;
  readonly children: ReadonlyMap<string, PlanNode>;
  /** Another node with the same local name and another namespace. */
  readonly next: PlanNode | null;
  /** Slot for the element's own text, -1 when it is not wanted. */
  readonly slot: number;
  readonly attributes: readonly { readonly name: string; readonly slot: number }[];
  readonly list: ListPlan | null;
  readonly role: 'plain' | 'root' | 'invoice' | 'opaque';
  /** Whether a path shows an index after the name: invoices, parties and everything that repeats. */
  readonly isIndexed: boolean;
}

/** A profile ready for reading. */
export interface CompiledProfile {
  readonly profile: Profile;
  readonly root: PlanNode;
  readonly invoiceNode: PlanNode;
  readonly header: RecordPlan;
  readonly invoice: RecordPlan;
  readonly nodeCount: number;
  readonly isSingleInvoice: boolean;
  readonly dialects: readonly CompiledDialect[];
  /** Amounts in elements of their own that are rows of the invoice, with the field each is read as. */
  readonly rows: readonly CompiledRow[];
  /** Fields an invoice needs to be released that the format does not have. */
  readonly missingFields: readonly string[];
  readonly skippedRules: ReadonlySet<string>;
}

/** One fixed row. */
export interface CompiledRow {
  readonly row: FixedRow;
  /** `lines[0].netMinor`, among the invoice's fields. */
  readonly field: string;
}

/** The child of a node by local name and namespace, null when the profile has none. */
export function childOf(parent: PlanNode, local: string, uri: string): PlanNode | null {
  let node = parent.children.get(local) ?? null;
  while (node !== null && node.uri !== uri) node = node.next;
  return node;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface NodeDraft extends Mutable<Omit<PlanNode, 'children' | 'next' | 'attributes' | 'parent'>> {
  parent: NodeDraft | null;
  readonly children: Map<string, NodeDraft>;
  next: NodeDraft | null;
  readonly attributes: { readonly name: string; readonly slot: number }[];
}

interface Compilation {
  readonly namespaces: Readonly<Record<string, string>>;
  nodeCount: number;
  readonly complaints: ProfileComplaint[];
  readonly forms: ValueForms;
  /** Keys in the profile's JSON of what is being compiled. */
  at: readonly (string | number)[];
}

interface RecordSource {
  readonly fields: Readonly<Record<string, ProfileField>>;
  readonly lists: Readonly<Record<string, ProfileList>>;
  readonly at: readonly (string | number)[];
  readonly fieldsKey: string;
}

/** Compiles one profile that nothing is wrong with by its names. What is wrong with its paths comes back as complaints. */
export function compileProfile(profile: Profile): Result<CompiledProfile, readonly ProfileComplaint[]> {
  const forms = valueForms(profile.dates ?? 'YYYY-MM-DD', profile.decimals ?? 'point');
  const work: Compilation = { namespaces: profile.namespaces, nodeCount: 0, complaints: [], forms, at: ['root'] };
  const root = newNode(work, null, profile.root);
  root.role = 'root';
  work.at = ['invoice'];
  const invoiceNode = profile.invoice === null ? root : nodeAt(work, root, profile.invoice);
  invoiceNode.role = 'invoice';
  invoiceNode.isIndexed = true;
  const header = compileRecord(work, root, { fields: profile.header, lists: {}, at: [], fieldsKey: 'header' });
  const rows = (profile.rows ?? []).map((row, index) => ({ row, field: `lines[${index}].netMinor` }));
  const invoice = compileRecord(work, invoiceNode, {
    fields: { ...profile.fields, ...fieldsOfRows(rows) },
    lists: profile.lists,
    at: [],
    fieldsKey: 'fields',
  });
  work.at = ['opaque'];
  for (const path of profile.opaque ?? []) nodeAt(work, invoiceNode, path).role = 'opaque';
  if (work.complaints.length > 0) return err(work.complaints);
  return ok({
    profile,
    root,
    invoiceNode,
    header,
    invoice,
    nodeCount: work.nodeCount,
    isSingleInvoice: profile.invoice === null,
    dialects: compileDialects(profile, invoice),
    rows,
    missingFields: missingEssentials(profile),
    skippedRules: new Set(profile.skipRules ?? []),
  });
}

function fieldsOfRows(rows: readonly CompiledRow[]): Readonly<Record<string, ProfileField>> {
  return Object.fromEntries(
    rows.map(({ row, field }) => [field, { path: row.path, type: 'amount', required: row.required ?? false } as const]),
  );
}

function compileRecord(work: Compilation, node: NodeDraft, source: RecordSource): RecordPlan {
  let slotCount = 0;
  const fields = new Map<string, FieldPlan>();
  for (const [name, field] of Object.entries(source.fields)) {
    const slots: number[] = [];
    const nodes: NodeDraft[] = [];
    const attributes: (string | null)[] = [];
    work.at = [...source.at, source.fieldsKey, name, 'path'];
    for (const path of pathsOf(field)) {
      const slot = slotCount++;
      const { target, attribute } = placeSlot(work, { node, path, slot });
      slots.push(slot);
      nodes.push(target);
      attributes.push(attribute);
    }
    fields.set(name, {
      name,
      type: field.type,
      isRequired: field.required ?? false,
      defaultText: field.default ?? null,
      values: field.values ?? field.aliases ?? null,
      isClosed: field.values !== undefined,
      slots,
      nodes,
      attributes,
    });
  }
  return {
    emptyValues: new Array<null>(slotCount).fill(null),
    emptyOffsets: new Array<number>(slotCount).fill(0),
    fields,
    requiredFields: [...fields.values()].filter((field) => field.isRequired && field.defaultText === null),
    lists: compileLists(work, node, source),
    node,
    forms: work.forms,
  };
}

function pathsOf({ path }: ProfileField): readonly string[] {
  if (path === undefined) return [];
  return typeof path === 'string' ? [path] : path;
}

function compileLists(work: Compilation, node: NodeDraft, source: RecordSource): ReadonlyMap<string, ListPlan> {
  const lists = new Map<string, ListPlan>();
  for (const [name, list] of Object.entries(source.lists)) {
    const at = [...source.at, 'lists', name];
    work.at = [...at, 'element'];
    const listNode = nodeAt(work, node, list.element);
    if (listNode.list !== null) work.complaints.push(complaint(work.at, 'listTwice', { path: list.element }));
    const record = compileRecord(work, listNode, {
      fields: list.fields,
      lists: list.lists ?? {},
      at,
      fieldsKey: 'fields',
    });
    const plan: ListPlan = { name, index: lists.size, record };
    listNode.list = plan;
    listNode.isIndexed = true;
    lists.set(name, plan);
  }
  return lists;
}

function placeSlot(
  work: Compilation,
  place: { readonly node: NodeDraft; readonly path: string; readonly slot: number },
): { readonly target: NodeDraft; readonly attribute: string | null } {
  const at = place.path.lastIndexOf('@');
  if (at >= 0) {
    const attribute = place.path.slice(at + 1);
    if (attribute === '' || (at > 0 && place.path[at - 1] !== '/'))
      work.complaints.push(complaint(work.at, 'badPath', { path: place.path }));
    const target = nodeAt(work, place.node, place.path.slice(0, Math.max(0, at - 1)));
    if (target.attributes.some(({ name }) => name === attribute))
      work.complaints.push(complaint(work.at, 'pathTwice', { path: place.path }));
    target.attributes.push({ name: attribute, slot: place.slot });
    return { target, attribute };
  }
  const target = nodeAt(work, place.node, place.path === '.' ? '' : place.path);
  if (target.slot >= 0) work.complaints.push(complaint(work.at, 'pathTwice', { path: place.path }));
  target.slot = place.slot;
  return { target, attribute: null };
}

/** The node at a path below `from`, made where it is missing; '' is `from` itself. */
function nodeAt(work: Compilation, from: NodeDraft, path: string): NodeDraft {
  let node = from;
  for (const name of path === '' ? [] : path.split('/')) node = childNamed(work, node, name);
  return node;
}

function childNamed(work: Compilation, parent: NodeDraft, name: string): NodeDraft {
  if (!/^(?:[\p{L}_][\p{L}\p{N}_.-]*:)?[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name))
    work.complaints.push(complaint(work.at, 'badPath', { path: name }));
  const { local, uri } = resolveName(work, name);
  const first = parent.children.get(local);
  for (let child = first ?? null; child !== null; child = child.next) if (child.uri === uri) return child;
  const made = newNode(work, parent, name);
  made.next = first ?? null;
  parent.children.set(local, made);
  return made;
}

function newNode(work: Compilation, parent: NodeDraft | null, name: string): NodeDraft {
  const { local, uri } = resolveName(work, name);
  return {
    name,
    local,
    uri,
    parent,
    id: work.nodeCount++,
    children: new Map(),
    next: null,
    slot: -1,
    attributes: [],
    list: null,
    role: 'plain',
    isIndexed: local.endsWith('Party'),
  };
}

function resolveName(work: Compilation, name: string): { readonly local: string; readonly uri: string } {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const uri = work.namespaces[prefix];
  if (uri === undefined) work.complaints.push(complaint(work.at, 'unknownPrefix', { prefix }));
  return { local: name.slice(colon + 1), uri: uri ?? '' };
}
