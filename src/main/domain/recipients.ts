// The addresses of one invoice: billing systems write one, or several with commas or semicolons between. No judgement of an address.

/** More than any household or department needs; a list that long is a mistake in the register. */
export const mostRecipients = 10;

/** The parts of the text, without blanks around them; a part may be empty or no address. */
export function recipientsOf(text: string): readonly string[] {
  // Nearly every text is one address.
  if (!text.includes(',') && !text.includes(';')) return [text.trim()];
  return text.split(/[,;]/u).map((address) => address.trim());
}
