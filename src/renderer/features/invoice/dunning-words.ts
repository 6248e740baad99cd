// What the kinds of dunnings are called on screen.

import { useWords } from '../../words/use-words.ts';

/** Kinds an operator chooses from; the service has more, which nobody needs by hand. */
export const dunningTypes = ['1Dunning', '2Dunning', 'deptCollectionNotice'] as const;

/** A kind in words; one that is not known is shown as it came. */
export function useDunningWord(): (type: string) => string {
  const t = useWords('account');
  return (type) => {
    const known = dunningTypes.find((each) => each === type);
    return known === undefined ? type : t(`type.${known}`);
  };
}
