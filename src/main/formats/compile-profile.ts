// Turns a profile into a trie of elements with numbered slots, so that reading costs one map look-up per start tag. No I/O.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FieldType } from './profile-fields.ts';
import type { Profile, ProfileField, ProfileList } from './profile-schema.ts';

/** One field of a record: its slots in order of preference. */
export interface FieldPlan {
  readonly name: string;
  readonly type: FieldType;
  readonly isRequired: boolean;
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
  readonly complaints: string[];
}

interface RecordSource {
  readonly fields: Readonly<Record<string, ProfileField>>;
  readonly lists: Readonly<Record<string, ProfileList>>;
}

/** Compiles one profile. Errors: VALIDATION_ERROR naming the path that can't be (unknown prefix, one element used twice). */
export function compileProfile(profile: Profile): Result<CompiledProfile> {
  const work: Compilation = { namespaces: profile.namespaces, nodeCount: 0, complaints: [] };
  const root = newNode(work, null, profile.root);
  root.role = 'root';
  const invoiceNode = profile.invoice === null ? root : nodeAt(work, root, profile.invoice);
  invoiceNode.role = 'invoice';
  invoiceNode.isIndexed = true;
  const header = compileRecord(work, root, { fields: profile.header, lists: {} });
  const invoice = compileRecord(work, invoiceNode, profile);
  for (const path of profile.opaque ?? []) nodeAt(work, invoiceNode, path).role = 'opaque';
  const [complaint] = work.complaints;
  if (complaint !== undefined)
    return fail('VALIDATION_ERROR', `The profile ${profile.id} can't be used: ${complaint}.`, {
      profile: profile.id,
      complaints: work.complaints,
    });
  return ok({
    profile,
    root,
    invoiceNode,
    header,
    invoice,
    nodeCount: work.nodeCount,
    isSingleInvoice: profile.invoice === null,
  });
}

function compileRecord(work: Compilation, node: NodeDraft, source: RecordSource): RecordPlan {
  let slotCount = 0;
  const fields = new Map<string, FieldPlan>();
  for (const [name, field] of Object.entries(source.fields)) {
    const slots: number[] = [];
    const nodes: NodeDraft[] = [];
    const attributes: (string | null)[] = [];
    for (const path of typeof field.path === 'string' ? [field.path] : field.path) {
      const slot = slotCount++;
      const { target, attribute } = placeSlot(work, { node, path, slot });
      slots.push(slot);
      nodes.push(target);
      attributes.push(attribute);
    }
    const values = field.values ?? field.aliases ?? null;
    fields.set(name, {
      name,
      type: field.type,
      isRequired: field.required ?? false,
      values,
      isClosed: field.values !== undefined,
      slots,
      nodes,
      attributes,
    });
  }
  const lists = new Map<string, ListPlan>();
  for (const [name, list] of Object.entries(source.lists)) {
    const listNode = nodeAt(work, node, list.element);
    if (listNode.list !== null) work.complaints.push(`the element of the list "${name}" already belongs to another`);
    const record = compileRecord(work, listNode, { fields: list.fields, lists: list.lists ?? {} });
    const plan: ListPlan = { name, index: lists.size, record };
    listNode.list = plan;
    listNode.isIndexed = true;
    lists.set(name, plan);
  }
  return {
    emptyValues: new Array<null>(slotCount).fill(null),
    emptyOffsets: new Array<number>(slotCount).fill(0),
    fields,
    requiredFields: [...fields.values()].filter((field) => field.isRequired),
    lists,
    node,
  };
}

function placeSlot(
  work: Compilation,
  place: { readonly node: NodeDraft; readonly path: string; readonly slot: number },
): { readonly target: NodeDraft; readonly attribute: string | null } {
  const at = place.path.lastIndexOf('@');
  if (at >= 0) {
    const attribute = place.path.slice(at + 1);
    const target = nodeAt(work, place.node, place.path.slice(0, Math.max(0, at - 1)));
    target.attributes.push({ name: attribute, slot: place.slot });
    return { target, attribute };
  }
  const target = nodeAt(work, place.node, place.path === '.' ? '' : place.path);
  if (target.slot >= 0) work.complaints.push(`the path "${place.path}" is used for two fields`);
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
  if (uri === undefined) work.complaints.push(`the prefix "${prefix}" has no namespace`);
  return { local: name.slice(colon + 1), uri: uri ?? '' };
}
