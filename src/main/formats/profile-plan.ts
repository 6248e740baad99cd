// What a compiled profile's records and elements look like: the shapes that reading goes by. Making them is compile-profile's.

import type { FieldType } from './profile-fields.ts';
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

/** The child of a node by local name and namespace, null when the profile has none. */
export function childOf(parent: PlanNode, local: string, uri: string): PlanNode | null {
  let node = parent.children.get(local) ?? null;
  while (node !== null && node.uri !== uri) node = node.next;
  return node;
}
