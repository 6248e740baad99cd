// The invented seller of the samples. Values only.

/** The invented seller; number, VAT number and bankgiro have right check digits. */
export const sampleSeller = {
  name: 'Exempelenergi AB',
  companyId: '556677-8899',
  vatNumber: 'SE556677889901',
  bankgiro: '5402-9681',
} as const;
