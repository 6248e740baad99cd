// EN 16931: the VAT categories that are judged and the order of their rules. The rules themselves are in the files beside this one.

/** UNCL5305: standard rated, zero rated, exempt, reverse charge, not subject to VAT. */
export const vatCategories = ['S', 'Z', 'E', 'AE', 'O'] as const;
/** One of {@link vatCategories}. */
export type VatCategory = (typeof vatCategories)[number];
